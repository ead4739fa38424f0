import type { Limits } from '../models/limits.ts';
import type { Caller, Subject } from './access.ts';
import { RateLimiter } from './rate-limiter.ts';

interface RatesOptions {
  /** The limits that hold for a caller. */
  readonly limitsOf: (principal: Uint8Array) => Limits;
  /** Whether the current message is one: a query cannot count itself, since nothing of it stays. */
  readonly isUpdate: () => boolean;
  /** Told of each refusal; the subject is that of the call where it was known. */
  readonly onRefused: (caller: Caller, subject?: Subject) => void;
}

/** How often callers may call, and how often users may be called about: each has a bucket of its own. */
export class Rates {
  readonly #options: RatesOptions;
  readonly #callers = new RateLimiter();
  readonly #users = new RateLimiter();
  /** Of the caller of the current message; undefined where it is not counted. */
  #limits: Limits | undefined;

  constructor(options: RatesOptions) {
    this.#options = options;
  }

  /** Counts an update towards its caller; throws RateLimited. The first step of every message. */
  admit(caller: Caller): void {
    this.#limits = this.#options.isUpdate() ? this.#options.limitsOf(caller.principal) : undefined;
    if (this.#limits === undefined) return;
    const { caller_burst: burst, caller_per_minute: perMinute } = this.#limits;
    try {
      this.#callers.take(caller.principal, { burst, perMinute }, caller.now);
    } catch (error) {
      this.#options.onRefused(caller);
      throw error;
    }
  }

  /** Counts the admitted update towards the user whose records it is about, by the limits of its caller; throws RateLimited. */
  admitFor(subject: Subject, caller: Caller): void {
    if (this.#limits === undefined) return;
    const { user_burst: burst, user_per_minute: perMinute } = this.#limits;
    try {
      this.#users.take(subject.userId(), { burst, perMinute }, caller.now);
    } catch (error) {
      this.#options.onRefused(caller, subject);
      throw error;
    }
  }
}
