const NS_PER_MS = 1_000_000n;
/** The longest that a timer of Node waits. */
const MAX_DELAY_MS = 2_147_483_647n;

/** When rounds are run: at once where there is work, later where something is due then. Never two at a time. */
export class Scheduler {
  readonly #round: () => void;
  #next: NodeJS.Immediate | undefined;
  #later: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(round: () => void) {
    this.#round = round;
  }

  /** Whether a round is about to run. */
  get isBusy(): boolean {
    return this.#next !== undefined;
  }

  /** Runs a round as soon as what the process does now is done. */
  soon(): void {
    if (this.#closed || this.#next !== undefined) return;
    this.#next = setImmediate(() => {
      this.#next = undefined;
      this.#round();
    });
  }

  /** Runs a round at `due`; both times in ns since 1970. A later call replaces an earlier one. */
  at(due: bigint, now: bigint): void {
    clearTimeout(this.#later);
    if (this.#closed) return;
    const delay = due > now ? (due - now) / NS_PER_MS + 1n : 0n;
    this.#later = setTimeout(() => this.soon(), Number(delay < MAX_DELAY_MS ? delay : MAX_DELAY_MS));
    // What is due later keeps no process alive that has nothing else to do.
    this.#later.unref();
  }

  /** Runs no round any more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#later);
    clearImmediate(this.#next);
    this.#next = undefined;
  }
}
