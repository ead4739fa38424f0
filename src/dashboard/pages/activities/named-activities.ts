import type { AgentActivity, AgentServiceClient, ListActivitiesRequest } from '../../../client/index.ts';
import { AgentNames } from '../../service/agent-names.ts';

/** An activity as it stands in a file: with the name of the agent that caused it, where it was one. */
export interface NamedActivity extends AgentActivity {
  readonly actorName?: string | undefined;
}

/** All that match, with the names of those who caused them. */
export async function* eachNamed(
  client: Pick<AgentServiceClient, 'eachActivity' | 'getAgentNames'>,
  request: ListActivitiesRequest,
): AsyncGenerator<NamedActivity> {
  const names = new AgentNames(client);
  for await (const activity of client.eachActivity(request)) {
    const actor = activity.actor.toText();
    await names.read([actor]);
    yield { ...activity, actorName: names.of(actor) };
  }
}
