import { ChartNoAxesColumn } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Chart } from '../../components/chart.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
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
  const counted = useMemo(
    () => data && dailySeries(data, { days, now: BigInt(dataUpdatedAt) * 1_000_000n }),
    [data, days, dataUpdatedAt],
  );
  const { overview } = texts;
  const series = useMemo(
    () =>
      counted && [
        { name: overview.all, values: counted.interactions },
        { name: overview.failed, values: counted.failed },
      ],
    [counted, overview],
  );
  return (
    <Card title={overview.overTime} link={<ToList path="/interactions" />}>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined || counted === undefined || series === undefined ? (
        <LoadingState rows={6} />
      ) : data.totals.interactions === 0n ? (
        <EmptyState
          icon={ChartNoAxesColumn}
          title={overview.noInteractions}
          help={overview.noInteractionsHelp}
        />
      ) : (
        <Chart
          label={overview.chart(String(data.totals.interactions), days)}
          times={counted.times}
          series={series}
          formatTime={formatDay}
        />
      )}
    </Card>
  );
}
