import { isSystemError } from './state-directory-error.ts';

/** Writes to the disk that may fail and be tried again: tells once that they fail, and once that they do not any more. */
export class WriteHealth {
  readonly #tell: (message: string) => void;
  readonly #failing: (reason: string) => string;
  readonly #well: string;
  #isFailing = false;

  /** `failing` words what it means that the system gave that reason, `well` what it means that it is over. */
  constructor(
    tell: (message: string) => void,
    { failing, well }: { readonly failing: (reason: string) => string; readonly well: string },
  ) {
    this.#tell = tell;
    this.#failing = failing;
    this.#well = well;
  }

  /** Whether the write went well. An error that is not the system's is a fault, and thrown. */
  try(write: () => void): boolean {
    try {
      write();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (!this.#isFailing) this.#tell(this.#failing(error.message));
      this.#isFailing = true;
      return false;
    }
    if (this.#isFailing) this.#tell(this.#well);
    this.#isFailing = false;
    return true;
  }
}
