import type { AgentActivity, AgentServiceClient, ListActivitiesRequest } from '../../../client/index.ts';
import { toldBy } from '../../records/activity-words.ts';
import { AgentNames } from '../../service/agent-names.ts';

/** An activity as it stands in a file: with the name of the agent that caused it, and of the one that it is about, where there is one. */
export interface NamedActivity extends AgentActivity {
  readonly actorName?: string | undefined;
  readonly agentName?: string | undefined;
}

/** All that match, with the names of agents. `known` names others by the texts of their principals, such as the reader. */
export async function* eachNamed(
  client: Pick<AgentServiceClient, 'eachActivity' | 'getAgentNames'>,
  request: ListActivitiesRequest,
  known: ReadonlyMap<string, string>,
): AsyncGenerator<NamedActivity> {
  const names = new AgentNames(client);
  for await (const activity of client.eachActivity(request)) {
    const actor = activity.actor.toText();
    const { agent: about } = toldBy(activity);
    await names.read(about === undefined ? [actor] : [actor, about]);
    yield {
      ...activity,
      actorName: known.get(actor) ?? names.of(actor),
      agentName: about === undefined ? undefined : names.of(about),
    };
  }
}
