/** A checkpoint is written once nothing changed for so long, … */
const QUIET_MS = 1_000;
/** … and at the latest so long after the first change that it lacks. */
const LATEST_MS = 10_000;

/** Decides when a network's state is saved: at quiet moments, now and then when it has none, and at the end. */
export class CheckpointTimer {
  readonly #save: () => void;
  readonly #release: () => void;
  #firstChange: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(save: () => void, release: () => void) {
    this.#save = save;
    this.#release = release;
  }

  /** Something changed that is not saved yet. */
  noteChange(): void {
    const now = performance.now();
    this.#firstChange ??= now;
    clearTimeout(this.#timer);
    const delay = Math.min(QUIET_MS, Math.max(0, this.#firstChange + LATEST_MS - now));
    this.#timer = setTimeout(() => this.#saveNow(), delay);
    this.#timer.unref();
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

  #saveNow(): void {
    this.#save();
    this.#firstChange = undefined;
  }
}
