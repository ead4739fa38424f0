import { decodeLatin1 } from '../codec/index.ts';
import { Refusal } from '../models/agent-error.ts';

/** So many calls at once, and so many a minute after that. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

const MINUTE_NS = 60_000_000_000n;

/** How many buckets one generation has; two are kept. */
const GENERATION = 5000;

/**
 * Token buckets, each written as the time (ns) at which it is full again. They lie in the heap: an upgrade fills them all. Their number is bounded, whoever
 * calls: those that were not asked for while 5,000 others came are forgotten, and full when they are asked for again.
 */
export class RateLimiter {
  #young = new Map<string, bigint>();
  #old = new Map<string, bigint>();

  /** Takes a token out of the bucket with this key, or throws RateLimited with the time until there is one. */
  take(key: Uint8Array, { burst, perMinute }: Rate, now: bigint): void {
    const name = decodeLatin1(key);
    const interval = MINUTE_NS / BigInt(perMinute);
    const stored = this.#young.get(name) ?? this.#old.get(name) ?? now;
    const fullAt = stored > now ? stored : now;
    const wait = fullAt - now - interval * BigInt(burst - 1);
    if (wait > 0n) throw new Refusal({ kind: 'RateLimited', retryAfterNs: wait });
    if (this.#young.size >= GENERATION && !this.#young.has(name)) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, fullAt + interval);
  }
}
