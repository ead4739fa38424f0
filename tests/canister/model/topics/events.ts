import type { Arguments } from '../arguments.ts';
import { checkLimit, checkUserId } from '../checks.ts';
import { type Call, type Entry, invalid, type Model, userOf } from '../state.ts';
import type { Rights } from './access.ts';
import { activityView } from './interactions.ts';

/** How many numbers of all users' activities a page looks at. */
const VISITS = 2000;

export function events(m: Model, call: Call, { after, limit, filter }: Arguments, rights: Rights) {
  const count = checkLimit(limit, 100);
  if (filter?.activity_types?.length === 0) throw invalid('filter.activity_types');
  const named = filter?.user_id ?? null;
  if (named !== null) checkUserId(named, 'filter.user_id');
  const last = BigInt(m.log.length);
  if (after === null || after >= last) return { events: [], next: after ?? last, more: false, end: last };
  const user = named === null ? undefined : userOf(m, named);
  const rest = (named === null ? m.log : (user?.activities ?? [])).filter(
    ({ number }) => BigInt(number) > after,
  );
  const looked = named === null ? rest.slice(0, VISITS) : rest;
  // Who blocked the agent is passed over; of a user who is named the access rule has decided.
  const isHidden = ({ user: about }: Entry) =>
    named === null && (about?.blocked.some(({ agent }) => agent === call.principal) ?? false);
  const wanted = looked.filter((entry) => passes(m, entry, filter, rights) && !isHidden(entry));
  const shown = wanted.slice(0, count);
  const newest = shown.at(-1);
  const events = shown.map((entry) => ({ index: BigInt(entry.number), activity: activityView(entry) }));
  // Whether something follows is known once the page is full; nothing is read again then.
  if (newest !== undefined && shown.length === count && looked.at(-1) !== newest)
    return { events, next: BigInt(newest.number), more: true, end: last };
  const end = looked.length < rest.length ? BigInt(looked.at(-1)?.number ?? 0) : last;
  return { events, next: end, more: end < last, end: last };
}

function passes(m: Model, entry: Entry, filter: Arguments['filter'], { read }: Rights): boolean {
  const { kind, agent_type, user, erased_by } = entry;
  // What the service says of itself is no activity.
  if (agent_type === null || user === undefined || erased_by !== null || !m.users.includes(user))
    return false;
  return (
    read.includes(agent_type) &&
    (filter?.agent_type ?? agent_type) === agent_type &&
    (filter?.activity_types?.includes(kind) ?? true)
  );
}
