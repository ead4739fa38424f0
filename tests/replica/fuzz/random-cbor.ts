import { concatBytes } from '../../../src/replica/codec/bytes.ts';
import type { Random } from '../support/random.ts';

/** Fields that requests have, so that random maps look like them. */
const NAMES = [
  'content',
  'sender_pubkey',
  'sender_sig',
  'sender_delegation',
  'paths',
  'arg',
  'sender',
] as const;

/** One item of CBOR, well-formed or not quite: all kinds, indefinite lengths, sizes that lie, and deep nesting. */
export function randomCbor(random: Random, depth = 0): Uint8Array {
  const kind = random.below(depth > 70 ? 4 : 10);
  switch (kind) {
    case 0:
    case 1:
      return head(random, kind, random.below(300));
    case 2:
    case 3:
      return string(random, kind);
    case 4:
    case 5: {
      const count = random.oneIn(3) ? 1 : random.below(6);
      const pairs = Array.from({ length: count }, () =>
        kind === 4 ? randomCbor(random, depth + 1) : concatBytes(key(random), randomCbor(random, depth + 1)),
      );
      return concatBytes(head(random, kind, count), ...pairs);
    }
    case 6:
      return concatBytes(
        head(random, 6, random.pick([55_799, 2, 3, 0, 1000])),
        randomCbor(random, depth + 1),
      );
    case 7:
      return Uint8Array.of(0xe0 + random.below(32), ...random.bytes(random.below(9)));
    case 8:
      return Uint8Array.of(random.pick([0x5f, 0x7f, 0x9f, 0xbf]), ...randomCbor(random, depth + 1), 0xff);
    default:
      return nested(random);
  }
}

function key(random: Random): Uint8Array {
  if (random.oneIn(8)) return randomCbor(random, 80);
  const name = new TextEncoder().encode(random.pick(NAMES));
  return concatBytes(head(random, 3, name.length), name);
}

function string(random: Random, kind: number): Uint8Array {
  const bytes = random.bytes(random.below(40));
  // A length that lies is the commonest lie of all.
  const said = random.oneIn(6) ? random.pick([2 ** 32 - 1, 2 ** 31, bytes.length + 1]) : bytes.length;
  return concatBytes(head(random, kind, said), bytes);
}

/** Many arrays or tags, one in the other. */
function nested(random: Random): Uint8Array {
  return new Uint8Array(1 + random.below(5000)).fill(random.pick([0x81, 0xc1, 0x9f, 0xd8]));
}

/** A major type and its argument, in the shortest form or a longer one. */
function head(random: Random, major: number, value: number): Uint8Array {
  const first = major << 5;
  if (value < 24 && !random.oneIn(10)) return Uint8Array.of(first | value);
  if (value < 256 && !random.oneIn(10)) return Uint8Array.of(first | 24, value);
  const bytes = new Uint8Array(9);
  bytes[0] = first | 27;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(value));
  return bytes;
}
