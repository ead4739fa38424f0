import { IDL } from '@dfinity/candid';
import { InvalidArgumentError } from '../errors.ts';
import { shown } from './shown.ts';

/**
 * Brings values between the form that @dfinity/candid takes and the one of domain-types.ts, by the interface's types. The
 * types of the two forms follow from the interface at compile time; here they are unknown.
 */

/** Where a value is in a method's arguments, for errors. */
export interface Place {
  /** The method's name in the interface. */
  readonly method: string;
  /** Names of the interface after dots, indexes in brackets. */
  readonly path: string;
}

const NOWHERE: Place = { method: '', path: '' };

/** The argument as @dfinity/candid encodes it. Throws an `InvalidArgumentError` that names what is not of the interface's type. */
export function toCandid(type: IDL.Type, value: unknown, place: Place = NOWHERE): unknown {
  const resolved = resolve(type);
  if (resolved instanceof IDL.OptClass) {
    return value === undefined || value === null ? [] : [toCandid(innerType(resolved), value, place)];
  }
  if (resolved instanceof IDL.VecClass) return vecToCandid(resolved, value, place);
  if (resolved instanceof IDL.TupleClass) return tupleToCandid(resolved, value, place);
  if (resolved instanceof IDL.VariantClass) return variantToCandid(resolved, value, place);
  if (resolved instanceof IDL.RecordClass) return recordToCandid(resolved, value, place);
  return plainToCandid(resolved, value, place);
}

function vecToCandid(type: IDL.VecClass<unknown>, value: unknown, place: Place): unknown {
  const inner = innerType(type);
  if (inner instanceof IDL.FixedNatClass && inner._bits === 8) {
    if (value instanceof Uint8Array) return value;
    throw wrong(place, `must be a Uint8Array${shown(value)}`);
  }
  if (!Array.isArray(value)) throw wrong(place, `must be an array${shown(value)}`);
  return value.map((item: unknown, i) => toCandid(inner, item, at(place, `[${i}]`)));
}

function tupleToCandid(type: IDL.TupleClass<unknown[]>, value: unknown, place: Place): unknown {
  const parts = type._fields;
  if (!Array.isArray(value) || value.length !== parts.length) {
    throw wrong(place, `must be an array of ${parts.length}${shown(value)}`);
  }
  return parts.map(([, part], i) => toCandid(part, value[i], at(place, `[${i}]`)));
}

function variantToCandid(type: IDL.VariantClass, value: unknown, place: Place): unknown {
  const options = new Map(type._fields);
  const allowed = [...options.keys()].join(', ');
  if ([...options.values()].every((option) => option instanceof IDL.NullClass)) {
    if (typeof value === 'string' && options.has(value)) return { [value]: null };
    throw wrong(place, `must be one of ${allowed}${shown(value)}`);
  }
  const entries = isObject(value) ? Object.entries(value).filter(([, inner]) => inner !== undefined) : [];
  const [[name, inner] = ['', undefined]] = entries;
  const option = options.get(name);
  if (entries.length !== 1 || option === undefined) {
    throw wrong(place, `must be an object with one of ${allowed}${entries.length === 0 ? shown(value) : ''}`);
  }
  return { [name]: toCandid(option, inner, at(place, `.${name}`)) };
}

function recordToCandid(type: IDL.RecordClass, value: unknown, place: Place): unknown {
  const names = new Map(type._fields.map(([name]) => [camelCase(name), name]));
  const allowed = [...names.keys()].join(', ');
  if (!isObject(value)) throw wrong(place, `must be an object with ${allowed}${shown(value)}`);
  checkNames(value, [...names.keys()], place);
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.fromEntries(
    type._fields.map(([name, field]) => [
      name,
      toCandid(field, fields.get(camelCase(name)), at(place, `.${name}`)),
    ]),
  );
}

/** Throws an `InvalidArgumentError` for a name that is none of those allowed: what is misspelt would be left out without a word. */
export function checkNames(values: object, allowed: readonly string[], place: Place): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || allowed.includes(name)) continue;
    const message = allowed.length === 0 ? 'there are none' : `these are: ${allowed.join(', ')}`;
    throw wrong(at(place, `.${name.slice(0, 40)}`), `is no argument of ${place.method}; ${message}`);
  }
}

function plainToCandid(type: IDL.Type, value: unknown, place: Place): unknown {
  if (type instanceof IDL.TextClass) {
    if (typeof value === 'string') return value;
    throw wrong(place, `must be a string${shown(value)}`);
  }
  if (type instanceof IDL.BoolClass) {
    if (typeof value === 'boolean') return value;
    throw wrong(place, `must be true or false${shown(value)}`);
  }
  if (type instanceof IDL.PrincipalClass) {
    if (isObject(value) && '_isPrincipal' in value) return value;
    throw wrong(place, `must be a Principal${shown(value)}; Principal.fromText(text) makes one of a text`);
  }
  if (type instanceof IDL.FixedNatClass) {
    return isTime(place) ? timeToCandid(value, place) : naturalToCandid(type._bits, value, place);
  }
  return value;
}

function naturalToCandid(bits: number, value: unknown, place: Place): unknown {
  const most = 2n ** BigInt(bits) - 1n;
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  if (!isWhole || BigInt(value) < 0n || BigInt(value) > most) {
    throw wrong(place, `must be a whole number from 0 to ${most}${shown(value)}`);
  }
  return bits > 32 ? BigInt(value) : Number(value);
}

const NS_PER_MS = 1_000_000n;
/** Times of the interface are later than 1970-04-26; between, a number is of seconds, milliseconds or microseconds. */
const [SECONDS_NOW, LEAST_NS] = [10n ** 9n, 10n ** 16n];
const TIME_UNITS = 'must be a Date, or a bigint of nanoseconds since 1970 (milliseconds × 1_000_000n)';

function timeToCandid(value: unknown, place: Place): bigint {
  if (value instanceof Date) {
    const ms = value.getTime();
    if (Number.isNaN(ms) || ms < 0)
      throw wrong(place, `${TIME_UNITS}, not a Date that is invalid or before 1970`);
    return BigInt(ms) * NS_PER_MS;
  }
  if (
    typeof value !== 'bigint' ||
    value < 0n ||
    value >= 2n ** 64n ||
    (value >= SECONDS_NOW && value < LEAST_NS)
  ) {
    throw wrong(place, `${TIME_UNITS}${shown(value)}`);
  }
  return value;
}

/** Whether a nat64 is a time: those are called so, but the `from` of the audit log is an index. */
function isTime({ method, path }: Place): boolean {
  return (
    /(^|\.)(expires_at|until)$/.test(path) || (/(^|\.)from$/.test(path) && method !== 'get_audit_entries')
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function at({ method, path }: Place, part: string): Place {
  return { method, path: path === '' ? part.replace(/^\./, '') : `${path}${part}` };
}

/** The error of a value: its field is the argument's name. */
function wrong({ path, method }: Place, message: string): InvalidArgumentError {
  const [field = '', ...within] = path.split(/(?=[.[])/);
  const where = within.length === 0 ? '' : ` (in ${within.join('')})`;
  return new InvalidArgumentError(field === '' ? method : field, `${message}${where}`);
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

/** A name of the interface as TypeScript has it. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}
