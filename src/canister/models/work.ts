/** Steps over small records between two looks at the counter, which takes as long as a tenth of reading one. */
const STEPS = 16;

/** Reading so many bytes counts as a step. */
const STEP_BYTES = 4096;

/**
 * How much of a message a walk, a page or a batch may take, in instructions: it ends by what it has cost, whatever the records are like.
 * The counter is that of the message.
 */
export class Work {
  readonly #counter: () => number;
  #limit: number;
  #steps = 0;

  /** `limit` is where the counter ends the work. */
  constructor(counter: () => number, limit: number) {
    this.#counter = counter;
    this.#limit = limit;
  }

  /** Notes that a record of so many bytes is looked at; whether there is work left for it. */
  step(bytes = 0): boolean {
    this.#steps += 1 + bytes / STEP_BYTES;
    if (this.#steps < STEPS) return true;
    this.#steps = 0;
    return !this.isSpent();
  }

  /** How many instructions the message has taken. */
  get instructions(): number {
    return this.#counter();
  }

  /** Asks the counter. */
  isSpent(): boolean {
    return this.#counter() >= this.#limit;
  }

  /** A part of it that ends after so many instructions more, and no later than the whole. */
  part(instructions: number): Work {
    return new Work(this.#counter, Math.min(this.#limit, this.#counter() + instructions));
  }

  /** Ends it earlier. */
  limitTo(limit: number): void {
    this.#limit = Math.min(this.#limit, limit);
  }
}

/** For tests, and for what is small by itself. */
export function unlimitedWork(): Work {
  return new Work(() => 0, Number.POSITIVE_INFINITY);
}
