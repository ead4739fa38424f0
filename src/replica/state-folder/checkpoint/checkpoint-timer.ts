/** A checkpoint is written once nothing changed for so long, … */
const QUIET_MS = 1_000;
/** … and at the latest so long after the first change that it lacks; after so long, too, where it could not be written. */
const LATEST_MS = 10_000;

/** Decides when a network's state is saved: at quiet moments, now and then when it has none, and at the end. */
export class CheckpointTimer {
  readonly #save: () => boolean;
  readonly #release: () => void;
  #firstChange: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `save` tells whether it could. */
  constructor(save: () => boolean, release: () => void) {
    this.#save = save;
    this.#release = release;
  }

  /** Something changed that is not saved yet. */
  noteChange(): void {
    const now = performance.now();
    this.#firstChange ??= now;
    this.#saveIn(Math.min(QUIET_MS, Math.max(0, this.#firstChange + LATEST_MS - now)));
  }

  /** Saves what is not saved yet, and gives the folder free. */
  close(): void {
    clearTimeout(this.#timer);
    try {
      if (this.#firstChange !== undefined) this.#saveNow();
    } finally {
      this.#release();
    }
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#saveNow()) this.#saveIn(LATEST_MS);
    }, ms);
    this.#timer.unref();
  }

  #saveNow(): boolean {
    const saved = this.#save();
    // Where it failed, the wait for the latest moment begins anew: trying at each change would only cost time.
    this.#firstChange = saved ? undefined : performance.now();
    return saved;
  }
}
