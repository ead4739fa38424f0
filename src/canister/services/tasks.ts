import type { Services } from './services.ts';
import type { Task } from './tasks/task.ts';

/** How long (ns) what was put aside waits. */
const ASIDE_NS = 24n * 3_600_000_000_000n;

const ALL = Number.POSITIVE_INFINITY;

/** All that the service does by itself. */
export function tasksOf(services: Services): readonly Task[] {
  const { store, sessions, credentials, requests, erasures, retention, refusals, analytics } = services;
  return [
    {
      name: 'sessions',
      dueAt: () => store.sessionExpiry.earliest(),
      run: (work, cause) => sessions.expire(ALL, work, cause).more,
      setAside: (now) => store.sessionExpiry.postpone(now + ASIDE_NS),
    },
    {
      name: 'credentials',
      dueAt: () => credentials.dueAt(),
      run: (work, cause) => credentials.expire(ALL, work, cause).more,
      setAside: (now) => credentials.setAside(now, ASIDE_NS),
    },
    {
      name: 'requests',
      dueAt: () => store.requestExpiry.earliest(),
      run: (work, { now }) => requests.expire(work, now),
      setAside: (now) => store.requestExpiry.postpone(now + ASIDE_NS),
    },
    {
      name: 'erasures',
      dueAt: () => erasures.dueAt(),
      run: (work) => erasures.run(work),
      setAside: () => erasures.setAside(),
    },
    {
      name: 'retention',
      dueAt: () => retention.dueAt(),
      run: (work, cause) => retention.run(work, cause),
      setAside: () => retention.setAside(),
    },
    { name: 'refusals', dueAt: () => refusals.dueAt(), run: (work) => refusals.write(work) },
    {
      name: 'analytics',
      dueAt: () => analytics.mergesAt(),
      run: (_work, { now }) => store.analytics.mergeDays(now),
      setAside: (now) => store.analytics.passDay(now),
    },
    {
      name: 'totals',
      dueAt: () => (store.figures.nextToAdd === undefined ? undefined : 0n),
      run: (work) => store.users.addToTotals(work),
    },
    {
      name: 'former_secrets',
      dueAt: () => store.formerSecrets.dueAt(),
      run: (work) => store.formerSecrets.run(work),
    },
    {
      name: 'due_connections',
      dueAt: () => store.dueTakeover.dueAt(),
      run: (work) => store.dueTakeover.run(work),
    },
  ];
}
