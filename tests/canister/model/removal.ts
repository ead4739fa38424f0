import type { Rights } from './access.ts';
import { forgetErrors } from './analytics.ts';
import type { Arguments } from './arguments.ts';
import { checkUserId, DAY, inForce, RETENTION } from './checks.ts';
import { tellOfService } from './log.ts';
import { type Call, type Entry, type Model, Refused, type User, userOf } from './state.ts';

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
  const kept = inForce(RETENTION, m.retention);
  const retired: Entry[] = [];
  for (const user of m.users) {
    user.interactions = keep(
      m,
      user.interactions,
      kept['interactions_days'],
      kept['interactions_newest'],
      [],
    );
    user.activities = keep(m, user.activities, kept['activities_days'], kept['activities_newest'], retired);
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
  m.retentionAt = Object.values(kept).some((value) => value !== 0n) ? m.now + DAY : undefined;
}

function keep<R extends User['interactions'][number] | Entry>(
  m: Model,
  records: R[],
  days = 0n,
  newest = 0n,
  removed: R[],
): R[] {
  const young = days === 0n ? records : records.filter(({ timestamp }) => timestamp >= m.now - days * DAY);
  const tooMany = newest !== 0n && BigInt(young.length) > newest + newest / 10n;
  const rest = tooMany ? young.slice(-Number(newest)) : young;
  removed.push(...records.filter((record) => !rest.includes(record)));
  return rest;
}
