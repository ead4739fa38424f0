import type { Arguments } from '../arguments.ts';
import { checkLimit, used } from '../checks.ts';
import { invalid, type Model, type User } from '../state.ts';

/** The newest users first. A cursor is the number of the next one to look at. */
export function listUsers(m: Model, { limit, cursor }: Arguments) {
  const count = checkLimit(limit, 50);
  const first = cursor === null ? m.userCount : /^[1-9][0-9]*$/.test(cursor) ? Number(cursor) : 0;
  if (cursor !== null && (first < 1 || first > m.userCount)) throw invalid('cursor');
  const users = m.users.filter(({ number }) => number <= first).reverse();
  const items = users.slice(0, count);
  const next = items.length < count ? 0 : (items.at(-1)?.number ?? 0) - 1;
  return { items: items.map(infoOf), next_cursor: next > 0 ? `${next}` : null };
}

function infoOf(user: User) {
  const { user_id, last_activity, owner, bytes } = user;
  return {
    user_id,
    active_sessions: Number(used(user, 'active_sessions')),
    total_sessions: Number(used(user, 'total_sessions')),
    credentials: Number(used(user, 'credentials')),
    interactions: used(user, 'interactions'),
    bytes,
    last_activity,
    owner: owner?.principal ?? null,
  };
}
