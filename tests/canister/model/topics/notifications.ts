import type { Arguments } from '../arguments.ts';
import { checkLimit, checkOwnBytes, checkUserId, HOUR } from '../checks.ts';
import {
  type Call,
  type Entry,
  idOf,
  invalid,
  type Model,
  makeUser,
  numberOf,
  type Rule,
  type User,
  userOf,
} from '../state.ts';
import { activityView } from './interactions.ts';
import { admitNewUser } from './rates.ts';

const CHANNELS = ['toast', 'browser'];
const RULES = 20;
/** How many unread ones are counted, and of how many of the newest activities. */
const UNREAD = { most: 100, of: 2000 };

/** Of a user who never said. */
const NEVER_SET: readonly Rule[] = [
  {
    activity_types: [
      'TokenExpired',
      'TokenRefreshFailed',
      'TokenRefreshRecovered',
      'AgentGranted',
      'AgentWithdrawn',
      'UserLinked',
      'UserUnlinked',
      'ErrorOccurred',
    ],
    agent_type: null,
    channels: ['toast'],
  },
];

export function rulesOf(user: User | undefined): readonly Rule[] {
  return user?.rules ?? NEVER_SET;
}

export function notificationSettings(m: Model, { user_id }: Arguments) {
  checkUserId(user_id);
  return { rules: rulesOf(userOf(m, user_id)) };
}

export function updateNotificationSettings(m: Model, call: Call, { user_id, rules }: Arguments) {
  checkUserId(user_id);
  if (rules.length > RULES) throw invalid('rules');
  if (rules.some(({ activity_types }) => activity_types?.length === 0)) throw invalid('rules.activity_types');
  const known = userOf(m, user_id);
  if (known === undefined) admitNewUser(m, call);
  else if (rules.length > 0) checkOwnBytes(m, call, known);
  const user = known ?? makeUser(m, user_id);
  user.rules = rules.map(({ activity_types, agent_type, channels }) => ({
    activity_types: activity_types && [...new Set(activity_types)],
    agent_type,
    channels: CHANNELS.filter((channel) => channels.includes(channel)),
  }));
  return { rules: user.rules };
}

export function listNotifications(m: Model, args: Arguments) {
  checkUserId(args.user_id);
  const limit = checkLimit(args.limit, 50);
  const newest = (userOf(m, args.user_id)?.activities ?? []).toReversed();
  const number = args.cursor === null ? newest[0]?.number : numberOf('act', args.cursor);
  if (args.cursor !== null && number === undefined) throw invalid('cursor');
  const at = newest.findIndex((entry) => entry.number === number);
  const readUpTo = userOf(m, args.user_id)?.readUpTo ?? 0;
  const shown = grouped(m, args.user_id, { entries: at < 0 ? [] : newest.slice(at), limit });
  const unread = newest.slice(0, UNREAD.of).filter((entry) => entry.number > readUpTo);
  const told = grouped(m, args.user_id, { entries: unread, limit: UNREAD.most });
  return { ...shown, unread: told.items.length };
}

interface Item {
  readonly index: bigint;
  readonly activity: object;
  readonly unread: boolean;
  readonly channels: readonly string[];
  count: number | null;
}

/** The notifications of entries, newest first: failures of one kind, agent type, actor and hour are one. A full page goes on to the end of its groups. */
function grouped(
  m: Model,
  userId: string,
  { entries, limit }: { readonly entries: readonly Entry[]; readonly limit: number },
) {
  const user = userOf(m, userId);
  const rules = rulesOf(user);
  const items: Item[] = [];
  const groups = new Map<string, Item>();
  for (const entry of entries) {
    const { number, kind, agent_type, actor, timestamp } = entry;
    const hour = timestamp / HOUR;
    const channels = channelsOf(rules, entry);
    const unread = number > (user?.readUpTo ?? 0);
    const isFailure =
      kind === 'ErrorOccurred' || (kind === 'InteractionCompleted' && entry.ofFailure === true);
    const key = [hour, unread, kind, agent_type, actor].join();
    const group = channels !== undefined && isFailure ? groups.get(key) : undefined;
    const isPassed =
      channels === undefined && [...groups.keys()].some((other) => other.startsWith(`${hour},`));
    if (items.length === limit && group === undefined && !isPassed)
      return { items, next_cursor: idOf('act', number) };
    if (group !== undefined) group.count = (group.count ?? 0) + 1;
    else if (channels !== undefined) {
      const count = isFailure ? 1 : null;
      const item: Item = { index: BigInt(number), activity: activityView(entry), unread, channels, count };
      items.push(item);
      if (isFailure) groups.set(key, item);
    }
  }
  return { items, next_cursor: null };
}

export function markRead(m: Model, { user_id, up_to }: Arguments): null {
  checkUserId(user_id);
  const user = userOf(m, user_id);
  if (user !== undefined) user.readUpTo = Math.max(user.readUpTo, Math.min(Number(up_to), m.log.length));
  return null;
}

/** The channels of all rules that name an activity; undefined where none does. */
function channelsOf(
  rules: readonly Rule[],
  { kind, agent_type, ofFailure = false }: Entry,
): readonly string[] | undefined {
  const names = (types: readonly string[]) => {
    if (!ofFailure) return types.includes(kind);
    return kind === 'InteractionCompleted' && (types.includes(kind) || types.includes('ErrorOccurred'));
  };
  const naming = rules.filter(
    (rule) =>
      (rule.activity_types === null || names(rule.activity_types)) &&
      (rule.agent_type ?? agent_type) === agent_type,
  );
  if (naming.length === 0) return undefined;
  return CHANNELS.filter((channel) => naming.some(({ channels }) => channels.includes(channel)));
}
