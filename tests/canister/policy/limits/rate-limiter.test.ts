import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src/canister/models/agent-error.ts';
import { type Rate, RateLimiter } from '../../../../src/canister/policy/limits/rate-limiter.ts';

const SECOND = 1_000_000_000n;
const NOW = 1_800_000_000n * SECOND;
const KEY = Uint8Array.of(1, 2, 3);

/** How long the caller is told to wait, ns; 0 where the call is let through. */
function waitOf(limiter: RateLimiter, rate: Rate, now: bigint, key = KEY): bigint {
  try {
    limiter.take(key, rate, now);
    return 0n;
  } catch (error) {
    if (error instanceof Refusal && error.error.kind === 'RateLimited') return error.error.retryAfterNs;
    throw error;
  }
}

/** A bucket as the books have it: tokens come in at the rate and stop at the burst; counted in the ns that a token takes. */
class Model {
  readonly #interval: bigint;
  readonly #full: bigint;
  #level: bigint;
  #at = 0n;

  constructor({ burst, perMinute }: Rate) {
    this.#interval = (60n * SECOND) / BigInt(perMinute);
    this.#full = BigInt(burst) * this.#interval;
    this.#level = this.#full;
  }

  wait(now: bigint): bigint {
    const filled = this.#level + now - this.#at;
    this.#level = filled < this.#full ? filled : this.#full;
    this.#at = now;
    if (this.#level < this.#interval) return this.#interval - this.#level;
    this.#level -= this.#interval;
    return 0n;
  }
}

describe('RateLimiter', () => {
  it('lets through what a bucket of tokens does, and says how long until the next', () => {
    const rate = fc.record({
      burst: fc.integer({ min: 1, max: 20 }),
      perMinute: fc.constantFrom(1, 60, 300, 1200, 60_000_000),
    });
    const pauses = fc.array(
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 100_000_000 }), fc.integer({ min: 0, max: 1e11 })),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(rate, pauses, (each, times) => {
        const [limiter, model] = [new RateLimiter(), new Model(each)];
        let now = 0n;
        for (const pause of times) {
          now += BigInt(pause);
          expect(waitOf(limiter, each, now)).toBe(model.wait(now));
        }
      }),
    );
  });

  it('lets the next call through after the time that it said', () => {
    const limiter = new RateLimiter();
    const rate = { burst: 3, perMinute: 70 };
    for (let i = 0; i < 3; i++) expect(waitOf(limiter, rate, NOW)).toBe(0n);
    const wait = waitOf(limiter, rate, NOW);
    expect(wait).toBeGreaterThan(0n);
    expect(waitOf(limiter, rate, NOW + wait - 1000n)).toBeGreaterThan(0n);
    expect(waitOf(limiter, rate, NOW + wait)).toBe(0n);
  });

  it('counts each key apart', () => {
    const limiter = new RateLimiter();
    const rate = { burst: 1, perMinute: 1 };
    const keys = [Uint8Array.of(), Uint8Array.of(0), Uint8Array.of(0, 0), Uint8Array.of(255)];
    for (const key of keys) expect(waitOf(limiter, rate, NOW, key)).toBe(0n);
    for (const key of keys) expect(waitOf(limiter, rate, NOW, key)).toBeGreaterThan(0n);
  });

  it('follows a rate that changes', () => {
    const limiter = new RateLimiter();
    for (let i = 0; i < 10; i++) waitOf(limiter, { burst: 10, perMinute: 60 }, NOW);
    expect(waitOf(limiter, { burst: 20, perMinute: 60 }, NOW)).toBe(0n);
    expect(waitOf(limiter, { burst: 5, perMinute: 60 }, NOW)).toBe(7n * SECOND);
  });

  it('keeps a bounded number of buckets, those that are asked for among them', () => {
    const limiter = new RateLimiter();
    const rate = { burst: 2, perMinute: 1 };
    const other = (i: number) => Uint8Array.of(9, i >> 16, (i >> 8) & 255, i & 255);
    const others = (from: number, to: number) => {
      for (let i = from; i < to; i++) waitOf(limiter, rate, NOW, other(i));
    };
    for (let i = 0; i < 2; i++) waitOf(limiter, rate, NOW);
    others(0, 4000);
    expect(waitOf(limiter, rate, NOW)).toBeGreaterThan(0n);
    others(4000, 9000);
    expect(waitOf(limiter, rate, NOW)).toBeGreaterThan(0n);
    others(9000, 20_000);
    expect(waitOf(limiter, rate, NOW)).toBe(0n);
  });
});
