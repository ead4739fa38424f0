import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { successRate } from './daily-series.ts';
import type { AnalyticsQuery } from './use-analytics.ts';

/** The numbers at the top of the overview. */
export function Figures({
  analytics: { data: counted },
  days,
}: {
  readonly analytics: AnalyticsQuery;
  readonly days: number;
}): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const { data, error, refetch } = useQuery({
    queryKey: ['status', userId],
    queryFn: () => client.getAgentStatus(userId),
  });
  const { overview, parts } = texts;
  if (data === undefined && error !== null)
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <dl className="figures">
      <Figure
        name={
          <Link to="/sessions" search={{ state: 'active' }}>
            {overview.activeSessions}
          </Link>
        }
        note={data && overview.ofSessions(data.totalSessions)}
      >
        {data?.activeSessions.toLocaleString('en')}
      </Figure>
      <Figure name={overview.interactions} note={overview.inDays(days, counted?.interactionsRemoved ?? 0n)}>
        {counted?.totals.interactions.toLocaleString('en')}
      </Figure>
      <Figure
        name={overview.successRate}
        note={
          counted &&
          overview.failedOf((counted.totals.interactions - counted.totals.successes).toLocaleString('en'))
        }
      >
        {counted && successRate(counted.totals)}
      </Figure>
      <Figure name={overview.lastActivity}>
        {data && (data.lastActivity === 0n ? parts.never : <Time ns={data.lastActivity} />)}
      </Figure>
    </dl>
  );
}

function Figure({
  name,
  note,
  children,
}: {
  readonly name: ReactNode;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <span className="figure-value">{children ?? texts.parts.emptyValue}</span>
        {note !== undefined && <span className="muted">{note}</span>}
      </dd>
    </div>
  );
}
