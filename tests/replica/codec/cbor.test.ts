import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../src/replica/codec/bytes.ts';
import { CborError, decodeCbor, encodeBareCbor, encodeCbor } from '../../../src/replica/codec/cbor.ts';

describe('encodeCbor', () => {
  it('puts the self-describing tag first and writes 64-bit numbers as unsigned integers', () => {
    expect(toHex(encodeCbor({ a: 1_685_570_400_000_000_000n, b: Uint8Array.of(1, 2), c: undefined }))).toBe(
      'd9d9f7a261611b1764595927e9c000616242' + '0102',
    );
    expect(toHex(encodeBareCbor([2n ** 64n - 1n, 0, 'x']))).toBe('831bffffffffffffffff006178');
  });
});

describe('decodeCbor', () => {
  it.each([
    ['a map', 'a1616101', new Map([['a', 1n]])],
    ['a tagged map', 'd9d9f7a1616101', new Map([['a', 1n]])],
    ['a number that is longer than it needs to be', '1b0000000000000001', 1n],
    ['a bignum', 'c249010000000000000000', 2n ** 64n],
    ['an indefinite array', '9f0102ff', [1n, 2n]],
    ['a chunked byte string', '5f41014102ff', Uint8Array.of(1, 2)],
    ['null', 'f6', null],
  ])('reads %s', (_what, hex, expected) => {
    expect(decodeCbor(fromHex(hex))).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['trailing bytes', '0000'],
    ['a map that ends early', 'a16161'],
    ['an array of four billion items', '9affffffff00'],
    ['a byte string of 2^64-1 bytes', '5bffffffffffffffff00'],
    ['a map of 2^64-1 entries', 'bbffffffffffffffff00'],
    ['a duplicate key', 'a2616101616102'],
    ['a key that is a number', 'a10102'],
    ['a float', 'f93c00'],
    ['undefined', 'f7'],
    ['an unknown simple value', 'f8ff'],
    ['a reserved length', '1c'],
    ['a break without a beginning', 'ff'],
    ['an indefinite map with half an entry', 'bf6161ff'],
    ['a chunk of another kind', '5f6161ff'],
    ['an unknown tag', 'd81800'],
    ['a bignum that is text', 'c26161'],
    ['text that is not UTF-8', '61ff'],
    ['a nesting without end', '81'.repeat(5000)],
    ['tags without end', 'd9d9f7'.repeat(5000)],
  ])('refuses %s', (_what, hex) => {
    expect(() => decodeCbor(fromHex(hex))).toThrow(CborError);
  });

  it('refuses more items than any request needs before it builds them', () => {
    const empty = new Uint8Array(1 << 20).fill(0xa0);
    empty.set([0x9a, 0x00, 0x0f, 0xff, 0xfb]);
    expect(() => decodeCbor(empty)).toThrow(/more than 200000 items/);
  });

  it('writes the bytes of a Buffer as it writes any others', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(encodeCbor({ data: Buffer.from(bytes) })).toEqual(encodeCbor({ data: bytes }));
  });

  it('reads back what encodeCbor writes, and throws nothing but CborError on any bytes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })), (fields) => {
        expect(decodeCbor(encodeCbor(fields))).toEqual(new Map(Object.entries(fields)));
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeCbor(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(CborError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
