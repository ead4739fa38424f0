import { CandidError } from './errors.ts';

/**
 * How many values one message may hold: elements of a `vec null` take no bytes, so the length of the message is no bound. An empty record takes 20,000
 * instructions; the most that a method takes are 256 pairs of texts.
 */
const VALUE_BUDGET = 1000;

/** How deep values may nest; a recursive type could otherwise exhaust the stack. */
const MAX_DEPTH = 64;

/** A forward reader over Candid bytes that fails, rather than reads past the end, on a short message. */
export class ByteReader {
  offset = 0;
  readonly bytes: Uint8Array;
  /** The length of `bytes`, which takes longer to ask for than to keep. */
  readonly #end: number;
  #numbers: DataView | undefined;
  #budget = VALUE_BUDGET;
  #depth = 0;
  /** Where texts are noted that were not checked to be UTF-8; undefined where each is checked as it is read. */
  readonly unchecked: { readonly utf8: Uint8Array }[] | undefined;

  constructor(bytes: Uint8Array, unchecked?: { readonly utf8: Uint8Array }[]) {
    this.bytes = bytes;
    this.#end = bytes.length;
    this.unchecked = unchecked;
  }

  /** Whether everything was read. */
  get done(): boolean {
    return this.offset === this.#end;
  }

  /** Moves over `length` bytes and returns where they begin. */
  advance(length: number): number {
    const start = this.offset;
    if (length > this.#end - start) throw endsTooEarly();
    this.offset = start + length;
    return start;
  }

  /** The next `length` bytes, as a view. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  u8(): number {
    const byte = this.bytes[this.offset++];
    if (byte === undefined) throw endsTooEarly();
    return byte;
  }

  u16(): number {
    return this.#view.getUint16(this.advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.advance(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.advance(8), true);
  }

  /** An unsigned LEB128 number below 2^53: the counts, lengths and field ids of Candid are all far smaller. */
  leb128(): number {
    let byte = this.u8();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    while (byte >= 0x80) {
      byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (value > Number.MAX_SAFE_INTEGER || scale > 2 ** 70) throw new CandidError('a number is too large');
    }
    return value;
  }

  /** A signed LEB128 number of at most five bytes: the type codes and type indexes of Candid. */
  sleb128(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 5; i++) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
      if (byte < 0x80) return byte & 0x40 ? value - scale : value;
    }
    throw new CandidError('a type code is too large');
  }

  /** The UTF-8 bytes of a Candid text, unchecked; or a Candid blob. */
  text(): Uint8Array {
    const length = this.leb128();
    const start = this.offset;
    if (length > this.#end - start) throw endsTooEarly();
    this.offset = start + length;
    return this.bytes.subarray(start, start + length);
  }

  /** A Candid opt whose flag byte was checked before, as in a stored record. */
  optional<T>(read: (reader: this) => T): T | undefined {
    return this.u8() === 1 ? read(this) : undefined;
  }

  /** Counts `values` towards the budget of one message. */
  spend(values: number): void {
    this.#budget -= values;
    if (this.#budget < 0) throw new CandidError(`the message holds more than ${VALUE_BUDGET} values`);
  }

  /** Runs `read` one level deeper. */
  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new CandidError(`values nest deeper than ${MAX_DEPTH} levels`);
    const value = read();
    this.#depth--;
    return value;
  }

  get #view(): DataView {
    const { bytes } = this;
    this.#numbers ??= new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return this.#numbers;
  }
}

function endsTooEarly(): CandidError {
  return new CandidError('the message ends too early');
}
