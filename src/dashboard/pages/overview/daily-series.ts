import type { Analytics } from '../../../client/index.ts';
import { dailyCounts } from '../../service/daily-counts.ts';

/** What was counted of each day: s since 1970 and as many numbers. */
export interface DailySeries {
  readonly times: readonly number[];
  readonly interactions: readonly number[];
  readonly failed: readonly number[];
}

/** The interactions of the days up to the one with `now` (ns since 1970), as `dailyCounts`. */
export function dailySeries(
  analytics: Pick<Analytics, 'series'>,
  upTo: { readonly days: number; readonly now: bigint },
): DailySeries {
  const { times, counts } = dailyCounts(analytics, upTo);
  return {
    times,
    interactions: counts.map((one) => Number(one?.interactions ?? 0n)),
    failed: counts.map((one) => (one === undefined ? 0 : Number(one.interactions - one.successes))),
  };
}

/** The part of interactions that succeeded, as people read it; undefined where there was none. A failure never shows as 100 %. */
export function successRate({
  interactions,
  successes,
}: {
  readonly interactions: bigint;
  readonly successes: bigint;
}): string | undefined {
  if (interactions === 0n) return undefined;
  const tenths = Number((successes * 1000n) / interactions) / 10;
  return `${tenths.toLocaleString('en')} %`;
}
