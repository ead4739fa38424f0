import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { TaskState } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Card } from '../../components/page.tsx';
import { Time } from '../../components/time.tsx';
import { useService } from '../../service/service.tsx';
import { texts } from '../../texts/en.ts';
import { REFRESH_MS } from './operator-only.tsx';

/** What the service does by itself, and whether it can: a task that fails each time is told apart. */
export function BackgroundTasks(): ReactNode {
  const { client } = useService();
  const query = useQuery({
    queryKey: ['tasks'],
    queryFn: () => client.listTasks(),
    refetchInterval: REFRESH_MS,
  });
  const { tasks } = texts.operator;
  return (
    <Card title={tasks.title}>
      <Loaded reading={query} rows={8}>
        {(all) => (
          <ul className="rows">
            {all.map((task) => (
              <li key={task.name}>
                {tasks.names[task.name] ?? task.name}
                <span className="rows-end">
                  <TaskHealth task={task} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

function TaskHealth({ task }: { readonly task: TaskState }): ReactNode {
  const { tasks } = texts.operator;
  if (task.stuckSince !== undefined) {
    return (
      <>
        <Badge tone="bad">{tasks.stuck}</Badge> {tasks.stuckSince} <Time ns={task.stuckSince} />
      </>
    );
  }
  if (task.setAside > 0n) return <Badge tone="warn">{tasks.setAside(task.setAside)}</Badge>;
  return <span className="muted">{task.traps > 0n ? tasks.traps(task.traps) : tasks.runs}</span>;
}
