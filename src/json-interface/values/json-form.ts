import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';

/** A JSON schema (2020-12), as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * How the values of a Candid type stand in JSON. One form is lossless and the same everywhere:
 *
 * - text, bool, null, nat8 to nat32, int8 to int32 and floats are themselves;
 * - nat64, int64, nat and int are decimal texts, since a JSON number is exact up to 2^53 only;
 * - a principal is its text, a blob is base64, a vec or a tuple an array;
 * - an opt is left out or null where there is no value;
 * - an option of a variant is its name, or an object with the name and its value where it carries one;
 * - a func is the array of its canister and its name.
 */
export interface JsonForm {
  readonly schema: JsonSchema;
  /** For an opt, the form of a value that is there. */
  readonly present?: JsonForm;
  /** The value as @dfinity/candid encodes it. It has to fit the schema; throws `InvalidValueError` for what a schema cannot say. */
  read(value: unknown): unknown;
  /** The JSON of what @dfinity/candid decoded. */
  write(value: unknown): unknown;
}

/** A JSON value that fits its schema and stands for no Candid value all the same. */
export class InvalidValueError extends Error {
  override readonly name = 'InvalidValueError';
}

/** Names of fields. */
type Names = ReadonlySet<string>;

const NONE: Names = new Set();

/**
 * The form of a type. Fields of records with a name in `hidden`, however deep, are in neither its schema nor what it writes; it cannot
 * read a record that has one. Throws for types that have no form: empty, reserved, service.
 */
export function jsonForm(type: IDL.Type, hidden: Names = NONE): JsonForm {
  return type.accept(new FormOf(), hidden);
}

const same = (schema: JsonSchema): JsonForm => ({ schema, read: (value) => value, write: (value) => value });

const TEXT: JsonForm = {
  schema: { type: 'string' },
  read: (value) => {
    // They would be replaced on the way to UTF-8, which changes the text.
    if (/\p{Surrogate}/u.test(String(value))) throw new InvalidValueError('must not have lone surrogates');
    return value;
  },
  write: (value) => value,
};

const PRINCIPAL: JsonForm = {
  schema: {
    type: 'string',
    description: 'The text of a principal.',
    pattern: '^[a-z2-7]{1,5}(-[a-z2-7]{1,5})*$',
  },
  read: (value) => {
    try {
      return Principal.fromText(String(value));
    } catch {
      throw new InvalidValueError('must be the text of a principal');
    }
  },
  write: (value) => Principal.from(value).toText(),
};

const BLOB: JsonForm = {
  schema: {
    type: 'string',
    contentEncoding: 'base64',
    description: 'Base64 (RFC 4648), with its padding.',
    pattern: '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  },
  read: (value) => new Uint8Array(Buffer.from(String(value), 'base64')),
  write: (value) => Buffer.from(Uint8Array.from(value as ArrayLike<number>)).toString('base64'),
};

/** Far beyond any number that is meant; longer ones take long to read. */
const MOST_DIGITS = 100;

interface Bounds {
  readonly min?: bigint | number;
  readonly max?: bigint | number;
}

/** Whole numbers; JSON numbers where those are exact, and else decimal texts. */
function wholeNumbers({ min = -Infinity, max = Infinity }: Bounds): JsonForm {
  if (min > Number.MIN_SAFE_INTEGER && max < Number.MAX_SAFE_INTEGER) {
    return same({ type: 'integer', minimum: Number(min), maximum: Number(max) });
  }
  return {
    schema: {
      type: 'string',
      description: `A whole number from ${min} to ${max}, in decimal.`,
      pattern: `^(0|${min < 0 ? '-?' : ''}[1-9][0-9]*)$`,
      maxLength: MOST_DIGITS,
    },
    read: (value) => {
      const number = BigInt(String(value));
      if (number < min || number > max) throw new InvalidValueError(`must be from ${min} to ${max}`);
      return number;
    },
    write: String,
  };
}

class FormOf extends IDL.Visitor<Names, JsonForm> {
  override visitType(type: IDL.Type): JsonForm {
    throw new TypeError(`there is no JSON for values of the type ${type.name}`);
  }

  override visitNull(): JsonForm {
    return same({ type: 'null' });
  }

  override visitBool(): JsonForm {
    return same({ type: 'boolean' });
  }

  override visitText(): JsonForm {
    return TEXT;
  }

  override visitFloat(): JsonForm {
    return same({ type: 'number' });
  }

  override visitNat(): JsonForm {
    return wholeNumbers({ min: 0n });
  }

  override visitInt(): JsonForm {
    return wholeNumbers({});
  }

  override visitFixedNat({ _bits }: IDL.FixedNatClass): JsonForm {
    return wholeNumbers({ min: 0n, max: 2n ** BigInt(_bits) - 1n });
  }

  override visitFixedInt({ _bits }: IDL.FixedIntClass): JsonForm {
    const half = 2n ** BigInt(_bits - 1);
    return wholeNumbers({ min: -half, max: half - 1n });
  }

  override visitPrincipal(): JsonForm {
    return PRINCIPAL;
  }

  override visitFunc(): JsonForm {
    return {
      schema: tupleSchema([PRINCIPAL, TEXT]),
      read: (value) => {
        const [canister, name] = value as readonly unknown[];
        return [PRINCIPAL.read(canister), name];
      },
      write: (value) => {
        const [canister, name] = value as readonly unknown[];
        return [PRINCIPAL.write(canister), name];
      },
    };
  }

  override visitOpt<T>(_type: IDL.OptClass<T>, inner: IDL.Type<T>, hidden: Names): JsonForm {
    const present = jsonForm(inner, hidden);
    return {
      present,
      schema: { anyOf: [present.schema, { type: 'null' }] },
      read: (value) => (value === undefined || value === null ? [] : [present.read(value)]),
      write: (value) => {
        const [content] = value as readonly unknown[];
        return content === undefined ? null : present.write(content);
      },
    };
  }

  override visitVec<T>(_type: IDL.VecClass<T>, inner: IDL.Type<T>, hidden: Names): JsonForm {
    if (inner instanceof IDL.FixedNatClass && inner._bits === 8) return BLOB;
    const item = jsonForm(inner, hidden);
    return {
      schema: { type: 'array', items: item.schema },
      read: (value) => Array.from(value as ArrayLike<unknown>, (each) => item.read(each)),
      write: (value) => Array.from(value as ArrayLike<unknown>, (each) => item.write(each)),
    };
  }

  override visitTuple<T extends unknown[]>(
    _type: IDL.TupleClass<T>,
    parts: IDL.Type[],
    hidden: Names,
  ): JsonForm {
    const forms = parts.map((part) => jsonForm(part, hidden));
    return {
      schema: tupleSchema(forms),
      read: (value) => forms.map((form, i) => form.read((value as readonly unknown[])[i])),
      write: (value) => forms.map((form, i) => form.write((value as readonly unknown[])[i])),
    };
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], hidden: Names): JsonForm {
    const forms = fields
      .filter(([name]) => !hidden.has(name))
      .map(([name, type]) => [name, jsonForm(type, hidden)] as const);
    return {
      schema: recordSchema(forms),
      read: (value) => mapFields(forms, value, (form, content) => form.read(content)),
      write: (value) => mapFields(forms, value, (form, content) => form.write(content)),
    };
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], hidden: Names): JsonForm {
    const options = new Map(fields.map(([name, type]) => [name, jsonForm(type, hidden)]));
    const names = fields.filter(([, type]) => type instanceof IDL.NullClass).map(([name]) => name);
    const carrying = [...options].filter(([name]) => !names.includes(name));
    const choices = [
      ...(names.length === 0 ? [] : [{ type: 'string', enum: names }]),
      ...carrying.map(([name, { schema }]) => objectSchema({ [name]: schema }, [name])),
    ];
    return {
      schema: choices.length === 1 && choices[0] !== undefined ? choices[0] : { oneOf: choices },
      read: (value) => {
        if (typeof value === 'string') return { [value]: null };
        const [name, content] = onlyEntry(value);
        return { [name]: options.get(name)?.read(content) };
      },
      write: (value) => {
        const [name, content] = onlyEntry(value);
        return names.includes(name) ? name : { [name]: options.get(name)?.write(content) };
      },
    };
  }

  override visitRec<T>(_type: IDL.RecClass<T>, inner: IDL.ConstructType<T>, hidden: Names): JsonForm {
    // Made when a value needs it, since it has itself inside; its schema says nothing for the same reason.
    const form = () => jsonForm(inner, hidden);
    return { schema: {}, read: (value) => form().read(value), write: (value) => form().write(value) };
  }
}

/** A field of a record, or an argument. */
export type NamedForm = readonly [name: string, form: JsonForm];

/** The schema of an object with these fields, of which those that are an opt can be left out. */
export function recordSchema(forms: readonly NamedForm[]): JsonSchema {
  return objectSchema(
    Object.fromEntries(forms.map(([name, { schema }]) => [name, schema])),
    forms.filter(([, { present }]) => present === undefined).map(([name]) => name),
  );
}

function tupleSchema(forms: readonly JsonForm[]): JsonSchema {
  const schemas = forms.map(({ schema }) => schema);
  const [first] = schemas;
  const items = schemas.length;
  // Pairs of texts are said in a way that tools read which do not know prefixItems.
  if (schemas.every((schema) => schema === first)) {
    return { type: 'array', items: first, minItems: items, maxItems: items };
  }
  return { type: 'array', prefixItems: schemas, minItems: items, items: false };
}

/** The schema of an object that has these properties and no others. */
export function objectSchema(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema {
  return { type: 'object', properties, required, additionalProperties: false };
}

function mapFields(
  forms: readonly NamedForm[],
  value: unknown,
  map: (form: JsonForm, content: unknown) => unknown,
): Record<string, unknown> {
  const contents = new Map(Object.entries(value as object));
  return Object.fromEntries(forms.map(([name, form]) => [name, map(form, contents.get(name))]));
}

function onlyEntry(value: unknown): readonly [string, unknown] {
  const [entry] = Object.entries(value as Readonly<Record<string, unknown>>);
  if (entry === undefined) throw new TypeError('a variant has no option');
  return entry;
}
