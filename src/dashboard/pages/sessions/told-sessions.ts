import type { AgentServiceClient, AgentSession, ListSessionsRequest } from '../../../client/index.ts';
import { type Told, withAgents } from '../../service/told-records.ts';

/** A session, and the agent that began it. */
export type ToldSession = Told<AgentSession>;

/** A page of sessions with their agents. */
export async function readTold(
  client: Pick<AgentServiceClient, 'listActivities' | 'listSessions'>,
  request: ListSessionsRequest,
): ReturnType<typeof withAgents<AgentSession>> {
  return withAgents(client, await client.listSessions(request), {
    made: ({ sessionId, createdAt }) => ({ id: sessionId, at: createdAt }),
    userId: request.userId,
    agentType: request.agentType,
    activityType: 'SessionCreated',
    idName: 'session_id',
  });
}
