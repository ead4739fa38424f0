import { ChartNoAxesColumn } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Chart } from '../../components/chart.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { formatDay } from '../../service/daily-counts.ts';
import { texts } from '../../texts/en.ts';
import { dailySeries } from './daily-series.ts';
import { ToList } from './to-list.tsx';
import type { AnalyticsQuery } from './use-analytics.ts';

/** How many interactions there were on each day, and how many failed. */
export function InteractionsOverTime({
  query,
  days,
}: {
  readonly query: AnalyticsQuery;
  readonly days: number;
}): ReactNode {
  const { data, error, refetch, dataUpdatedAt } = query;
  const { overview } = texts;
  const shown = useMemo(() => {
    if (data === undefined) return undefined;
    const { times, interactions, failed } = dailySeries(data, {
      days,
      now: BigInt(dataUpdatedAt) * 1_000_000n,
    });
    const series = [
      { name: overview.all, values: interactions },
      { name: overview.failed, values: failed },
    ];
    return { count: data.totals.interactions, times, series };
  }, [data, days, dataUpdatedAt, overview]);
  return (
    <Card title={overview.overTime} link={<ToList path="/interactions" />}>
      <Loaded reading={{ data: shown, error, refetch }} rows={6}>
        {({ count, times, series }) =>
          count === 0n ? (
            <EmptyState
              icon={ChartNoAxesColumn}
              title={overview.noInteractions}
              help={overview.noInteractionsHelp}
            />
          ) : (
            <Chart
              label={overview.chart(String(count), days)}
              times={times}
              series={series}
              formatTime={formatDay}
            />
          )
        }
      </Loaded>
    </Card>
  );
}
