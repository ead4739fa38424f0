import type { AgentInteraction, AgentServiceClient, ListInteractionsRequest } from '../../../client/index.ts';
import { type Told, withAgents } from '../../service/told-records.ts';

/** An interaction, and the agent that stored it. */
export type ToldInteraction = Told<AgentInteraction>;

/** A page of interactions with their agents. */
export async function readTold(
  client: Pick<AgentServiceClient, 'listActivities' | 'listInteractions'>,
  request: ListInteractionsRequest,
): ReturnType<typeof withAgents<AgentInteraction>> {
  return withAgents(client, await client.listInteractions(request), {
    made: ({ id, timestamp }) => ({ id, at: timestamp }),
    userId: request.userId,
    agentType: request.agentType,
    activityType: 'InteractionCompleted',
    idName: 'interaction_id',
  });
}
