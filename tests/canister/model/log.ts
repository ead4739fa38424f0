import { type Entry, idOf, type Model, type User } from './state.ts';
import { count } from './topics/analytics.ts';

/** What is counted where the service writes an activity of its own. */
const COUNTED: { readonly [kind: string]: string } = {
  SessionCreated: 'sessions',
  TokenLeased: 'credential_leases',
  TokenRefreshed: 'token_refreshes',
  TokenRefreshFailed: 'refresh_failures',
};

interface Activity {
  readonly kind: string;
  readonly agent_type: string;
  readonly description: string;
  readonly metadata?: string | null;
  readonly actor: string;
  readonly ofFailure?: boolean;
}

/** Adds an activity of a user that the service tells of. */
export function tell(m: Model, user: User, activity: Activity): string {
  const counter = COUNTED[activity.kind];
  if (counter !== undefined) count(m, user, { ...activity, counts: { [counter]: 1n } });
  return addActivity(m, user, activity);
}

/** Adds an activity of a user, whoever tells of it. */
export function addActivity(m: Model, user: User, { metadata = null, ...rest }: Activity): string {
  const number = m.log.length + 1;
  const activity: Entry = { ...rest, metadata, number, user, timestamp: m.now, erased_by: null };
  m.log.push(activity);
  user.activities.push(activity);
  user.last_activity = m.now;
  user.newest.activity = number;
  return idOf('act', number);
}

/** Adds an entry about the service itself; returns its index. */
export function tellOfService(
  m: Model,
  entry: {
    readonly kind: string;
    readonly description: string;
    readonly metadata: object;
    readonly actor: string;
  },
): number {
  const metadata = JSON.stringify(entry.metadata, (_key, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  );
  m.log.push({
    ...entry,
    metadata,
    number: m.log.length + 1,
    agent_type: null,
    user: undefined,
    timestamp: m.now,
    erased_by: null,
  });
  return m.log.length;
}
