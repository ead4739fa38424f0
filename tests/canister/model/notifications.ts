import type { Arguments } from './arguments.ts';
import { checkOwnBytes, checkUserId } from './checks.ts';
import { NO_FILTERS, page } from './lists.ts';
import { admitNewUser } from './rates.ts';
import {
  type Call,
  type Entry,
  invalid,
  type Model,
  makeUser,
  type Rule,
  TYPES,
  type User,
  userOf,
} from './state.ts';

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
  const user = userOf(m, args.user_id);
  const rules = rulesOf(user);
  const told = new Map(
    (user?.activities ?? []).map((entry) => [entry.number, channelsOf(rules, entry)] as const),
  );
  const readUpTo = user?.readUpTo ?? 0;
  const rights = { read: TYPES, write: [], secrets: [], firstParty: true, owns: true };
  const shown = page(
    m,
    'activities',
    { ...args, ...NO_FILTERS },
    {
      rights,
      byDefault: 50,
      as: ({ number, view }) => {
        const channels = told.get(number);
        return (
          channels && { index: BigInt(number), activity: view(rights), unread: number > readUpTo, channels }
        );
      },
    },
  );
  const unread = (user?.activities ?? [])
    .slice(-UNREAD.of)
    .filter(({ number }) => number > readUpTo && told.get(number) !== undefined);
  return { ...shown, unread: Math.min(unread.length, UNREAD.most) };
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
