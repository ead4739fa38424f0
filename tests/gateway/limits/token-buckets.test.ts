import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBuckets } from '../../../src/gateway/limits/token-buckets.ts';

describe('TokenBuckets', () => {
  it('lets a burst begin, and then as many as the rate says', () => {
    let now = 0;
    const buckets = new TokenBuckets({ burst: 3, perMinute: 60, now: () => now });
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 1000]);
    now = 999;
    expect(buckets.take('a')).toBe(1);
    now = 1000;
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1000]);
    now = 1_000_000;
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([0, 0, 0, 1000]);
  });

  it('takes all tokens or none, and none of another', () => {
    const buckets = new TokenBuckets({ burst: 3, perMinute: 60, now: () => 0 });
    expect(buckets.take('a', 4)).toBe(1000);
    expect(buckets.take('a', 3)).toBe(0);
    expect(buckets.take('b', 3)).toBe(0);
  });

  it('never gives more than a burst and the rate, however it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 6000 }),
        fc.array(fc.nat({ max: 3000 }), { maxLength: 300 }),
        (burst, perMinute, waits) => {
          let [now, given] = [0, 0];
          const buckets = new TokenBuckets({ burst, perMinute, now: () => now });
          for (const wait of waits) {
            now += wait;
            if (buckets.take('a') === 0) given++;
          }
          expect(given).toBeLessThanOrEqual(burst + (now * perMinute) / 60_000 + 1e-6);
        },
      ),
    );
  });

  it('keeps nothing of those that are full again', () => {
    let now = 0;
    const buckets = new TokenBuckets({ burst: 1, perMinute: 60, now: () => now });
    for (let i = 0; i < 5000; i++) {
      now += 1001;
      expect(buckets.take(`key-${i}`)).toBe(0);
    }
  });
});
