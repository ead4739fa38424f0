/* eslint-disable @typescript-eslint/no-non-null-assertion -- every index is within its array; `?? 0` on each costs a tenth */

/**
 * BLAKE2s-256 with a salt and a personalization (RFC 7693, and section 2.8 of the BLAKE2 paper), without a key. A block takes 0.65 M instructions
 * in a canister's JavaScript engine; one of @noble/hashes, against which this is tested, takes 4.5 M there, and one of its SHA-256 1.8 M.
 */
export interface Blake2sParameters {
  /** 8 bytes. */
  readonly salt: Uint8Array;
  /** 8 bytes. */
  readonly personalization: Uint8Array;
}

const BLOCK_BYTES = 64;

/** A digest of 32 bytes, no key, one leaf. */
const PARAMETERS = 0x0101_0020;

const IV = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
] as const;

/** Which word of the block each step of the ten rounds takes: one hexadecimal digit each. */
const SIGMA = Array.from(
  '0123456789abcdef' +
    'ea489fd61c02b753' +
    'b8c052fdae367194' +
    '7931dcbe265a40f8' +
    '905724afe1bc683d' +
    '2c6a0b834d75fe19' +
    'c51fed4a0763928b' +
    'db7ec13950f4862a' +
    '6fe9b308c2d714a5' +
    'a2847615fb9e3cd0',
  (digit) => Number.parseInt(digit, 16),
);

/** The block that is being compressed; words are little-endian, as Wasm's memory is. */
const block = new Uint8Array(BLOCK_BYTES);
const words = new Int32Array(block.buffer);

/** The digest, 32 bytes. */
export function blake2s(message: Uint8Array, parameters: Blake2sParameters): Uint8Array {
  const state = Int32Array.from(IV);
  const mix = new Int32Array(8);
  const mixBytes = new Uint8Array(mix.buffer);
  mix[0] = PARAMETERS;
  mixBytes.set(parameters.salt, 16);
  mixBytes.set(parameters.personalization, 24);
  for (const [i, word] of mix.entries()) state[i] = (state[i] ?? 0) ^ word;
  let at = 0;
  for (; message.length - at > BLOCK_BYTES; at += BLOCK_BYTES) {
    block.set(message.subarray(at, at + BLOCK_BYTES));
    compress(state, at + BLOCK_BYTES, 0);
  }
  block.fill(0);
  block.set(message.subarray(at));
  compress(state, message.length, -1);
  return new Uint8Array(state.buffer);
}

/** `counter` is how many bytes were taken until now, `last` -1 for the last block and 0 for the others. */
function compress(state: Int32Array, counter: number, last: number): void {
  let v0 = state[0]!;
  let v1 = state[1]!;
  let v2 = state[2]!;
  let v3 = state[3]!;
  let v4 = state[4]!;
  let v5 = state[5]!;
  let v6 = state[6]!;
  let v7 = state[7]!;
  let v8: number = IV[0];
  let v9: number = IV[1];
  let v10: number = IV[2];
  let v11: number = IV[3];
  let v12 = IV[4] ^ counter;
  let v13: number = IV[5];
  let v14 = IV[6] ^ last;
  let v15: number = IV[7];
  for (let r = 0; r < SIGMA.length; r += 16) {
    v0 = (v0 + v4 + words[SIGMA[r]!]!) | 0;
    v12 ^= v0;
    v12 = (v12 >>> 16) | (v12 << 16);
    v8 = (v8 + v12) | 0;
    v4 ^= v8;
    v4 = (v4 >>> 12) | (v4 << 20);
    v0 = (v0 + v4 + words[SIGMA[r + 1]!]!) | 0;
    v12 ^= v0;
    v12 = (v12 >>> 8) | (v12 << 24);
    v8 = (v8 + v12) | 0;
    v4 ^= v8;
    v4 = (v4 >>> 7) | (v4 << 25);
    v1 = (v1 + v5 + words[SIGMA[r + 2]!]!) | 0;
    v13 ^= v1;
    v13 = (v13 >>> 16) | (v13 << 16);
    v9 = (v9 + v13) | 0;
    v5 ^= v9;
    v5 = (v5 >>> 12) | (v5 << 20);
    v1 = (v1 + v5 + words[SIGMA[r + 3]!]!) | 0;
    v13 ^= v1;
    v13 = (v13 >>> 8) | (v13 << 24);
    v9 = (v9 + v13) | 0;
    v5 ^= v9;
    v5 = (v5 >>> 7) | (v5 << 25);
    v2 = (v2 + v6 + words[SIGMA[r + 4]!]!) | 0;
    v14 ^= v2;
    v14 = (v14 >>> 16) | (v14 << 16);
    v10 = (v10 + v14) | 0;
    v6 ^= v10;
    v6 = (v6 >>> 12) | (v6 << 20);
    v2 = (v2 + v6 + words[SIGMA[r + 5]!]!) | 0;
    v14 ^= v2;
    v14 = (v14 >>> 8) | (v14 << 24);
    v10 = (v10 + v14) | 0;
    v6 ^= v10;
    v6 = (v6 >>> 7) | (v6 << 25);
    v3 = (v3 + v7 + words[SIGMA[r + 6]!]!) | 0;
    v15 ^= v3;
    v15 = (v15 >>> 16) | (v15 << 16);
    v11 = (v11 + v15) | 0;
    v7 ^= v11;
    v7 = (v7 >>> 12) | (v7 << 20);
    v3 = (v3 + v7 + words[SIGMA[r + 7]!]!) | 0;
    v15 ^= v3;
    v15 = (v15 >>> 8) | (v15 << 24);
    v11 = (v11 + v15) | 0;
    v7 ^= v11;
    v7 = (v7 >>> 7) | (v7 << 25);
    v0 = (v0 + v5 + words[SIGMA[r + 8]!]!) | 0;
    v15 ^= v0;
    v15 = (v15 >>> 16) | (v15 << 16);
    v10 = (v10 + v15) | 0;
    v5 ^= v10;
    v5 = (v5 >>> 12) | (v5 << 20);
    v0 = (v0 + v5 + words[SIGMA[r + 9]!]!) | 0;
    v15 ^= v0;
    v15 = (v15 >>> 8) | (v15 << 24);
    v10 = (v10 + v15) | 0;
    v5 ^= v10;
    v5 = (v5 >>> 7) | (v5 << 25);
    v1 = (v1 + v6 + words[SIGMA[r + 10]!]!) | 0;
    v12 ^= v1;
    v12 = (v12 >>> 16) | (v12 << 16);
    v11 = (v11 + v12) | 0;
    v6 ^= v11;
    v6 = (v6 >>> 12) | (v6 << 20);
    v1 = (v1 + v6 + words[SIGMA[r + 11]!]!) | 0;
    v12 ^= v1;
    v12 = (v12 >>> 8) | (v12 << 24);
    v11 = (v11 + v12) | 0;
    v6 ^= v11;
    v6 = (v6 >>> 7) | (v6 << 25);
    v2 = (v2 + v7 + words[SIGMA[r + 12]!]!) | 0;
    v13 ^= v2;
    v13 = (v13 >>> 16) | (v13 << 16);
    v8 = (v8 + v13) | 0;
    v7 ^= v8;
    v7 = (v7 >>> 12) | (v7 << 20);
    v2 = (v2 + v7 + words[SIGMA[r + 13]!]!) | 0;
    v13 ^= v2;
    v13 = (v13 >>> 8) | (v13 << 24);
    v8 = (v8 + v13) | 0;
    v7 ^= v8;
    v7 = (v7 >>> 7) | (v7 << 25);
    v3 = (v3 + v4 + words[SIGMA[r + 14]!]!) | 0;
    v14 ^= v3;
    v14 = (v14 >>> 16) | (v14 << 16);
    v9 = (v9 + v14) | 0;
    v4 ^= v9;
    v4 = (v4 >>> 12) | (v4 << 20);
    v3 = (v3 + v4 + words[SIGMA[r + 15]!]!) | 0;
    v14 ^= v3;
    v14 = (v14 >>> 8) | (v14 << 24);
    v9 = (v9 + v14) | 0;
    v4 ^= v9;
    v4 = (v4 >>> 7) | (v4 << 25);
  }
  state[0]! ^= v0 ^ v8;
  state[1]! ^= v1 ^ v9;
  state[2]! ^= v2 ^ v10;
  state[3]! ^= v3 ^ v11;
  state[4]! ^= v4 ^ v12;
  state[5]! ^= v5 ^ v13;
  state[6]! ^= v6 ^ v14;
  state[7]! ^= v7 ^ v15;
}
