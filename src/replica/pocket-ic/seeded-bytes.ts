import { concatBytes, utf8 } from '../codec/bytes.ts';
import { sha256 } from '../codec/sha256.ts';

/** Bytes that follow from a seed, others with each draw. */
export class SeededBytes {
  readonly #seed: Uint8Array;
  #blocks: number;

  /** `blocks` is where one of that seed goes on; a new one begins at 0. */
  constructor(seed: Uint8Array, blocks: number) {
    this.#seed = seed;
    this.#blocks = blocks;
  }

  /** How many blocks of 32 bytes were drawn. */
  get blocks(): number {
    return this.#blocks;
  }

  draw(length: number): Uint8Array {
    const blocks: Uint8Array[] = [];
    for (let bytes = 0; bytes < length; bytes += 32) {
      blocks.push(sha256(concatBytes(this.#seed, utf8(`random ${this.#blocks++}`))));
    }
    return concatBytes(...blocks).slice(0, length);
  }
}
