import { violateContract } from './trap.ts';

const FIRST_CAPACITY = 1024;

/** What a canister puts together in parts, as a reply or the argument of a call, up to a limit in bytes. */
export class Payload {
  readonly #limit: number;
  #bytes = new Uint8Array();
  #length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Copies a part to the end; traps, naming the function `name` of `ic0`, where it does not fit any more. */
  append(name: string, size: number, part: () => Uint8Array): void {
    const length = this.#length + size;
    requireFits(name, length, this.#limit);
    if (length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(part(), this.#length);
    this.#length = length;
  }

  /** A copy of it all. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(length: number): void {
    const grown = new Uint8Array(Math.max(length, this.#bytes.length * 2, FIRST_CAPACITY));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Traps, naming the function, where a payload would have more bytes than it may. */
export function requireFits(name: string, size: number, limit: number): void {
  if (size > limit) {
    violateContract(`ic0.${name}: application payload size (${size}) cannot be larger than ${limit}`);
  }
}
