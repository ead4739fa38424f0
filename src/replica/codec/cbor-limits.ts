/** Why a byte string is not CBOR that we accept. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

/** What decoding may cost at most. */
export interface CborLimits {
  /** How deep arrays, maps and tags may nest. */
  readonly depth: number;
  /** How many data items there may be in all; the decoder spends about a microsecond and 200 bytes on each. */
  readonly items: number;
}

const ACCEPTED_TAGS: ReadonlySet<bigint> = new Set([2n, 55799n]);
const BREAK = 0xff;

/**
 * Checks, in one linear pass and without building anything, that the bytes are exactly one well-formed CBOR item
 * (RFC 8949, appendix C) within the limits, with no tags but self-described CBOR and bignum. Throws a CborError.
 */
export function checkCbor(bytes: Uint8Array, limits: CborLimits): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  let items = 0;

  function take(length: bigint): number {
    if (length > BigInt(bytes.length - offset)) throw new CborError('the CBOR ends early');
    const start = offset;
    offset += Number(length);
    return start;
  }

  function argument(info: number): bigint {
    if (info < 24) return BigInt(info);
    switch (info) {
      case 24:
        return BigInt(view.getUint8(take(1n)));
      case 25:
        return BigInt(view.getUint16(take(2n)));
      case 26:
        return BigInt(view.getUint32(take(4n)));
      case 27:
        return view.getBigUint64(take(8n));
      default:
        throw new CborError('the CBOR has a reserved additional information');
    }
  }

  function untilBreak(each: () => void): void {
    while (bytes[offset] !== BREAK) each();
    offset += 1;
  }

  function chunk(major: number): void {
    const head = view.getUint8(take(1n));
    if (head >> 5 !== major || (head & 31) === 31)
      throw new CborError('a chunked CBOR string has a foreign chunk');
    countItem();
    take(argument(head & 31));
  }

  function countItem(): void {
    items += 1;
    if (items > limits.items) throw new CborError(`the CBOR has more than ${limits.items} items`);
  }

  function item(depth: number): void {
    if (depth > limits.depth) throw new CborError(`the CBOR nests deeper than ${limits.depth}`);
    countItem();
    const head = view.getUint8(take(1n));
    const major = head >> 5;
    const info = head & 31;
    const indefinite = info === 31;
    switch (major) {
      case 0:
      case 1:
        argument(info);
        return;
      case 2:
      case 3:
        if (indefinite) untilBreak(() => chunk(major));
        else take(argument(info));
        return;
      case 4:
      case 5: {
        const width = major - 3;
        const each = (): void => {
          for (let i = 0; i < width; i++) item(depth + 1);
        };
        if (indefinite) untilBreak(each);
        else for (let left = argument(info); left > 0n; left--) each();
        return;
      }
      case 6: {
        const tag = argument(info);
        if (!ACCEPTED_TAGS.has(tag)) throw new CborError(`the CBOR has tag ${tag}, which means nothing here`);
        item(depth + 1);
        return;
      }
      default:
        // Of the simple values only false, true and null have a meaning here; floats have none.
        if (info < 20 || info > 22)
          throw new CborError('the CBOR has a float, undefined or an unknown simple value');
    }
  }

  item(0);
  if (offset !== bytes.length) throw new CborError('bytes follow the CBOR item');
}
