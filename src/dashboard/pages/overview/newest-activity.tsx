import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import { AgentTypeLabel } from '../../components/agent-type-label.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { ToList } from './to-list.tsx';

const SHOWN = 8;

/** What happened last. */
export function NewestActivity(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const { data, error, refetch } = useQuery({
    queryKey: ['newest-activity', userId],
    queryFn: async () => (await client.listActivities({ userId, limit: SHOWN })).items,
  });
  const { overview, records } = texts;
  return (
    <Card title={overview.newest} link={<ToList path="/activities" />}>
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <LoadingState rows={SHOWN} />
      ) : data.length === 0 ? (
        <EmptyState icon={Activity} title={overview.noActivity} help={overview.noActivityHelp} />
      ) : (
        <ol className="rows">
          {data.map(({ id, agentType, activityType, description, timestamp }) => (
            <li key={id}>
              <span className="rows-text">
                <strong>{records.activityTypes[activityType]}</strong>
                <span className="muted">{description}</span>
              </span>
              <span className="rows-end muted">
                <AgentTypeLabel type={agentType} />
                <Time ns={timestamp} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
