import type { JsonSchema } from './json-form.ts';

/** What a schema of this gateway allows, in words that go after "must be". */
export function allowedBy(schema: JsonSchema): string {
  const { anyOf, oneOf, enum: values, type } = schema;
  const alternatives = anyOf ?? oneOf;
  if (Array.isArray(alternatives)) {
    return [...new Set(alternatives.map((each: JsonSchema) => allowedBy(each)))].join(', or ');
  }
  if (Array.isArray(values)) return `one of ${values.join(', ')}`;
  switch (type) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    case 'number':
      return 'a number';
    case 'integer':
      return wholeNumber(schema);
    case 'array':
      return array(schema);
    case 'object':
      return `an object with ${Object.keys(Object(schema['properties']) as object).join(', ') || 'no fields'}`;
    default:
      return text(schema);
  }
}

function wholeNumber({ minimum, maximum }: JsonSchema): string {
  if (typeof maximum === 'number') return `a whole number from ${String(minimum)} to ${maximum}`;
  return typeof minimum === 'number' ? `a whole number from ${minimum}` : 'a whole number';
}

function array({ minItems, maxItems, items }: JsonSchema): string {
  if (typeof minItems === 'number') {
    return `an array of ${typeof maxItems === 'number' ? maxItems : minItems}`;
  }
  return `an array, each item ${allowedBy(Object(items) as JsonSchema)}`;
}

/** A text with a pattern says in its description what that is. */
function text({ pattern, description, minLength, maxLength }: JsonSchema): string {
  if (pattern !== undefined && typeof description === 'string') {
    return `a string: ${description.charAt(0).toLowerCase()}${description.slice(1).replace(/\.$/, '')}`;
  }
  if (typeof maxLength === 'number') {
    return `a string of ${typeof minLength === 'number' ? minLength : 0} to ${maxLength} characters`;
  }
  return 'a string';
}
