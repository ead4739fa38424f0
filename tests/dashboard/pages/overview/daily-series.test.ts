import { describe, expect, it } from 'vitest';
import { dailySeries, successRate } from '../../../../src/dashboard/pages/overview/daily-series.ts';

const DAY_NS = 86_400_000_000_000n;
const COUNTS = {
  interactions: 0n,
  successes: 0n,
  errors: 0n,
  sessions: 0n,
  credentialLeases: 0n,
  tokenRefreshes: 0n,
  refreshFailures: 0n,
  rateLimited: 0n,
  latencyCount: 0n,
  latencySumMs: 0n,
  latencyMaxMs: 0n,
};

describe('the days of the overview', () => {
  it('are all there, also those on which nothing happened, and end with today', () => {
    const start = 20_000n * DAY_NS;
    const series = [{ start, counts: { ...COUNTS, interactions: 5n, successes: 3n } }];
    expect(dailySeries({ series }, { days: 3, now: start + DAY_NS + 7n })).toEqual({
      times: [19_999 * 86_400, 20_000 * 86_400, 20_001 * 86_400],
      interactions: [0, 5, 0],
      failed: [0, 2, 0],
    });
  });
});

describe('the success rate', () => {
  for (const [successes, interactions, text] of [
    [0n, 0n, undefined],
    [5n, 5n, '100 %'],
    [9_999n, 10_000n, '99.9 %'],
    [1n, 3n, '33.3 %'],
    [0n, 4n, '0 %'],
  ] as const) {
    it(`of ${successes} in ${interactions} is ${text ?? 'unknown'}`, () => {
      expect(successRate({ successes, interactions })).toBe(text);
    });
  }
});
