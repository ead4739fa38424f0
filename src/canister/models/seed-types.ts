import { variantIndexes } from '../codec/index.ts';
import { type ActivityType, activityTypes } from './activity-type.ts';
import { type AgentType, agentTypes } from './agent-type.ts';
import type { CodedEnumeration, WireOptions } from './coded-enumeration.ts';

/**
 * What the first methods of the interface (those with `agent` in their names) can say. Clients that know no newer interface decode their replies, and
 * some decoders refuse a type table with an option that they don't know, whichever is sent. So these lists never grow.
 */

/** The options of `AgentType` in these replies. A record of a newer type is left out of their lists, and null by its id. */
export const SEED_AGENT_TYPES = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'] as const;

/** The options of `SeedActivityType`. */
export const SEED_ACTIVITY_TYPES = [
  'SessionCreated',
  'SessionEnded',
  'TokenStored',
  'TokenRefreshed',
  'InteractionCompleted',
  'ErrorOccurred',
  'ConnectionEstablished',
  'TaskCreated',
  'TaskUpdated',
  'EmailSent',
  'EmailRead',
  'MeetingScheduled',
  'IssueCreated',
  'PullRequestCreated',
] as const;
type SeedActivityType = (typeof SEED_ACTIVITY_TYPES)[number];

/** How newer kinds are told: by the seed's kind that says the same with less, or not at all. A new kind has to be decided here. */
const TOLD_AS: Readonly<Record<Exclude<ActivityType, SeedActivityType>, SeedActivityType | undefined>> = {
  SessionExpired: 'SessionEnded',
  TokenRefreshFailed: 'ErrorOccurred',
  SessionUpdated: undefined,
  TokenRevoked: undefined,
  TokenExpired: undefined,
  AgentGranted: undefined,
  AgentWithdrawn: undefined,
  AgentBlocked: undefined,
  AgentUnblocked: undefined,
  TokenLeased: undefined,
  OpeningKeyDerived: undefined,
  TokenSealed: undefined,
  AccountPrivacyChanged: undefined,
  LinkCodeIssued: undefined,
  UserLinked: undefined,
  UserUnlinked: undefined,
  // It comes with a TokenRefreshed.
  TokenRefreshRecovered: undefined,
};

/** Options of an enumeration as a reply in the seed's types has them; `has` is false for what cannot be told in them. */
export interface SeedOptions extends WireOptions {
  readonly has: (code: number) => boolean;
}

export const seedAgentTypes = seedOptions<AgentType>(agentTypes, SEED_AGENT_TYPES, (type) => type);

export const seedActivityTypes = seedOptions<ActivityType>(activityTypes, SEED_ACTIVITY_TYPES, (type) =>
  type in TOLD_AS ? TOLD_AS[type as keyof typeof TOLD_AS] : type,
);

function seedOptions<N extends string>(
  all: CodedEnumeration<N>,
  seed: readonly N[],
  toldAs: (name: N) => N | undefined,
): SeedOptions {
  const indexes = variantIndexes(seed);
  const byCode = all.names.map((name) => {
    const told = toldAs(name);
    return told === undefined ? undefined : indexes.get(told);
  });
  return {
    has: (code) => byCode[code] !== undefined,
    wireIndexOf(code) {
      const index = byCode[code];
      if (index === undefined) throw new Error(`the seed's types have no option for code ${code}`);
      return index;
    },
  };
}
