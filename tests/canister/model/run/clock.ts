import { grantTime, SECOND } from '../checks.ts';
import { type Model, TYPES } from '../state.ts';
import { writeRefusals } from '../topics/analytics.ts';
import { expireCredentials } from '../topics/credentials.ts';
import { goOnErasing, retain, takeEffect } from '../topics/removal.ts';
import { expireSessions } from '../topics/sessions.ts';

/** What is due is done within this time. */
const LATEST = 62n * SECOND;

/** Where the time can move to: so far that the timer certainly did what was due before, and nothing has fallen due just now. */
export function nextTime(m: Model, wanted: bigint): bigint {
  const due = dueTimes(m).sort((left, right) => (left < right ? -1 : 1));
  return due.reduce((time, at) => (at <= time && at > time - LATEST ? at + LATEST : time), wanted);
}

/** What is done by itself and told by an entry. */
export type Task = keyof typeof TASKS;

const TASKS = {
  sessions: expireSessions,
  credentials: expireCredentials,
  settings: takeEffect,
  retention: retain,
};

/** The entries that tell of it. */
export const TOLD_BY: Readonly<Record<Task, string>> = {
  sessions: 'SessionExpired',
  credentials: 'TokenExpired',
  settings: 'SettingsChanged',
  retention: 'ActivitiesRetired',
};

/** Tasks in the order in which entries of these kinds were written: each has a message of its own, and nothing says which of those that are due runs first. */
export function orderOf(kinds: readonly string[]): readonly Task[] {
  const place = (task: Task) => {
    const at = kinds.indexOf(TOLD_BY[task]);
    return at === -1 ? kinds.length : at;
  };
  return (Object.keys(TASKS) as Task[]).sort((left, right) => place(left) - place(right));
}

/** Does what the timer does, in this order, without what trapped. */
export function tick(m: Model, order: readonly Task[]): void {
  writeRefusals(m);
  for (const task of order) TASKS[task](m);
  m.serviceLimitsAt = undefined;
  while (m.erasures.length > 0) goOnErasing(m);
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
    ...(m.pendingRetention === undefined ? [] : [m.pendingRetention.from]),
  ];
}
