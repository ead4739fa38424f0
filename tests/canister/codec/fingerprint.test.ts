import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/canister/codec/fingerprint.ts';

describe('fingerprint', () => {
  it('is the same for the same bytes, wherever they lie', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(9), (bytes, offset) => {
        const larger = new Uint8Array(bytes.length + offset);
        larger.set(bytes, offset);
        expect(fingerprint(larger.subarray(offset))).toBe(fingerprint(bytes));
      }),
    );
  });

  it('is another one where a single byte differs, and for each seed', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (each, at, change) => {
        const index = at % each.length;
        const other = each.map((byte, i) => (i === index ? byte ^ change : byte));
        expect(fingerprint(other)).not.toBe(fingerprint(each));
        expect(fingerprint(each, 1)).not.toBe(fingerprint(each, 2));
      }),
    );
  });

  it('is another one where bytes are left out', () => {
    const prints = Array.from({ length: 20 }, (_, i) => fingerprint(new Uint8Array(i)));
    expect(new Set(prints).size).toBe(20);
  });
});
