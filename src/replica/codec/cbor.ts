import { type DecodeOptions, decode, encode, Tag } from 'cbor2';
import { CborError, type CborLimits, checkCbor } from './cbor-limits.ts';

export { CborError } from './cbor-limits.ts';

/** A map with text keys, as it was decoded. */
export type CborMap = ReadonlyMap<string, CborValue>;

/** What `decodeCbor` answers: every integer is a bigint, every map a Map with text keys. */
export type CborValue = null | boolean | bigint | string | Uint8Array | readonly CborValue[] | CborMap;

/** What `encodeCbor` takes. Numbers must be integers; a field that is undefined is left out; a Map has integer keys. */
export type Encodable =
  | bigint
  | number
  | string
  | Uint8Array
  | readonly Encodable[]
  | ReadonlyMap<number, Encodable>
  | { readonly [field: string]: Encodable | undefined };

const SELF_DESCRIBED = 55799;
const BIGNUM = 2;

/** Room for the largest legal read_state: 1000 paths of 127 labels. */
const LIMITS: CborLimits = { depth: 64, items: 200_000 };

/**
 * Room for the hash trees of certificates and of canister signatures, of which each label and fork nests one deeper; the public
 * network's replica ends at 128 of them.
 */
export const HASH_TREE_LIMITS: CborLimits = { depth: 160, items: 200_000 };

function decodeOptions(maxDepth: number, isKey: (key: unknown) => boolean): DecodeOptions {
  return {
    ignoreGlobalTags: true,
    preferBigInt: true,
    maxDepth: maxDepth + 1,
    tags: new Map([
      [SELF_DESCRIBED, ({ contents }) => contents],
      [BIGNUM, ({ contents }) => bignum(contents)],
    ]),
    createObject(entries) {
      const map = new Map<unknown, unknown>();
      for (const [key, value] of entries) {
        if (!isKey(key)) throw new CborError('a CBOR map has a key of another kind than it has to have');
        if (map.has(key)) throw new CborError(`a CBOR map has the key "${String(key)}" twice`);
        map.set(key, value);
      }
      return map;
    },
  };
}

const isText = (key: unknown): boolean => typeof key === 'string';
const isInteger = (key: unknown): boolean => typeof key === 'bigint';

function bignum(contents: unknown): bigint {
  if (!(contents instanceof Uint8Array)) throw new CborError('a CBOR bignum is not a byte string');
  return contents.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/**
 * Decodes one CBOR item from an untrusted source. Throws a CborError on anything malformed, on trailing bytes, duplicate
 * or non-text keys, floats, foreign tags, and beyond the limits of depth and number of items.
 */
export function decodeCbor(bytes: Uint8Array, limits = LIMITS): CborValue {
  return toCborValue(decodeWithin(bytes, limits, isText));
}

/** Decodes one CBOR map with integer keys, as COSE writes its keys. Throws a CborError as `decodeCbor` does, and on another item. */
export function decodeIntegerMap(bytes: Uint8Array): ReadonlyMap<bigint, CborValue> {
  const decoded = decodeWithin(bytes, LIMITS, isInteger);
  if (!(decoded instanceof Map)) throw new CborError('the CBOR is not a map');
  const map = new Map<bigint, CborValue>();
  for (const [key, value] of decoded) map.set(BigInt(String(key)), toCborValue(value));
  return map;
}

/** The elements of an array; undefined for another value. */
export function elementsOf(value: CborValue | undefined): readonly CborValue[] | undefined {
  return Array.isArray(value) ? value.map((element: CborValue) => element) : undefined;
}

/** The fields of a map; undefined for another value. */
export function fieldsOf(value: CborValue | undefined): CborMap | undefined {
  return value instanceof Map ? value : undefined;
}

/** Whether the bytes begin with the tag that says that they are CBOR, where the specification requires it. */
export function isSelfDescribed(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd9 && bytes[1] === 0xd9 && bytes[2] === 0xf7;
}

function decodeWithin(bytes: Uint8Array, limits: CborLimits, isKey: (key: unknown) => boolean): unknown {
  checkCbor(bytes, limits);
  try {
    return decode(bytes, decodeOptions(limits.depth, isKey));
  } catch (cause) {
    if (cause instanceof CborError) throw cause;
    throw new CborError('the CBOR cannot be decoded', { cause });
  }
}

/** Narrows what the library answers to the types we promise. */
function toCborValue(value: unknown): CborValue {
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'bigint' ||
    typeof value === 'string'
  ) {
    return value;
  }
  // A copy: a view would keep the whole message alive, and @dfinity/candid reads a view from its buffer's start.
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(toCborValue);
  if (value instanceof Map) {
    const map = new Map<string, CborValue>();
    for (const [key, field] of value) map.set(String(key), toCborValue(field));
    return map;
  }
  throw new CborError('the CBOR has a value of an unknown kind');
}

/** Encodes a value with the self-describing tag 55799 in front, as every message of the HTTP interface has it. */
export function encodeCbor(value: Encodable): Uint8Array {
  return encode(new Tag(SELF_DESCRIBED, withoutUndefined(value)));
}

/** Encodes a value without a tag. */
export function encodeBareCbor(value: Encodable): Uint8Array {
  return encode(withoutUndefined(value));
}

function withoutUndefined(value: Encodable | undefined): unknown {
  if (typeof value !== 'object') return value;
  if (value instanceof Map) return value;
  // Plain bytes: the encoder gives subclasses such as Buffer another form.
  if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.length);
  if (Array.isArray(value)) return value.map((item: Encodable) => withoutUndefined(item));
  return new Map(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([key, field]: [string, Encodable]) => [key, withoutUndefined(field)]),
  );
}
