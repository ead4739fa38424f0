const MS_PER_MINUTE = 60_000;
/** Buckets that are full again are forgotten when there are this many. */
const SWEEP_AT = 1000;

/** A token bucket for each holder: `burst` at once, and `perMinute` on average. The clock is in ms and never goes back. */
export class TokenBuckets {
  readonly #burst: number;
  readonly #msPerToken: number;
  readonly #now: () => number;
  /** When each bucket is full again: all that there is to know of it. */
  readonly #fullAt = new Map<string, number>();

  constructor({
    burst,
    perMinute,
    now = () => performance.now(),
  }: {
    readonly burst: number;
    readonly perMinute: number;
    readonly now?: () => number;
  }) {
    this.#burst = burst;
    this.#msPerToken = MS_PER_MINUTE / perMinute;
    this.#now = now;
  }

  /** Takes tokens, and returns 0; or takes none, and returns the ms after which as many are there. More than a burst are never there. */
  take(holder: string, tokens = 1): number {
    const now = this.#now();
    const fullAt = Math.max(this.#fullAt.get(holder) ?? now, now);
    const wait = fullAt - now + tokens * this.#msPerToken - this.#burst * this.#msPerToken;
    // Sums of fractions are not exact.
    if (wait > 1e-6) return wait;
    this.#fullAt.set(holder, fullAt + tokens * this.#msPerToken);
    if (this.#fullAt.size >= SWEEP_AT) this.#sweep(now);
    return 0;
  }

  #sweep(now: number): void {
    for (const [holder, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(holder);
  }
}
