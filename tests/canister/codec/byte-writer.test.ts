import { lebDecode, PipeArrayBuffer, slebDecode } from '@dfinity/candid';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/canister/codec/index.ts';

describe('ByteWriter', () => {
  it('writes LEB128 numbers that @dfinity/candid reads', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(lebDecode(new PipeArrayBuffer(new ByteWriter(1).leb128(value).finish()))).toBe(BigInt(value));
      }),
    );
  });

  it('writes signed LEB128 numbers that @dfinity/candid reads', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(slebDecode(new PipeArrayBuffer(new ByteWriter(1).sleb128(value).finish()))).toBe(
          BigInt(value),
        );
      }),
    );
  });

  it('grows without losing what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (parts) => {
        const writer = new ByteWriter(1);
        for (const part of parts) writer.u8(1).u32(part.length).u64(7n).raw(part);
        const reader = new ByteReader(writer.finish());
        for (const part of parts) {
          expect([reader.u8(), reader.u32(), reader.u64()]).toEqual([1, part.length, 7n]);
          expect(reader.take(part.length)).toEqual(part);
        }
        expect(reader.done).toBe(true);
      }),
    );
  });
});

describe('ByteReader', () => {
  it('reads the LEB128 numbers that ByteWriter writes', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer(), (unsigned, signed) => {
        const reader = new ByteReader(new ByteWriter().leb128(unsigned).sleb128(signed).finish());
        expect([reader.leb128(), reader.sleb128()]).toEqual([unsigned, signed]);
      }),
    );
  });

  it('reads numbers with needless zeros', () => {
    expect(new ByteReader(Uint8Array.of(0x85, 0x80, 0x00)).leb128()).toBe(5);
  });

  it('refuses numbers that never end', () => {
    expect(() => new ByteReader(new Uint8Array(20).fill(0x80)).leb128()).toThrow('too large');
  });
});
