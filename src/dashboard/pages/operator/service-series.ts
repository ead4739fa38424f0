import type { Analytics, AnalyticsCounts } from '../../../client/index.ts';
import { dailyCounts } from '../../service/daily-counts.ts';

/** What was counted on each day: s since 1970, and as many numbers of each kind. */
export interface ServiceSeries {
  readonly times: readonly number[];
  readonly interactions: readonly number[];
  readonly errors: readonly number[];
  readonly sessions: readonly number[];
  readonly rateLimited: readonly number[];
}

/** What all users did on the days up to the one with `now` (ns since 1970), as `dailyCounts`. */
export function serviceSeries(
  analytics: Pick<Analytics, 'series'>,
  upTo: { readonly days: number; readonly now: bigint },
): ServiceSeries {
  const { times, counts } = dailyCounts(analytics, upTo);
  const of = (name: keyof AnalyticsCounts) => counts.map((one) => Number(one?.[name] ?? 0n));
  return {
    times,
    interactions: of('interactions'),
    errors: of('errors'),
    sessions: of('sessions'),
    rateLimited: of('rateLimited'),
  };
}
