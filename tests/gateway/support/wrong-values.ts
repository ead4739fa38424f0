import { Ajv2020 } from 'ajv/dist/2020.js';

/** A schema as a document of the gateway has it. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly pattern?: string;
  readonly description?: string;
}

/** Stands in the place of other values, and is never to be shown. */
export const SECRET = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';

/** Values of each type of JSON; some are right for some schemas. */
const VALUES: readonly unknown[] = [SECRET, -1, 0.5, 2 ** 32, true, null, [SECRET], { nothing: SECRET }];

const ajv = new Ajv2020({ strict: false });

/** A value that is wrong at one place of another that is right. */
export interface Wrong {
  readonly value: unknown;
  /** The outermost name. */
  readonly field: string;
  /** Names on the way, for who reads a failure. */
  readonly path: string;
  /** Whether the schema itself refuses it; else what reads values does. */
  readonly isBySchema: boolean;
}

/** A value that fits. */
export function rightValue(schema: Schema): unknown {
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return rightValue(first);
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => rightValue(schema.items ?? {}));
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, each]) => [name, rightValue(each)]),
      );
    default:
      return rightText(schema);
  }
}

function rightText({ pattern, description = '' }: Schema): string {
  if (/whole number/.test(description)) return '1';
  if (/principal/.test(description)) return 'aaaaa-aa';
  if (/base64/i.test(description)) return 'AA==';
  const [, name = 'a'] = /^\^\((\w+)/.exec(pattern ?? '') ?? [];
  return name;
}

/** Everything that is wrong at one place of a value of the schema, which is an object's: values, fields that are missing, fields that are not there. */
export function* wrongObjects(schema: Schema, field = '', path = ''): Generator<Wrong> {
  const right = Object(rightValue(schema)) as Readonly<Record<string, unknown>>;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const outer = field === '' ? name : field;
    const inner = path === '' ? name : `${path}.${name}`;
    for (const wrong of wrongValues(property, outer, inner)) {
      yield { ...wrong, value: { ...right, [name]: wrong.value } };
    }
    if (schema.required?.includes(name) !== true) continue;
    const { [name]: _left, ...rest } = right;
    yield { value: rest, field: outer, path: inner, isBySchema: true };
  }
  const unknown = path === '' ? 'unheard_of' : `${path}.unheard_of`;
  yield {
    value: { ...right, unheard_of: SECRET },
    field: field === '' ? 'unheard_of' : field,
    path: unknown,
    isBySchema: true,
  };
}

function* wrongValues(schema: Schema, field: string, path: string): Generator<Wrong> {
  const fits = ajv.compile(schema);
  for (const value of VALUES) if (!fits(value)) yield { value, field, path, isBySchema: true };
  for (const value of unreadable(schema)) yield { value, field, path, isBySchema: !fits(value) };
  for (const alternative of schema.anyOf ?? schema.oneOf ?? [schema]) {
    if (alternative.type === 'object') {
      for (const wrong of wrongObjects(alternative, field, path)) if (!fits(wrong.value)) yield wrong;
    } else if (alternative.type === 'array' && alternative.items !== undefined) {
      const rightItem = rightValue(alternative.items);
      const count = Math.max(1, alternative.minItems ?? 1);
      const rest = Array.from({ length: count - 1 }, () => rightItem);
      for (const wrong of wrongValues(alternative.items, field, `${path}[]`)) {
        yield { ...wrong, value: [...rest, wrong.value] };
      }
    }
  }
}

/** What a pattern lets through, and no value is. */
function* unreadable(schema: Schema): Generator<string> {
  for (const { description = '', pattern } of [schema, ...(schema.anyOf ?? [])]) {
    if (pattern === undefined) continue;
    const [, most] = /whole number from -?\d+ to (\d+)/.exec(description) ?? [];
    if (most !== undefined) yield* [String(BigInt(most) + 1n), '9'.repeat(101), '01'];
    if (/principal/.test(description)) yield* ['aaaaa-ab', 'AAAAA-AA', 'aaaaa', 'a'.repeat(5000)];
  }
}
