import type { Analytics, AnalyticsCounts } from '../../../client/index.ts';

const DAY_NS = 86_400_000_000_000n;
const SECOND_NS = 1_000_000_000n;

/** What was counted on each day: s since 1970, and as many numbers of each kind. */
export interface ServiceSeries {
  readonly times: readonly number[];
  readonly interactions: readonly number[];
  readonly errors: readonly number[];
  readonly sessions: readonly number[];
  readonly rateLimited: readonly number[];
}

/** The days (of UTC) up to the one with `now` (ns since 1970), oldest first; the service leaves out those on which nothing happened. */
export function serviceSeries(
  { series }: Pick<Analytics, 'series'>,
  { days, now }: { readonly days: number; readonly now: bigint },
): ServiceSeries {
  const today = now / DAY_NS;
  const counted = new Map(series.map(({ start, counts }) => [start / DAY_NS, counts]));
  const all = Array.from({ length: days }, (_, index) => today - BigInt(days - 1 - index));
  const of = (name: keyof AnalyticsCounts) => all.map((day) => Number(counted.get(day)?.[name] ?? 0n));
  return {
    times: all.map((day) => Number((day * DAY_NS) / SECOND_NS)),
    interactions: of('interactions'),
    errors: of('errors'),
    sessions: of('sessions'),
    rateLimited: of('rateLimited'),
  };
}
