/** Below it, a loop is cheaper than a view and a bulk copy; metering copies many short pieces. */
const shortLength = 32;

const utf8 = new TextEncoder();

/** Writes the binary format ("Binary Format: Values") into a buffer that grows as needed. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Forgets what was written, and keeps the buffer. */
  clear(): void {
    this.#length = 0;
  }

  /** What was written so far, as a view that the next write may overwrite. */
  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): this {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length++] = value;
    return this;
  }

  bytes(values: Uint8Array | readonly number[]): this {
    this.#reserve(values.length);
    if (values.length < shortLength) {
      for (let i = 0; i < values.length; i++) this.#bytes[this.#length++] = values[i] ?? 0;
    } else {
      this.#bytes.set(values, this.#length);
      this.#length += values.length;
    }
    return this;
  }

  /** The bytes of `source` from `start` up to `end`. */
  range(source: Uint8Array, start: number, end: number): this {
    if (end - start < shortLength) {
      this.#reserve(end - start);
      for (let i = start; i < end; i++) this.#bytes[this.#length++] = source[i] ?? 0;
      return this;
    }
    return this.bytes(source.subarray(start, end));
  }

  /** An unsigned LEB128 number below 2^53. */
  unsigned(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.byte(rest);
  }

  /** A signed LEB128 number between -2^53 and 2^53. */
  signed(value: number): this {
    let rest = value;
    while (rest < -0x40 || rest >= 0x40) {
      const next = Math.floor(rest / 0x80);
      this.byte(rest - next * 0x80 + 0x80);
      rest = next;
    }
    return this.byte(rest & 0x7f);
  }

  /** A name: its length in bytes, and UTF-8. */
  name(text: string): this {
    const encoded = utf8.encode(text);
    return this.unsigned(encoded.length).bytes(encoded);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.written());
    this.#bytes = grown;
  }
}
