import { decodeLatin1 } from '../codec/index.ts';
import { Refusal } from '../models/agent-error.ts';

/** So many calls at once, and so many a minute after that. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

/** When it is full again, ns since the first call: as a number, since every update asks for two buckets and bigints cost far more. */
interface Bucket {
  fullAt: number;
}

const MINUTE_NS = 60_000_000_000;

/** How many buckets one generation has; two are kept. */
const GENERATION = 5000;

/**
 * Token buckets. They lie in the heap: an upgrade fills them all. Their number is bounded, whoever calls: those that were not asked for
 * while 5,000 others came are forgotten, and full when they are asked for again.
 */
export class RateLimiter {
  #since: bigint | undefined;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();

  /** Takes a token out of the bucket with this key, or throws RateLimited with the time until there is one. */
  take(key: Uint8Array, { burst, perMinute }: Rate, time: bigint): void {
    const bucket = this.#bucket(decodeLatin1(key));
    this.#since ??= time;
    const now = Number(time - this.#since);
    const interval = Math.floor(MINUTE_NS / perMinute);
    const fullAt = Math.max(bucket.fullAt, now);
    const wait = fullAt - now - interval * (burst - 1);
    if (wait > 0) throw new Refusal({ kind: 'RateLimited', retryAfterNs: BigInt(wait) });
    bucket.fullAt = fullAt + interval;
  }

  #bucket(name: string): Bucket {
    const young = this.#young.get(name);
    if (young !== undefined) return young;
    const bucket = this.#old.get(name) ?? { fullAt: 0 };
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(name, bucket);
    return bucket;
  }
}
