import type { Analytics } from '../../../client/index.ts';

const DAY_NS = 86_400_000_000_000n;
const SECOND_NS = 1_000_000_000n;

/** What was counted of each day: s since 1970 and as many numbers. */
export interface DailySeries {
  readonly times: readonly number[];
  readonly interactions: readonly number[];
  readonly failed: readonly number[];
}

/** The days (of UTC) up to the one with `now` (ns since 1970), oldest first; the service leaves out those on which nothing happened. */
export function dailySeries(
  { series }: Pick<Analytics, 'series'>,
  { days, now }: { readonly days: number; readonly now: bigint },
): DailySeries {
  const today = now / DAY_NS;
  const counted = new Map(series.map(({ start, counts }) => [start / DAY_NS, counts]));
  const all = Array.from({ length: days }, (_, index) => today - BigInt(days - 1 - index));
  return {
    times: all.map((day) => Number((day * DAY_NS) / SECOND_NS)),
    interactions: all.map((day) => Number(counted.get(day)?.interactions ?? 0n)),
    failed: all.map((day) => {
      const { interactions = 0n, successes = 0n } = counted.get(day) ?? {};
      return Number(interactions - successes);
    }),
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
