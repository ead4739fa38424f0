import { toHex } from '../../../codec/bytes.ts';

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const BIT_STRING = 0x03;

/** A key of a scheme that the Internet Computer defines, out of its DER. */
export interface WrappedKey {
  /** The content of the object identifier, in hexadecimal. */
  readonly oid: string;
  readonly content: Uint8Array;
}

/**
 * Reads a `SubjectPublicKeyInfo` whose algorithm has an object identifier and no parameters, and whose bit string has whole bytes:
 * the principal is a hash of these bytes, so that there is one encoding of a key. Undefined for anything else.
 */
export function unwrapKey(der: Uint8Array): WrappedKey | undefined {
  const outer = readElement(der, SEQUENCE);
  if (outer === undefined || outer.rest.length > 0) return undefined;
  const algorithm = readElement(outer.content, SEQUENCE);
  if (algorithm === undefined) return undefined;
  const oid = readElement(algorithm.content, OBJECT_IDENTIFIER);
  const bits = readElement(algorithm.rest, BIT_STRING);
  if (oid === undefined || oid.rest.length > 0 || bits === undefined || bits.rest.length > 0)
    return undefined;
  return bits.content[0] === 0 ? { oid: toHex(oid.content), content: bits.content.slice(1) } : undefined;
}

interface Element {
  readonly content: Uint8Array;
  readonly rest: Uint8Array;
}

/** An element with that tag and the shortest encoding of its length, and what follows it. */
function readElement(bytes: Uint8Array, tag: number): Element | undefined {
  const [first, short] = bytes;
  if (first !== tag || short === undefined) return undefined;
  if (short < 0x80) return elementAt(bytes, 2, short);
  const size = short - 0x80;
  if (size === 0 || size > 4 || bytes.length < 2 + size || bytes[2] === 0) return undefined;
  const length = bytes.subarray(2, 2 + size).reduce((value, byte) => value * 256 + byte, 0);
  return length < 0x80 ? undefined : elementAt(bytes, 2 + size, length);
}

function elementAt(bytes: Uint8Array, start: number, length: number): Element | undefined {
  const end = start + length;
  if (end > bytes.length) return undefined;
  return { content: bytes.subarray(start, end), rest: bytes.subarray(end) };
}
