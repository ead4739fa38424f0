/** A growing byte buffer. Numbers of Candid are little-endian; those of our keys say `BE`. */
export class ByteWriter {
  length = 0;
  #bytes: Uint8Array;
  #view: DataView;
  /** The length of the buffer, which takes longer to ask for than to keep. */
  #capacity: number;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#capacity = capacity;
  }

  /** Forgets what was written, and keeps the buffer. */
  restart(): this {
    this.length = 0;
    return this;
  }

  /** What was written, as a copy of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  /** The same as a view: what is written next may change it. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  u8(value: number): this {
    const at = this.length++;
    if (at === this.#capacity) this.#grow();
    this.#bytes[at] = value;
    return this;
  }

  u16(value: number): this {
    const at = this.length;
    this.length += 2;
    if (this.length > this.#capacity) this.#grow();
    this.#view.setUint16(at, value, true);
    return this;
  }

  u32(value: number): this {
    const at = this.length;
    this.length += 4;
    if (this.length > this.#capacity) this.#grow();
    this.#view.setUint32(at, value, true);
    return this;
  }

  /** Writes over what was written. */
  setU32(at: number, value: number): this {
    this.#view.setUint32(at, value, true);
    return this;
  }

  u64(value: bigint): this {
    const at = this.length;
    this.length += 8;
    if (this.length > this.#capacity) this.#grow();
    this.#view.setBigUint64(at, value, true);
    return this;
  }

  /** An integer below 2^53 in eight bytes. */
  safeU64(value: number): this {
    const at = this.#reserve(8);
    this.#view.setUint32(at, value % 0x1_0000_0000, true);
    this.#view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
    return this;
  }

  /** Unsigned LEB128. */
  leb128(value: number): this {
    if (value < 0x80) return this.u8(value);
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.u8(rest);
  }

  /** Signed LEB128. */
  sleb128(value: number): this {
    let rest = value;
    while (rest < -0x40 || rest >= 0x40) {
      this.u8((((rest % 0x80) + 0x80) % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.u8(((rest % 0x80) + 0x80) % 0x80);
  }

  raw(bytes: Uint8Array): this {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  /** A Candid text from its UTF-8 bytes, or a Candid blob. */
  text(utf8: Uint8Array): this {
    const { length } = utf8;
    if (length >= 0x80) return this.leb128(length).raw(utf8);
    // Most are short: without a call for each part.
    const at = this.#reserve(length + 1);
    this.#bytes[at] = length;
    this.#bytes.set(utf8, at + 1);
    return this;
  }

  optText(utf8: Uint8Array | undefined): this {
    return utf8 === undefined ? this.u8(0) : this.u8(1).text(utf8);
  }

  optU64(value: bigint | undefined): this {
    return value === undefined ? this.u8(0) : this.u8(1).u64(value);
  }

  bool(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  /** A Candid principal: a transparent reference and its bytes. */
  principal(bytes: Uint8Array): this {
    return this.u8(1).text(bytes);
  }

  /** Growing replaces the buffer: look at it only after this. */
  #reserve(size: number): number {
    const at = this.length;
    this.length = at + size;
    if (this.length > this.#capacity) this.#grow();
    return at;
  }

  #grow(): void {
    this.#capacity = Math.max(this.length, this.#capacity * 2);
    const grown = new Uint8Array(this.#capacity);
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
