import { compareBytes, utf8 } from './bytes.ts';
import { encodeSignedLeb128, encodeUnsignedLeb128 } from './leb128.ts';
import { sha256 } from './sha256.ts';

/** A value that the representation-independent hash is defined for. */
export type Hashable = bigint | string | Uint8Array | readonly Hashable[] | ReadonlyMap<string, Hashable>;

/**
 * The representation-independent hash of a map ("Representation-independent hashing of structured data"), 32 bytes.
 * Of a request's `content` it is the request id.
 */
export function hashOfMap(map: ReadonlyMap<string, Hashable>): Uint8Array {
  const fields = [...map].map(([name, value]) => [sha256(utf8(name)), hashOfValue(value)] as const);
  // Names differ, so that ordering by their hashes orders the pairs.
  fields.sort(([a], [b]) => compareBytes(a, b));
  return sha256(...fields.flat());
}

function hashOfValue(value: Hashable): Uint8Array {
  if (typeof value === 'bigint') {
    return sha256(value >= 0n ? encodeUnsignedLeb128(value) : encodeSignedLeb128(value));
  }
  if (typeof value === 'string') return sha256(utf8(value));
  if (value instanceof Uint8Array) return sha256(value);
  if (value instanceof Map) return hashOfMap(value);
  // `instanceof Map` does not narrow ReadonlyMap away, and ReadonlyMap has no class of its own to test for.
  return sha256(...(value as readonly Hashable[]).map(hashOfValue));
}
