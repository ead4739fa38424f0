import type { Arguments } from './arguments.ts';
import { checkLimit, checkName, checkUserId } from './checks.ts';
import { idOf, invalid, type Model, numberOf, type User, userOf } from './state.ts';
import type { Rights } from './topics/access.ts';
import { activityView, interactionView } from './topics/interactions.ts';
import { sessionView } from './topics/sessions.ts';

const KINDS = { sessions: 'ses', interactions: 'int', activities: 'act' } as const;
export type ListName = keyof typeof KINDS;

export interface Row {
  readonly number: number;
  readonly agent_type: string;
  readonly time: bigint;
  readonly view: (rights: Rights) => object;
  readonly matches: (args: Arguments) => boolean;
}

/** How the first version of the interface tells newer kinds of activities: as another kind, or not at all. */
const TOLD_AS: Readonly<Record<string, string | undefined>> = {
  SessionExpired: 'SessionEnded',
  TokenRefreshFailed: 'ErrorOccurred',
  ...Object.fromEntries(
    [
      'SessionUpdated',
      'TokenRevoked',
      'TokenExpired',
      'AgentGranted',
      'AgentWithdrawn',
      'AgentBlocked',
      'AgentUnblocked',
      'TokenLeased',
      'OpeningKeyDerived',
      'TokenSealed',
      'AccountPrivacyChanged',
    ]
      .concat(['LinkCodeIssued', 'UserLinked', 'UserUnlinked', 'TokenRefreshRecovered'])
      .map((kind) => [kind, undefined]),
  ),
};

/** A user's newest activities as the first version of the interface has them. */
export function newestActivities(
  m: Model,
  { userId, rights, limit }: { userId: string; rights: Rights; limit: number },
): object[] {
  const all = { userId, type: null, rights, limit: Number.POSITIVE_INFINITY };
  return newest(m, 'activities', all)
    .flatMap((view) => {
      const { activity_type } = view as { activity_type: string };
      const kind = activity_type in TOLD_AS ? TOLD_AS[activity_type] : activity_type;
      return kind === undefined ? [] : [{ ...view, activity_type: kind }];
    })
    .slice(0, limit);
}

/** A user's newest records that the caller may see. */
export function newest(
  m: Model,
  list: ListName,
  { userId, type, rights, limit }: { userId: string; type: string | null; rights: Rights; limit: number },
): object[] {
  checkUserId(userId);
  const types = type === null ? rights.read : [type];
  return rowsOf(m, userOf(m, userId), list)
    .filter(({ agent_type }) => types.includes(agent_type))
    .slice(0, limit)
    .map(({ view }) => view(rights));
}

/** What lets every record of a page pass. */
export const NO_FILTERS = {
  agent_type: null,
  session_id: null,
  success: null,
  is_active: null,
  without_tokens: null,
  activity_type: null,
  from: null,
  until: null,
} as const;

interface Shown {
  readonly rights: Rights;
  /** How many records it may have where the caller doesn't say. */
  readonly byDefault: number;
  /** What is shown of a record, and undefined where that is nothing: all of it unless told. */
  readonly as?: (row: Row) => object | undefined;
}

export function page(m: Model, list: ListName, args: Arguments, shown: Shown) {
  const { rights, byDefault, as = ({ view }: Row) => view(rights) } = shown;
  checkName('session_id', list === 'interactions' ? args.session_id : null);
  checkUserId(args.user_id);
  const limit = checkLimit(args.limit, byDefault);
  const user = userOf(m, args.user_id);
  const all = rowsOf(m, user, list);
  const chain =
    args.agent_type === null ? all : all.filter(({ agent_type }) => agent_type === args.agent_type);
  let rest = chain;
  if (args.cursor !== null) {
    const number = numberOf(KINDS[list], args.cursor);
    if (number === undefined) throw invalid('cursor');
    const at = chain.findIndex((row) => row.number === number);
    if (at < 0) {
      const named = all.find((row) => row.number === number);
      if (named !== undefined && rights.read.includes(named.agent_type)) throw invalid('cursor');
      // As a record that is gone, whosever it is.
      return { items: [], next_cursor: null };
    }
    rest = chain.slice(at);
  }
  const items: object[] = [];
  for (const row of rest) {
    if (items.length === limit) return { items, next_cursor: idOf(KINDS[list], row.number) };
    if (args.from !== null && row.time < args.from) break;
    const wanted = rights.read.includes(row.agent_type) && (args.until === null || row.time < args.until);
    const item = wanted && row.matches(args) ? as(row) : undefined;
    if (item !== undefined) items.push(item);
  }
  return { items, next_cursor: null };
}

function rowsOf(m: Model, user: User | undefined, list: ListName): Row[] {
  if (user === undefined) return [];
  return allRows(m, user, list).reverse();
}

function allRows(m: Model, user: User, list: ListName): Row[] {
  switch (list) {
    case 'sessions':
      return user.sessions.map((session) => ({
        ...session,
        time: session.created_at,
        view: (rights) => sessionView(m, session, rights),
        matches: ({ is_active }) => is_active === null || session.is_active === is_active,
      }));
    case 'interactions':
      return user.interactions.map((each) => ({
        ...each,
        time: each.timestamp,
        view: () => interactionView(each),
        matches: ({ success, session_id }) =>
          (success === null || each.success === success) &&
          (session_id === null || each.session_id === session_id),
      }));
    case 'activities':
      return user.activities.map((entry) => ({
        ...entry,
        agent_type: entry.agent_type ?? '',
        time: entry.timestamp,
        view: () => activityView(entry),
        matches: ({ activity_type }) => activity_type === null || entry.kind === activity_type,
      }));
  }
}
