import type { AgentServiceClient } from '../../client/index.ts';
import { eachItem, type Page } from '../../client/reading/paging.ts';
import { AgentNames } from './agent-names.ts';
import { agentsOf, type Made } from './agents-of.ts';

/** A record, and the principal of the agent that made it; undefined where the activity that tells it is not there any more. */
export type Told<T> = T & {
  readonly agent: string | undefined;
  /** Of the agent, where a file is made. */
  readonly agentName?: string | undefined;
};

/** A page of records with their agents. `made` says which record an item is, and when an agent made it. */
export async function withAgents<T>(
  client: Pick<AgentServiceClient, 'listActivities'>,
  { items, nextCursor }: Page<T>,
  { made, ...about }: { readonly made: (item: T) => Made } & Parameters<typeof agentsOf>[2],
): Promise<Page<Told<T>>> {
  const agents = await agentsOf(client, items.map(made), about);
  return { items: items.map((one) => ({ ...one, agent: agents.get(made(one).id) })), nextCursor };
}

/** The records of all pages, with the names of their agents. */
export function eachTold<T>(
  client: Pick<AgentServiceClient, 'getAgentNames'>,
  read: (cursor: string | undefined) => Promise<Page<Told<T>>>,
): AsyncGenerator<Told<T>> {
  const names = new AgentNames(client);
  return eachItem(async (cursor) => {
    const { items, nextCursor } = await read(cursor);
    await names.read(items.flatMap(({ agent }) => agent ?? []));
    const named = items.map((one) => ({ ...one, agentName: one.agent && names.of(one.agent) }));
    return { items: named, nextCursor };
  }, undefined);
}
