/** What is counted, in the order of the stored forms: new ones would need another version of those. */
export const COUNTERS = [
  'interactions',
  'successes',
  'errors',
  'sessions',
  'credential_leases',
  'token_refreshes',
  'refresh_failures',
  'rate_limited',
  'latency_count',
  'latency_sum_ms',
  'latency_max_ms',
] as const;
export type Counter = (typeof COUNTERS)[number];

/** A number for each counter, in their order. */
export type Counts = number[];

/** Where each counter stands. */
export const COUNTER_AT: Readonly<Record<Counter, number>> = {
  interactions: 0,
  successes: 1,
  errors: 2,
  sessions: 3,
  credential_leases: 4,
  token_refreshes: 5,
  refresh_failures: 6,
  rate_limited: 7,
  latency_count: 8,
  latency_sum_ms: 9,
  latency_max_ms: 10,
};

export function noCounts(): Counts {
  return COUNTERS.map(() => 0);
}

/** Adds to `sum` what was counted elsewhere. */
export function addCounts(sum: Counts, counts: Counts): void {
  const longest = Math.max(sum[COUNTER_AT.latency_max_ms] ?? 0, counts[COUNTER_AT.latency_max_ms] ?? 0);
  for (const [at, count] of counts.entries()) sum[at] = (sum[at] ?? 0) + count;
  sum[COUNTER_AT.latency_max_ms] = longest;
}
