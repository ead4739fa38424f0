import type { CborMap, CborValue } from '../../codec/cbor.ts';
import { Refusal } from '../refusal.ts';

const PRINCIPAL_MAX_BYTES = 29;

/** The value of an optional field; null counts as absent, since some clients write it so. */
export function optionalField(map: CborMap, name: string): CborValue | undefined {
  return map.get(name) ?? undefined;
}

function requiredField(map: CborMap, name: string): CborValue {
  const value = optionalField(map, name);
  if (value === undefined) throw new Refusal('malformed', `The field "${name}" is missing`);
  return value;
}

/** The value as a map; `name` says what it is, for the refusal where it is none. */
export function asMap(value: CborValue, name: string): CborMap {
  if (value instanceof Map) return value;
  throw new Refusal('malformed', `"${name}" is not a map`);
}

/** The value as an array. */
export function asArray(value: CborValue, name: string): readonly CborValue[] {
  if (Array.isArray(value)) return value.map((item: CborValue) => item);
  throw new Refusal('malformed', `"${name}" is not an array`);
}

/** The value as a byte string. */
export function asBlob(value: CborValue, name: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Refusal('malformed', `"${name}" is not a byte string`);
}

/** The value as the bytes of a principal, of which there are 29 at most. */
export function asPrincipal(value: CborValue, name: string): Uint8Array {
  const bytes = asBlob(value, name);
  if (bytes.length <= PRINCIPAL_MAX_BYTES) return bytes;
  throw new Refusal('malformed', `"${name}" is longer than a principal`);
}

/** A required map field. */
export function mapField(map: CborMap, name: string): CborMap {
  return asMap(requiredField(map, name), name);
}

/** A required array field. */
export function arrayField(map: CborMap, name: string): readonly CborValue[] {
  return asArray(requiredField(map, name), name);
}

/** A required byte string field. */
export function blobField(map: CborMap, name: string): Uint8Array {
  return asBlob(requiredField(map, name), name);
}

/** A required principal field. */
export function principalField(map: CborMap, name: string): Uint8Array {
  return asPrincipal(requiredField(map, name), name);
}

/** A required text field. */
export function textField(map: CborMap, name: string): string {
  const value = requiredField(map, name);
  if (typeof value === 'string') return value;
  throw new Refusal('malformed', `"${name}" is not a text`);
}

/** A required natural number of at most 64 bits, as times are. */
export function timeField(map: CborMap, name: string): bigint {
  const value = requiredField(map, name);
  if (typeof value === 'bigint' && value >= 0n && value < 1n << 64n) return value;
  throw new Refusal('malformed', `"${name}" is not a 64-bit natural number`);
}
