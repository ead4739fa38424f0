import type { UserInfo } from '../../../client/index.ts';
import { keyIn, text } from '../../lists/list-search.ts';
import { textMatch } from '../../lists/text-match.ts';
import { texts } from '../../texts/en.ts';

/** By what users are sorted: `newest` is the order in which they came to be. */
export type UserOrder = keyof typeof texts.operator.userOrders;
/** Which users are shown. */
export type UserFilter = keyof typeof texts.operator.userFilters;

/** What the page of users searches, sorts and filters by, as it stands in its address. */
export interface UserSearch {
  readonly text?: string | undefined;
  readonly show?: UserFilter | undefined;
  /** The newest first where it is left out. */
  readonly order?: UserOrder | undefined;
  /** The other way round. */
  readonly reverse?: true | undefined;
}

/** What an address says; what is not one of them is left out. */
export function readUserSearch(search: Readonly<Record<string, unknown>>): UserSearch {
  const { userFilters, userOrders } = texts.operator;
  return {
    text: text(search['text']),
    show: keyIn(userFilters, search['show']),
    order: keyIn(userOrders, search['order']),
    reverse: search['reverse'] === true ? true : undefined,
  };
}

const FILTERS: Readonly<Record<UserFilter, (user: UserInfo) => boolean>> = {
  working: ({ activeSessions }) => activeSessions > 0,
  connected: ({ credentials }) => credentials > 0,
  linked: ({ owner }) => owner !== undefined,
  unlinked: ({ owner }) => owner === undefined,
  silent: ({ lastActivity }) => lastActivity === 0n,
};

/** The first comes first: the most, the last to act, and by names the beginning of the alphabet. */
const ORDERS: Readonly<Record<UserOrder, (a: UserInfo, b: UserInfo) => number>> = {
  name: (a, b) => (a.userId < b.userId ? -1 : a.userId > b.userId ? 1 : 0),
  last: (a, b) => descending(a.lastActivity, b.lastActivity),
  sessions: (a, b) => b.activeSessions - a.activeSessions,
  credentials: (a, b) => b.credentials - a.credentials,
  interactions: (a, b) => descending(a.interactions, b.interactions),
  bytes: (a, b) => descending(a.bytes, b.bytes),
};

/** The users that a search shows, in its order; `users` are the newest first, and stay in this order where they are equal. */
export function searchUsers(
  users: readonly UserInfo[],
  { text: sought, show, order, reverse }: UserSearch,
): readonly UserInfo[] {
  const match = textMatch(sought);
  const found = users.filter(
    (user) =>
      (show === undefined || FILTERS[show](user)) &&
      (match === undefined || match([user.userId, user.owner?.toText()])),
  );
  if (order !== undefined) found.sort(ORDERS[order]);
  return reverse === true ? found.reverse() : found;
}

function descending(a: bigint, b: bigint): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
