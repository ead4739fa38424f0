import type { AgentActivity, AgentActivityType, AgentType } from '../../client/index.ts';
import { principalIn } from '../components/principal-text.ts';
import { withoutCodes } from '../components/words.ts';
import { textIn } from '../service/text-in.ts';
import { texts } from '../texts/en.ts';

/** What the service writes of credentials; which ones they are says more. An agent can log an activity of the same type in its own words. */
const ABOUT_CREDENTIALS: Readonly<Partial<Record<AgentActivityType, string>>> = {
  TokenStored: 'Credentials stored',
  TokenRefreshed: 'Token refreshed',
  TokenRevoked: 'Credentials revoked',
  TokenExpired: 'Credentials expired',
  TokenRefreshRecovered: 'Token refresh recovered',
};

/** What happened, with what the service knows of it: which account, and why; whom a grant is about stands beside it. */
export function wordsOf({ activityType, agentType, description, metadata }: AgentActivity): string {
  const { activities, credentials } = texts;
  const account = accountName(agentType, textIn(metadata, 'account'));
  if (activityType === 'TokenLeased') {
    if (textIn(metadata, 'fencing') !== undefined) return activities.refreshOf(account);
    return activities.leased(account, textIn(metadata, 'purpose') ?? credentials.noPurpose);
  }
  if (activityType === 'TokenRefreshFailed') {
    const reason = textIn(metadata, 'reason');
    return reason === undefined ? account : activities.refreshFailed(account, withoutCodes(reason));
  }
  if (ABOUT_CREDENTIALS[activityType] === description) return account;
  return withoutCodes(description);
}

function accountName(agentType: AgentType, account: string | undefined): string {
  const service = texts.records.agentTypes[agentType];
  return account === undefined ? service : `${service}, ${account}`;
}

/** What the metadata that the service writes says, in the reader's words: the names of the fields, and times of ns since 1970 as times. */
export interface Told {
  readonly agent: string | undefined;
  /** Whom a user_id was linked to. */
  readonly principal: string | undefined;
  readonly sessionId: string | undefined;
  readonly interactionId: string | undefined;
  readonly account: string | undefined;
  readonly purpose: string | undefined;
  readonly reason: string | undefined;
  readonly until: bigint | undefined;
}

/** What an activity is about. */
export function toldBy({ activityType, metadata }: Pick<AgentActivity, 'activityType' | 'metadata'>): Told {
  const until = textIn(metadata, 'until');
  const reason = textIn(metadata, 'reason');
  return {
    agent: principalAt(metadata, 'agent'),
    principal: principalAt(metadata, 'principal'),
    sessionId: textIn(metadata, 'session_id'),
    interactionId: textIn(metadata, 'interaction_id'),
    account: textIn(metadata, 'account'),
    purpose:
      textIn(metadata, 'purpose') ??
      (activityType === 'TokenLeased' && textIn(metadata, 'fencing') !== undefined
        ? texts.agents.refresh
        : undefined),
    reason: reason && withoutCodes(reason),
    until: until !== undefined && /^\d{1,20}$/.test(until) ? BigInt(until) : undefined,
  };
}

/** The text of a principal in metadata; an agent can have written anything there. */
function principalAt(metadata: string | undefined, name: string): string | undefined {
  return principalIn(textIn(metadata, name) ?? '')?.toText();
}

/** Whether an activity is about credentials, of the account in its metadata or else the default one. */
export function isAboutCredentials(activityType: AgentActivityType): boolean {
  return (
    activityType in ABOUT_CREDENTIALS ||
    activityType === 'TokenLeased' ||
    activityType === 'TokenRefreshFailed'
  );
}
