import { writeRefusals } from './analytics.ts';
import { grantTime, SECOND } from './checks.ts';
import { expireCredentials } from './credentials.ts';
import { goOnErasing, retain } from './removal.ts';
import { expireSessions } from './sessions.ts';
import { type Model, TYPES } from './state.ts';

/** What is due is done within this time. */
const LATEST = 62n * SECOND;

/** Where the time can move to: so far that the timer certainly did what was due before, and nothing has fallen due just now. */
export function nextTime(m: Model, wanted: bigint): bigint {
  const due = dueTimes(m).sort((left, right) => (left < right ? -1 : 1));
  return due.reduce((time, at) => (at <= time && at > time - LATEST ? at + LATEST : time), wanted);
}

/** What ends by itself, and the entries that tell of it. */
export type Expiry = 'sessions' | 'credentials';

/** Does what the timer does, but for what trapped. */
export function tick(m: Model, trapped: ReadonlySet<Expiry> = new Set()): void {
  writeRefusals(m);
  if (!trapped.has('sessions')) expireSessions(m);
  if (!trapped.has('credentials')) expireCredentials(m);
  m.serviceLimitsAt = undefined;
  while (m.erasures.length > 0) goOnErasing(m);
  retain(m);
}

function dueTimes(m: Model): bigint[] {
  const ofUsers = m.users.flatMap((user) => [
    ...user.sessions
      .filter(({ is_active }) => is_active)
      .flatMap(({ queued, expires_at }) => [queued, expires_at]),
    ...TYPES.flatMap((type) => user.accounts.get(type) ?? []).flatMap((account) =>
      account === undefined || account.expires_at === null
        ? []
        : account.token !== ''
          ? [account.expires_at]
          : account.token_data !== null
            ? [account.expires_at + grantTime(m)]
            : [],
    ),
  ]);
  return [
    ...ofUsers,
    ...m.refusals.map(({ at }) => at),
    ...m.erasures.map(({ since }) => since),
    ...(m.serviceLimitsAt === undefined ? [] : [m.serviceLimitsAt]),
    ...(m.retentionAt === undefined ? [] : [m.retentionAt]),
  ];
}
