import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';

/**
 * A Candid value as the model has it: an opt is null or its value, an option of a variant its name or, with a value, an object of one field; principals
 * are their texts, blobs hexadecimal.
 */
export type Plain =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Plain[]
  | { readonly [name: string]: Plain };

/** A record without some of its fields. */
export function without<R extends object, F extends keyof R>(record: R, ...fields: readonly F[]): Omit<R, F> {
  const rest = Object.entries(record).filter(([name]) => !fields.some((field) => field === name));
  // The type system does not follow the names of entries.
  return Object.fromEntries(rest) as Omit<R, F>;
}

/** What @dfinity/candid decoded, as the model has it. */
export function toPlain(type: IDL.Type, value: unknown): Plain {
  return type.accept(new Plainer(), value);
}

/** What the model has, as @dfinity/candid encodes it. Numbers may be texts, as JSON has large ones. */
export function fromPlain(type: IDL.Type, value: Plain): unknown {
  return type.accept(new Encoder(), value);
}

class Plainer extends IDL.Visitor<unknown, Plain> {
  override visitType<T>(_type: IDL.Type<T>, value: unknown): Plain {
    // All that has no method of its own here: numbers, texts, bools and null.
    return value as Plain;
  }
  override visitPrincipal(_type: IDL.PrincipalClass, value: unknown): Plain {
    return (value as Principal).toText();
  }
  override visitOpt<T>(_type: IDL.OptClass<T>, of: IDL.Type<T>, value: unknown): Plain {
    const [inner] = value as unknown[];
    return inner === undefined ? null : toPlain(of, inner);
  }
  override visitVec<T>(_type: IDL.VecClass<T>, of: IDL.Type<T>, value: unknown): Plain {
    if (of instanceof IDL.FixedNatClass && of._bits === 8)
      return Buffer.from(value as Uint8Array).toString('hex');
    return (value as unknown[]).map((item) => toPlain(of, item));
  }
  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], value: unknown): Plain {
    const record = value as Record<string, unknown>;
    return Object.fromEntries(fields.map(([name, type]) => [name, toPlain(type, record[name])]));
  }
  override visitTuple<T extends unknown[]>(
    _type: IDL.TupleClass<T>,
    components: IDL.Type[],
    value: unknown,
  ): Plain {
    const items = value as unknown[];
    return components.map((type, i) => toPlain(type, items[i]));
  }
  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], value: unknown): Plain {
    const [[name, inner] = ['', null]] = Object.entries(value as Record<string, unknown>);
    const type = fields.find(([option]) => option === name)?.[1];
    return type === undefined || type instanceof IDL.NullClass ? name : { [name]: toPlain(type, inner) };
  }
}

class Encoder extends IDL.Visitor<Plain, unknown> {
  override visitType<T>(_type: IDL.Type<T>, value: Plain): unknown {
    return value;
  }
  override visitFixedNat(type: IDL.FixedNatClass, value: Plain): unknown {
    return type._bits > 32 ? BigInt(value as bigint | string) : value;
  }
  override visitPrincipal(_type: IDL.PrincipalClass, value: Plain): unknown {
    return Principal.fromText(value as string);
  }
  override visitOpt<T>(_type: IDL.OptClass<T>, of: IDL.Type<T>, value: Plain): unknown {
    return value === null ? [] : [fromPlain(of, value)];
  }
  override visitVec<T>(_type: IDL.VecClass<T>, of: IDL.Type<T>, value: Plain): unknown {
    if (typeof value === 'string') return Buffer.from(value, 'hex');
    return (value as readonly Plain[]).map((item) => fromPlain(of, item));
  }
  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], value: Plain): unknown {
    const record = value as Record<string, Plain>;
    return Object.fromEntries(fields.map(([name, type]) => [name, fromPlain(type, record[name] ?? null)]));
  }
  override visitTuple<T extends unknown[]>(
    _type: IDL.TupleClass<T>,
    components: IDL.Type[],
    value: Plain,
  ): unknown {
    const items = value as readonly Plain[];
    return components.map((type, i) => fromPlain(type, items[i] ?? null));
  }
  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], value: Plain): unknown {
    if (typeof value === 'string') return { [value]: null };
    const [[name, inner] = ['', null]] = Object.entries(value as Record<string, Plain>);
    const type = fields.find(([option]) => option === name)?.[1] ?? IDL.Null;
    return { [name]: fromPlain(type, inner) };
  }
}
