import type { Caller } from '../access/caller.ts';
import { type Rate, RateLimiter } from './rate-limiter.ts';

interface DerivationsOptions {
  /** What holds for each caller whom somebody named: an agent, or the owner of a user_id that an agent linked. */
  readonly named: () => Rate;
  /** What holds for all others together. */
  readonly unnamed: () => Rate;
  readonly isNamed: (caller: Caller) => boolean;
}

const UNNAMED = new Uint8Array(0);

/**
 * How many opening keys callers may have derived, each of which the service pays for. Callers whom nobody named share a bucket: there are as many as anybody
 * likes, and they take nothing from the others.
 */
export class Derivations {
  readonly #options: DerivationsOptions;
  readonly #named = new RateLimiter();
  readonly #unnamed = new RateLimiter();

  constructor(options: DerivationsOptions) {
    this.#options = options;
  }

  /** Counts one; throws RateLimited. */
  admit(caller: Caller): void {
    const { named, unnamed, isNamed } = this.#options;
    if (isNamed(caller)) this.#named.take(caller.principal, named(), caller.now);
    else this.#unnamed.take(UNNAMED, unnamed(), caller.now);
  }
}
