import { IDL } from '@dfinity/candid';

/**
 * Brings values between the form that @dfinity/candid takes and the one of domain-types.ts, by the interface's types. The
 * types of the two forms follow from the interface at compile time; here they are unknown.
 */

/** The argument as @dfinity/candid encodes it. */
export function toCandid(type: IDL.Type, value: unknown): unknown {
  const resolved = resolve(type);
  if (resolved instanceof IDL.OptClass) {
    return value === undefined ? [] : [toCandid(innerType(resolved), value)];
  }
  if (resolved instanceof IDL.VecClass && Array.isArray(value)) {
    return value.map((item: unknown) => toCandid(innerType(resolved), item));
  }
  if (resolved instanceof IDL.TupleClass) return value;
  if (resolved instanceof IDL.VariantClass) {
    if (typeof value === 'string') return { [value]: null };
    const options = new Map(resolved._fields);
    return Object.fromEntries(
      Object.entries(Object(value) as object).map(([name, inner]) => {
        const option = options.get(name);
        return [name, option === undefined ? inner : toCandid(option, inner)];
      }),
    );
  }
  if (resolved instanceof IDL.RecordClass) {
    const fields = new Map<string, unknown>(Object.entries(Object(value) as object));
    return Object.fromEntries(
      resolved._fields.map(([name, field]) => [name, toCandid(field, fields.get(camelCase(name)))]),
    );
  }
  return value;
}

/** The value that @dfinity/candid decoded, as users of the client like it. */
export function fromCandid(type: IDL.Type, value: unknown): unknown {
  const resolved = resolve(type);
  if (resolved instanceof IDL.OptClass && Array.isArray(value)) {
    return value.length === 0 ? undefined : fromCandid(innerType(resolved), value[0]);
  }
  if (resolved instanceof IDL.VecClass && Array.isArray(value)) {
    return value.map((item: unknown) => fromCandid(innerType(resolved), item));
  }
  if (resolved instanceof IDL.TupleClass) return value;
  if (resolved instanceof IDL.VariantClass) return Object.keys(Object(value) as object)[0];
  if (resolved instanceof IDL.RecordClass) {
    const fields = new Map<string, unknown>(Object.entries(Object(value) as object));
    return Object.fromEntries(
      resolved._fields.map(([name, field]) => [camelCase(name), fromCandid(field, fields.get(name))]),
    );
  }
  return value;
}

/** The type of the values inside an opt or a vec, which the class keeps to itself but gives to its visitor. */
function innerType(type: IDL.OptClass<unknown> | IDL.VecClass<unknown>): IDL.Type {
  return type.accept(new InnerType(), null);
}

class InnerType extends IDL.Visitor<null, IDL.Type> {
  override visitOpt<T>(_type: IDL.OptClass<T>, inner: IDL.Type<T>): IDL.Type {
    return inner;
  }

  override visitVec<T>(_type: IDL.VecClass<T>, inner: IDL.Type<T>): IDL.Type {
    return inner;
  }
}

function resolve(type: IDL.Type): IDL.Type {
  if (!(type instanceof IDL.RecClass)) return type;
  const resolved: IDL.Type | undefined = type.getType();
  if (resolved === undefined) throw new TypeError('the interface has a recursive type that is not defined');
  return resolved;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
