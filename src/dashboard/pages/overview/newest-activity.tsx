import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Time } from '../../components/time.tsx';
import { ActivityText } from '../../records/activity-text.tsx';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { ToList } from './to-list.tsx';

const SHOWN = 8;

/** What happened last. */
export function NewestActivity(): ReactNode {
  const { client } = useService();
  const { userId } = useUser();
  const query = useQuery({
    queryKey: ['newest-activity', userId],
    queryFn: async () => (await client.listActivities({ userId, limit: SHOWN })).items,
  });
  const { overview, records } = texts;
  return (
    <Card title={overview.newest} link={<ToList path="/activities" />}>
      <Loaded
        reading={query}
        rows={SHOWN}
        empty={<EmptyState icon={Activity} title={overview.noActivity} help={overview.noActivityHelp} />}
      >
        {(data) => (
          <ol className="rows">
            {data.map((activity) => (
              <li key={activity.id}>
                <span className="rows-text">
                  <strong>
                    <Link to="/activities" search={{ open: activity.id }}>
                      {records.activityTypes[activity.activityType]}
                    </Link>
                  </strong>
                  <span className="muted">
                    <ActivityText activity={activity} withActor isPlain />
                  </span>
                </span>
                <span className="rows-end muted">
                  <AgentTypeLabel type={activity.agentType} />
                  <Time ns={activity.timestamp} />
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  );
}
