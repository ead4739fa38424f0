import type { AgentActivity } from '../../../client/index.ts';
import { texts } from '../../texts/en.ts';
import { textIn } from '../agents/agent-use.ts';

/** What happened, with what the service knows of it: which account and why, where a token was handed out; whom a grant is about stands beside it. */
export function wordsOf({ activityType, agentType, description, metadata }: AgentActivity): string {
  const { activities, records, credentials } = texts;
  if (activityType !== 'TokenLeased') return description;
  const account = textIn(metadata, 'account');
  const service = records.agentTypes[agentType];
  const token = account === undefined ? service : `${service}, ${account}`;
  if (textIn(metadata, 'fencing') !== undefined) return activities.refreshOf(token);
  return activities.leased(token, textIn(metadata, 'purpose') ?? credentials.noPurpose);
}

/** What the metadata that the service writes says, in the reader's words: the names of the fields, and times of ns since 1970 as times. */
export interface Told {
  readonly agent: string | undefined;
  readonly sessionId: string | undefined;
  readonly interactionId: string | undefined;
  readonly account: string | undefined;
  readonly purpose: string | undefined;
  readonly until: bigint | undefined;
}

/** What an activity is about. */
export function toldBy({ metadata }: AgentActivity): Told {
  const until = textIn(metadata, 'until');
  return {
    agent: textIn(metadata, 'agent'),
    sessionId: textIn(metadata, 'session_id'),
    interactionId: textIn(metadata, 'interaction_id'),
    account: textIn(metadata, 'account'),
    purpose: textIn(metadata, 'purpose'),
    until: until !== undefined && /^\d{1,20}$/.test(until) ? BigInt(until) : undefined,
  };
}
