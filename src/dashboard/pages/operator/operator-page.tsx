import './operator.css';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { ServiceAnalytics } from '../../../client/index.ts';
import { Chart } from '../../components/chart.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Card, Page } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { capitalised, codeInWords } from '../../components/words.ts';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { formatDay, nowNs, startOfDays } from '../../service/daily-counts.ts';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { BackgroundTasks } from './background-tasks.tsx';
import { OperatorOnly, REFRESH_MS } from './operator-only.tsx';
import { CountedFigures, StoredFigures } from './service-figures.tsx';
import { serviceSeries } from './service-series.ts';

const DAYS = 30;

/** What all users and agents do, and what is stored; read again by itself. */
export function OperatorPage(): ReactNode {
  const { operator } = texts;
  return (
    <Page title={operator.title} about={operator.about}>
      <OperatorOnly>
        <ServiceNumbers />
        <BackgroundTasks />
      </OperatorOnly>
    </Page>
  );
}

function ServiceNumbers(): ReactNode {
  const { client } = useService();
  const query = useQuery({
    queryKey: ['service-analytics'],
    queryFn: async () => {
      const now = nowNs();
      return { now, ...(await client.getServiceAnalytics({ from: startOfDays(DAYS, now) })) };
    },
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const { operator } = texts;
  return (
    <Loaded reading={query} rows={8}>
      {({ analytics, stored, now }) => (
        <>
          <Card title={operator.stored}>
            <StoredFigures stored={stored} />
          </Card>
          <Card title={operator.lastDays}>
            <CountedFigures counts={analytics.totals} stored={stored} />
          </Card>
          <Charts analytics={analytics} now={now} />
          <div className="page-columns">
            <TopErrors errors={analytics.topErrors} />
            <Card title={operator.byService}>
              <ul className="rows">
                {analytics.byAgentType.map(({ agentType, counts }) => (
                  <li key={agentType}>
                    <AgentTypeLabel type={agentType} />
                    <span className="rows-end number">{counts.interactions.toLocaleString('en')}</span>
                  </li>
                ))}
              </ul>
            </Card>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Charts({
  analytics,
  now,
}: {
  readonly analytics: ServiceAnalytics['analytics'];
  readonly now: bigint;
}): ReactNode {
  const { operator } = texts;
  const { times, work, growth } = useMemo(() => {
    const { times, interactions, errors, sessions, rateLimited } = serviceSeries(analytics, {
      days: DAYS,
      now,
    });
    return {
      times,
      work: [
        { name: operator.counted.interactions, values: interactions },
        { name: operator.counted.errors, values: errors },
      ],
      growth: [
        { name: operator.newSessions, values: sessions },
        { name: operator.counted.rateLimited, values: rateLimited },
      ],
    };
  }, [analytics, now, operator]);
  const count = analytics.totals.interactions.toLocaleString('en');
  return (
    <div className="operator-charts">
      <Card title={operator.overTime}>
        <Chart label={operator.chart(count)} times={times} series={work} formatTime={formatDay} />
      </Card>
      <Card title={operator.growth}>
        <Chart label={operator.growthChart} times={times} series={growth} formatTime={formatDay} />
        <p className="card-text muted">{operator.growthAbout}</p>
      </Card>
    </div>
  );
}

function TopErrors({ errors }: { readonly errors: ServiceAnalytics['analytics']['topErrors'] }): ReactNode {
  const { operator } = texts;
  return (
    <Card title={operator.topErrors}>
      {errors.length === 0 ? (
        <EmptyState icon={CircleCheck} title={operator.noErrors} help={operator.noErrorsHelp} />
      ) : (
        <ul className="rows">
          {errors.map(({ error, agentType, count, lastAt }) => (
            <li key={`${agentType} ${error}`}>
              <span className="rows-text">
                <strong title={error}>{capitalised(codeInWords(error))}</strong>
                <span className="muted">
                  {texts.records.agentTypes[agentType]}, <Time ns={lastAt} />
                </span>
              </span>
              <span className="rows-end number">{operator.times(count.toLocaleString('en'))}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
