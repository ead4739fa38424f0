import type { AgentActivityType, NotificationRule } from '../../../client/index.ts';

/** How a person wants to hear of a kind of activity; absent where they do not. */
export interface Wish {
  readonly toast: boolean;
  readonly browser: boolean;
}

/** What a person wants to hear of, of any service; rules about one service alone are kept as they are. */
export interface Wishes {
  readonly of: ReadonlyMap<AgentActivityType, Wish>;
  readonly kept: readonly NotificationRule[];
}

/** The kinds of activities by what they are about. */
export const GROUPS = {
  access: [
    'AgentGranted',
    'AgentWithdrawn',
    'AgentBlocked',
    'AgentUnblocked',
    'TokenLeased',
    'OpeningKeyDerived',
    'AccountPrivacyChanged',
    'LinkCodeIssued',
    'UserLinked',
    'UserUnlinked',
  ],
  credentials: [
    'ConnectionEstablished',
    'TokenStored',
    'TokenRefreshed',
    'TokenRefreshFailed',
    'TokenRefreshRecovered',
    'TokenExpired',
    'TokenRevoked',
    'TokenSealed',
  ],
  sessions: ['SessionCreated', 'SessionUpdated', 'SessionEnded', 'SessionExpired'],
  work: [
    'InteractionCompleted',
    'ErrorOccurred',
    'TaskCreated',
    'TaskUpdated',
    'EmailSent',
    'EmailRead',
    'MeetingScheduled',
    'IssueCreated',
    'PullRequestCreated',
  ],
} as const satisfies Readonly<Record<string, readonly AgentActivityType[]>>;

const EVERY: readonly AgentActivityType[] = Object.values(GROUPS).flat();

/** The wishes that the rules express. */
export function wishesOf(rules: readonly NotificationRule[]): Wishes {
  const of = new Map<AgentActivityType, Wish>();
  for (const { agentType, activityTypes, channels } of rules) {
    if (agentType !== undefined) continue;
    for (const type of activityTypes ?? EVERY) {
      const before = of.get(type);
      of.set(type, {
        toast: before?.toast === true || channels.includes('toast'),
        browser: before?.browser === true || channels.includes('browser'),
      });
    }
  }
  return { of, kept: rules.filter(({ agentType }) => agentType !== undefined) };
}

/** The fewest rules that express the wishes: one for each way to be told. */
export function rulesOf({ of, kept }: Wishes): readonly NotificationRule[] {
  const rules: NotificationRule[] = [];
  for (const toast of [false, true]) {
    for (const browser of [false, true]) {
      const activityTypes = [...of].filter(([, wish]) => wish.toast === toast && wish.browser === browser);
      if (activityTypes.length === 0) continue;
      rules.push({
        activityTypes: activityTypes.map(([type]) => type),
        agentType: undefined,
        channels: [...(toast ? ['toast' as const] : []), ...(browser ? ['browser' as const] : [])],
      });
    }
  }
  return [...rules, ...kept];
}

/** The wishes with one changed: `list` off takes the other ways with it, and another way brings the list. */
export function withWish(
  wishes: Wishes,
  {
    type,
    way,
    isOn,
  }: { readonly type: AgentActivityType; readonly way: 'list' | keyof Wish; readonly isOn: boolean },
): Wishes {
  const of = new Map(wishes.of);
  const before = of.get(type) ?? { toast: false, browser: false };
  if (way === 'list' && !isOn) of.delete(type);
  else of.set(type, way === 'list' ? before : { ...before, [way]: isOn });
  return { ...wishes, of };
}
