import { ModuleError } from './module-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads the binary format ("Binary Format: Values") from `position` on. A read past the end is a `ModuleError`. */
export class ByteReader {
  readonly bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  /** One byte. */
  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) throw truncated(this.bytes.length);
    return value;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let unit = 1; unit < 2 ** 35; unit *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw new ModuleError('malformed', `The number that ends at byte ${this.position} does not fit 32 bits.`);
  }

  /** An unsigned LEB128 number of at most 64 bits, as the nearest double: exact up to 2^53. */
  u64(): number {
    let value = 0;
    for (let unit = 1; unit < 2 ** 70; unit *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw new ModuleError('malformed', `The number that ends at byte ${this.position} does not fit 64 bits.`);
  }

  /** A signed LEB128 number of at most 64 bits. */
  s64(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(Number(shift) + 7, value);
    }
    throw new ModuleError('malformed', `The number that ends at byte ${this.position} does not fit 64 bits.`);
  }

  /** Moves past one LEB128 number, signed or not, of at most 64 bits. */
  skipNumber(): void {
    const limit = this.position + 10;
    while (this.byte() >= 0x80) {
      if (this.position >= limit) {
        throw new ModuleError('malformed', `The number that ends at byte ${limit} does not fit 64 bits.`);
      }
    }
  }

  /** Moves past `count` bytes. */
  skip(count: number): void {
    this.position += count;
    if (this.position > this.bytes.length) throw truncated(this.bytes.length);
  }

  /** The next `count` bytes, as a view of the input. */
  take(count: number): Uint8Array {
    const start = this.position;
    this.skip(count);
    return this.bytes.subarray(start, this.position);
  }

  /** A name: its length in bytes, and UTF-8. */
  name(): string {
    const bytes = this.take(this.u32());
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw new ModuleError('malformed', `The name that ends at byte ${this.position} is not UTF-8.`, {
        cause,
      });
    }
  }
}

function truncated(length: number): ModuleError {
  return new ModuleError('malformed', `The module ends too early, at byte ${length}.`);
}
