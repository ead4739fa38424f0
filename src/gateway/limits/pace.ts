import { setTimeout as sleep } from 'node:timers/promises';

/** Lets work begin one at a time, in the order in which it came, and not more often than every so many ms. */
export class Pace {
  readonly #everyMs: number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** Resolves when it is the caller's turn. */
  async turn(): Promise<void> {
    const turn = this.#last;
    this.#last = turn.then(() => sleep(this.#everyMs, undefined, { ref: false }));
    await turn;
  }
}
