import type { ArgumentDoc } from '../../candid/method-doc.ts';
import type { JsonForm, JsonSchema } from './json-form.ts';

/** For documents: the form with what the interface says of an argument in its schema: what it is, and its limits. What its schema said of itself comes last. */
export function documented(form: JsonForm, doc: ArgumentDoc | undefined): JsonForm {
  if (doc === undefined) return form;
  if (form.present !== undefined) {
    const present = documented(form.present, doc);
    return { ...form, present, schema: { anyOf: [present.schema, { type: 'null' }] } };
  }
  const { schema } = form;
  const description = [doc.text, schema['description']].filter((text) => typeof text === 'string').join(' ');
  return { ...form, schema: { ...schema, ...limitsOf(schema, doc), description } };
}

function limitsOf({ type, pattern }: JsonSchema, { least, most, unit }: ArgumentDoc): JsonSchema {
  if (least === undefined || most === undefined) {
    return type === 'array' && most !== undefined ? { maxItems: most } : {};
  }
  if (type === 'integer') return { minimum: least, maximum: most };
  // A character takes a byte at least. The service counts the bytes.
  if (type === 'string' && pattern === undefined && unit !== undefined) {
    return { minLength: least, maxLength: most };
  }
  return {};
}
