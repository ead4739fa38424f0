/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is within its array; `?? 0` on each costs a tenth */

const BLOCK_BYTES = 64;

/** A digest of 32 bytes, no key, one leaf. */
const PARAMETERS = 0x0101_0020;

const IV = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const;

/** The state of a message without salt and personalization. */
const START = Int32Array.from(IV, (word, i) => (i === 0 ? word ^ PARAMETERS : word));

/** Which word of the block each step of the ten rounds takes: one hexadecimal digit each. */
const SIGMA = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
];

/** Which words of the state each step of a round mixes. */
const STEPS = ['048c', '159d', '26ae', '37bf', '05af', '16bc', '278d', '349e'];

/** The block that is being compressed; words are little-endian, as Wasm's memory is. */
const block = new Uint8Array(BLOCK_BYTES);
const words = new Int32Array(block.buffer);

/** Salt and personalization of the message, and the same as words. */
const extras = new Uint8Array(16);
const extraWords = new Int32Array(extras.buffer);

/**
 * BLAKE2s-256 with a salt of 8 bytes and a personalization of 8 bytes after it (RFC 7693, and section 2.8 of the BLAKE2 paper), without a
 * key. A block takes 0.5 M instructions in a canister's JavaScript engine; one of @noble/hashes, against which this is tested, takes 4.5 M
 * there, and one of its SHA-256 1.8 M.
 */
export function blake2s(message: Uint8Array, saltAndPersonalization: Uint8Array): Uint8Array {
  const state = START.slice();
  extras.set(saltAndPersonalization);
  for (let i = 0; i < 4; i++) state[4 + i]! ^= extraWords[i]!;
  let at = 0;
  for (; message.length - at > BLOCK_BYTES; at += BLOCK_BYTES) {
    block.set(message.subarray(at, at + BLOCK_BYTES));
    compress(state, words, at + BLOCK_BYTES, 0);
  }
  block.fill(0);
  block.set(message.subarray(at));
  compress(state, words, message.length, -1);
  return new Uint8Array(state.buffer);
}

/** Mixes a block into the state. `counter` is how many bytes were taken until now, `last` -1 for the last block and 0 for the others. */
type Compress = (state: Int32Array, block: Int32Array, counter: number, last: number) => void;

/**
 * The compression function (RFC 7693, 3.2) as one straight line of steps: the engine interprets each access to a table as it stands, so
 * a loop over SIGMA takes a quarter more.
 */
// eslint-disable-next-line @typescript-eslint/no-implied-eval -- of constants alone
const compress = new Function(
  'state',
  'block',
  'counter',
  'last',
  [
    ...Array.from({ length: 16 }, (_, i) => `const m${i.toString(16)} = block[${i}];`),
    ...Array.from(
      { length: 8 },
      (_, i) => `let v${i} = state[${i}], v${(i + 8).toString(16)} = ${IV[i]! | 0};`,
    ),
    'let t; vc ^= counter; ve ^= last;',
    ...SIGMA.flatMap((order) => STEPS.map((step, i) => stepOf(`${step}${order.slice(2 * i, 2 * i + 2)}`))),
    ...Array.from({ length: 8 }, (_, i) => `state[${i}] ^= v${i} ^ v${(i + 8).toString(16)};`),
  ].join('\n'),
  // A text has no type.
) as Compress;

/**
 * The mixing function G (RFC 7693, 3.1) of four words of the state and two of the block, by their digits. Assignments stand in the
 * expression that takes their value next, which saves the engine to load it.
 */
function stepOf([a, b, c, d, x, y]: string): string {
  return `
    t = v${d} ^ (v${a} = v${a} + v${b} + m${x} | 0);
    t = v${b} ^ (v${c} = v${c} + (v${d} = t >>> 16 | t << 16) | 0);
    t = v${d} ^ (v${a} = v${a} + (v${b} = t >>> 12 | t << 20) + m${y} | 0);
    t = v${b} ^ (v${c} = v${c} + (v${d} = t >>> 8 | t << 24) | 0);
    v${b} = t >>> 7 | t << 25;`;
}
