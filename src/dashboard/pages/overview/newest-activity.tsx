import { useQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import type { ReactNode } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import { ActivityRow } from '../../records/activity-row.tsx';
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
  const { overview } = texts;
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
              <ActivityRow key={activity.id} activity={activity} withActor isPlain />
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  );
}
