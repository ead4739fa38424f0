import { Ajv2020, type AnySchema, type ErrorObject } from 'ajv/dist/2020.js';
import { allowedBy } from './allowed-values.ts';
import type { JsonSchema } from './json-form.ts';

/** What is wrong with a value: the field at fault, and what is allowed there. The value is in neither: any may be a secret. */
export interface ValueFault {
  readonly field: string;
  /** Begins with the field. */
  readonly message: string;
}

/** What is wrong with a value by a schema; undefined where it fits. */
export type ValueCheck = (value: unknown) => ValueFault | undefined;

/** How values come. */
export interface Reading {
  /** What the value as a whole is called. */
  readonly whole: string;
  /** Whether it came as text, so that numbers and booleans are read of it, in place. */
  readonly isText?: boolean;
}

const MOST_NAME_CHARACTERS = 40;

/** Makes checks of values by schemas. */
export class SchemaChecks {
  // With the schema of the value at fault, of which the words are made.
  readonly #strict = new Ajv2020({ strict: false, verbose: true });
  readonly #coercing = new Ajv2020({ strict: false, verbose: true, coerceTypes: true });

  /** The check of a schema of objects. */
  of(schema: AnySchema, { whole, isText = false }: Reading): ValueCheck {
    const fits = (isText ? this.#coercing : this.#strict).compile(schema);
    return (value) => (fits(value) ? undefined : faultOf(fits.errors ?? [], whole));
  }
}

function faultOf(errors: readonly ErrorObject[], whole: string): ValueFault {
  const error = nearest(errors);
  if (error === undefined) return { field: whole, message: `${whole} is not acceptable` };
  const path = error.instancePath.split('/').slice(1).map(unescaped);
  const schema = error.parentSchema as JsonSchema;
  const { missingProperty, additionalProperty } = error.params as Readonly<Record<string, unknown>>;
  if (typeof missingProperty === 'string') {
    const property = propertiesOf(schema)[missingProperty];
    const allowed = property === undefined ? '' : `; it must be ${allowedBy(property)}`;
    return fault([...path, missingProperty], `is missing${allowed}`);
  }
  if (typeof additionalProperty === 'string') {
    const names = Object.keys(propertiesOf(schema)).sort();
    const allowed = names.length === 0 ? 'there are none' : `there are: ${names.join(', ')}`;
    return fault([...path, additionalProperty.slice(0, MOST_NAME_CHARACTERS)], `is no field; ${allowed}`);
  }
  return fault(path.length === 0 ? [whole] : path, `must be ${allowedBy(schema)}`);
}

/**
 * The error that says most: of the value that is deepest, since an alternative that was not meant fails at once, and of that one the last, which is about all
 * alternatives together.
 */
function nearest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
  const deepest = Math.max(...errors.map(depth));
  return errors.findLast((error) => depth(error) === deepest);
}

function fault([field = '', ...within]: readonly string[], message: string): ValueFault {
  const where = within.length === 0 ? '' : ` (in ${within.join('.')})`;
  return { field, message: `${field} ${message}${where}` };
}

function propertiesOf({ properties = {} }: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return properties as Readonly<Record<string, JsonSchema>>;
}

/** Of a JSON pointer (RFC 6901). */
function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
