import type { Random } from '../support/random.ts';

/** Something that no input may bring about. Carries the input, so that it can be looked at. */
export class Finding extends Error {
  constructor(what: string, input: Uint8Array | string, cause?: unknown) {
    const shown = typeof input === 'string' ? input : Buffer.from(input.subarray(0, 4096)).toString('hex');
    super(`${what}; the input: ${shown}`, { cause });
    this.name = 'Finding';
  }
}

/** A kind of input: makes one from random numbers, has it handled, and tells how it was answered, in a word. */
export interface FuzzTarget {
  readonly name: string;
  /** Throws a Finding. */
  readonly run: (random: Random) => Promise<string>;
}
