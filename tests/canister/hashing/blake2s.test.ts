import { blake2s as reference } from '@noble/hashes/blake2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blake2s } from '../../../src/canister/hashing/blake2s.ts';

const ZEROS = new Uint8Array(8);

function join(salt: Uint8Array, personalization: Uint8Array): Uint8Array {
  return Uint8Array.from([...salt, ...personalization]);
}

describe('blake2s', () => {
  it('gives the digest of RFC 7693, appendix B', () => {
    const digest = blake2s(new TextEncoder().encode('abc'), new Uint8Array(16));
    expect(Buffer.from(digest).toString('hex')).toBe(
      '508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982',
    );
  });

  it('gives what @noble/hashes gives, for every length around its blocks', () => {
    const message = Uint8Array.from({ length: 200 }, (_, i) => i * 7);
    const salt = message.slice(1, 9);
    for (let length = 0; length <= 200; length++) {
      const options = { salt, personalization: ZEROS };
      expect(blake2s(message.subarray(0, length), join(salt, ZEROS))).toEqual(
        reference(message.subarray(0, length), options),
      );
    }
  });

  it('gives what @noble/hashes gives, for any message, salt and personalization', () => {
    const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), eight, eight, (message, salt, personalization) => {
        const options = { salt, personalization };
        expect(blake2s(message, join(salt, personalization))).toEqual(reference(message, options));
      }),
    );
  });
});
