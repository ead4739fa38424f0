import type { Principal } from '@dfinity/principal';
import { type AgentServiceClient, NotFoundError } from '../../../client/index.ts';

/** What `stopEverything` calls. */
type Stopper = Pick<
  AgentServiceClient,
  | 'blockAgent'
  | 'listBlockedAgents'
  | 'listCredentials'
  | 'revokeCredentials'
  | 'eachSession'
  | 'endAgentSession'
>;

const OVER = ['revoked', 'expired'];

/**
 * Stops every agent, revokes all credentials and ends all sessions of a user, in this order: an agent that is stopped makes nothing new. What is stopped
 * already is passed over, so that it can be begun again wherever it was interrupted.
 */
export async function stopEverything(
  client: Stopper,
  { userId, agents }: { readonly userId: string; readonly agents: readonly Principal[] },
): Promise<void> {
  const blocked = new Set((await client.listBlockedAgents(userId)).map(({ agent }) => agent.toText()));
  for (const agent of agents) {
    if (!blocked.has(agent.toText())) await unlessGone(client.blockAgent({ userId, agent }));
  }
  for (const { agentType, account, state } of await client.listCredentials({ userId })) {
    if (!OVER.includes(state)) await unlessGone(client.revokeCredentials({ userId, agentType, account }));
  }
  const active = [];
  for await (const { sessionId } of client.eachSession({ userId, isActive: true, withoutTokens: true })) {
    active.push(sessionId);
  }
  for (const sessionId of active) await unlessGone(client.endAgentSession(sessionId));
}

/** An agent that was removed, or what ended meanwhile, is stopped. */
async function unlessGone(stop: Promise<void>): Promise<void> {
  try {
    await stop;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
