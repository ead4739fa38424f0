import { decodeLatin1 } from '../../codec/index.ts';
import { Refusal } from '../../models/agent-error.ts';

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
 * while 5,000 others came are forgotten, and full when they are asked for again. Keys are the caller's to bound: they stay with their bucket.
 */
export class RateLimiter {
  #since: bigint | undefined;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();

  /** Takes a token out of the bucket with this key, or throws RateLimited with the time until there is one. */
  take(key: Uint8Array, rate: Rate, time: bigint): void {
    const name = decodeLatin1(key);
    const now = this.#now(time);
    const wait = waitFor(this.#find(name)?.fullAt ?? 0, rate, now);
    if (wait > 0) throw rateLimited(wait);
    const bucket = this.#bucket(name);
    bucket.fullAt = Math.max(bucket.fullAt, now) + intervalOf(rate);
  }

  /** How long (ns) until there is a token; 0 where there is one. Nothing is taken. */
  waitOf(key: Uint8Array, rate: Rate, time: bigint): number {
    return Math.max(0, waitFor(this.#find(decodeLatin1(key))?.fullAt ?? 0, rate, this.#now(time)));
  }

  /** Takes so many tokens more, whether or not they are there: the next ones wait for them. */
  charge(key: Uint8Array, tokens: number, rate: Rate, time: bigint): void {
    const bucket = this.#bucket(decodeLatin1(key));
    bucket.fullAt = Math.max(bucket.fullAt, this.#now(time)) + intervalOf(rate) * tokens;
  }

  #now(time: bigint): number {
    this.#since ??= time;
    return Number(time - this.#since);
  }

  #find(name: string): Bucket | undefined {
    return this.#young.get(name) ?? this.#old.get(name);
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

export function rateLimited(wait: number): Refusal {
  return new Refusal({ kind: 'RateLimited', retryAfterNs: BigInt(wait) });
}

function intervalOf({ perMinute }: Rate): number {
  return Math.floor(MINUTE_NS / perMinute);
}

function waitFor(fullAt: number, rate: Rate, now: number): number {
  return Math.max(fullAt, now) - now - intervalOf(rate) * (rate.burst - 1);
}
