import type { Arguments } from '../arguments.ts';
import { changed, checkUserId, DAY, inForce, RETENTION } from '../checks.ts';
import { tellOfService } from '../log.ts';
import { type Call, type Entry, type Model, type Numbers, Refused, type User, userOf } from '../state.ts';
import type { Rights } from './access.ts';
import { forgetErrors } from './analytics.ts';

/** How many records a message removes. */
const BATCH = 200;

export function eraseUser(m: Model, call: Call, { user_id }: Arguments, rights: Rights): null {
  checkUserId(user_id);
  const user = userOf(m, user_id);
  if (user === undefined) throw new Refused('NotFound');
  const metadata = { by: rights.owns ? 'user' : 'admin', activities: user.activities.length };
  const actor = rights.owns ? m.self : call.principal;
  const toldBy = tellOfService(m, { kind: 'UserErased', description: 'User erased', metadata, actor });
  forgetErrors(m, user);
  m.users = m.users.filter((each) => each !== user);
  m.erasures.push({ user, toldBy, since: m.now });
  goOnErasing(m);
  return null;
}

/** Removes a batch of records of the first user who is being erased, the newest first. */
export function goOnErasing(m: Model): void {
  const [erasure] = m.erasures;
  if (erasure === undefined) return;
  const { user, toldBy } = erasure;
  let left = BATCH;
  for (const records of [user.sessions, user.interactions, user.activities]) {
    for (const record of records.splice(Math.max(0, records.length - left))) {
      left--;
      if ('erased_by' in record) record.erased_by = toldBy;
    }
  }
  if (left > 0) m.erasures.shift();
}

/** Removes what is older than so many days, then what is not among so many of a user's newest, or a tenth more. */
export function retain(m: Model): void {
  if (m.retentionAt === undefined || m.retentionAt > m.now) return;
  const numbers = inForce(RETENTION, m.retention);
  const retired: Entry[] = [];
  for (const user of m.users) {
    const left = keptOf(user, numbers, m.now);
    retired.push(...user.activities.filter((entry) => !left.activities.includes(entry)));
    user.interactions = [...left.interactions];
    user.activities = [...left.activities];
  }
  if (retired.length > 0) {
    const toldBy = tellOfService(m, {
      kind: 'ActivitiesRetired',
      description: 'Activities retired',
      metadata: { activities: retired.length },
      actor: m.self,
    });
    for (const entry of retired) entry.erased_by = toldBy;
  }
  m.retentionAt = Object.values(numbers).some((value) => value !== 0n) ? m.now + DAY : undefined;
}

/** Makes a retention that waits the one in force, where its time has come. */
export function takeEffect(m: Model): void {
  if (m.pendingRetention === undefined || m.pendingRetention.from > m.now) return;
  const { set } = m.pendingRetention;
  m.retention = changed(RETENTION, m.retention, set);
  m.pendingRetention = undefined;
  m.retentionAt = m.now;
  tellOfService(m, {
    kind: 'SettingsChanged',
    description: 'Retention in force',
    metadata: m.retention,
    actor: m.self,
  });
}

/** What stays of a user's records where so much is kept at a time. */
export function keptOf(user: User, numbers: Numbers, now: bigint) {
  const of = (name: string) => ({ now, days: numbers[`${name}_days`], newest: numbers[`${name}_newest`] });
  return {
    interactions: kept(user.interactions, of('interactions')),
    activities: kept(user.activities, of('activities')),
  };
}

function kept<R extends { readonly timestamp: bigint }>(
  records: readonly R[],
  {
    now,
    days = 0n,
    newest = 0n,
  }: {
    readonly now: bigint;
    readonly days: bigint | undefined;
    readonly newest: bigint | undefined;
  },
): readonly R[] {
  const young = days === 0n ? records : records.filter(({ timestamp }) => timestamp >= now - days * DAY);
  const tooMany = newest !== 0n && BigInt(young.length) > newest + newest / 10n;
  return tooMany ? young.slice(-Number(newest)) : young;
}
