import type { Analytics, AnalyticsCounts } from '../../client/index.ts';

const DAY_NS = 86_400_000_000_000n;
const SECOND_NS = 1_000_000_000n;
const NS_PER_MS = 1_000_000n;

const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** Now, in ns since 1970. */
export function nowNs(): bigint {
  return BigInt(Date.now()) * NS_PER_MS;
}

/** The first moment of so many days (of UTC), the one with `now` being the last; both in ns since 1970. */
export function startOfDays(days: number, now: bigint): bigint {
  return now - (now % DAY_NS) - BigInt(days - 1) * DAY_NS;
}

/** The days (of UTC) up to the one with `now` (ns since 1970), oldest first; the service leaves out those on which nothing happened. */
export function dailyCounts(
  { series }: Pick<Analytics, 'series'>,
  { days, now }: { readonly days: number; readonly now: bigint },
): {
  /** s since 1970. */
  readonly times: readonly number[];
  readonly counts: readonly (AnalyticsCounts | undefined)[];
} {
  const today = now / DAY_NS;
  const counted = new Map(series.map(({ start, counts }) => [start / DAY_NS, counts]));
  const all = Array.from({ length: days }, (_, index) => today - BigInt(days - 1 - index));
  return {
    times: all.map((one) => Number((one * DAY_NS) / SECOND_NS)),
    counts: all.map((one) => counted.get(one)),
  };
}

/** A day (s since 1970) as charts have it. */
export function formatDay(seconds: number): string {
  return day.format(new Date(seconds * 1000));
}
