import type {
  AgentInteraction,
  AgentServiceClient,
  InteractionPage,
  ListInteractionsRequest,
} from '../../../client/index.ts';
import { AgentNames } from '../../service/agent-names.ts';
import { textIn } from '../agents/agent-use.ts';

/** An interaction, and the principal of the agent that stored it; undefined where the activity that tells it is not there any more. */
export interface ToldInteraction extends AgentInteraction {
  readonly agent: string | undefined;
  /** Of the agent, where a file is made. */
  readonly agentName?: string | undefined;
}

type Reader = Pick<AgentServiceClient, 'listActivities' | 'listInteractions' | 'getAgentNames'>;

/** As many activities as a page has, and so many pages at most between the newest and the oldest interaction. */
const PAGE = 500;
const MOST_PAGES = 4;

/** A page of interactions with their agents: each interaction has an activity of the same moment, which names both. */
export async function readTold(
  client: Reader,
  request: ListInteractionsRequest,
): Promise<{ readonly items: readonly ToldInteraction[]; readonly nextCursor: string | undefined }> {
  const { items, nextCursor } = await client.listInteractions(request);
  const agents = await agentsOf(client, request, items);
  return { items: items.map((one) => ({ ...one, agent: agents.get(one.id) })), nextCursor };
}

/** All that match, with the names of their agents. */
export async function* eachTold(
  client: Reader,
  request: ListInteractionsRequest,
): AsyncGenerator<ToldInteraction> {
  const names = new AgentNames(client);
  let cursor: string | undefined;
  do {
    const page = await readTold(client, { ...request, cursor });
    await names.read(page.items.flatMap(({ agent }) => agent ?? []));
    for (const one of page.items) {
      yield { ...one, agentName: one.agent === undefined ? undefined : names.of(one.agent) };
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

async function agentsOf(
  client: Reader,
  { userId, agentType }: ListInteractionsRequest,
  interactions: InteractionPage['items'],
): Promise<ReadonlyMap<string, string>> {
  const agents = new Map<string, string>();
  const [newest] = interactions;
  const oldest = interactions.at(-1);
  if (newest === undefined || oldest === undefined) return agents;
  const read = async (from: bigint, until: bigint, cursor?: string) => {
    const page = await client.listActivities({
      userId,
      agentType,
      activityType: 'InteractionCompleted',
      from,
      until,
      limit: PAGE,
      cursor,
    });
    for (const { metadata, actor } of page.items) {
      const id = textIn(metadata, 'interaction_id');
      if (id !== undefined) agents.set(id, actor.toText());
    }
    return page.nextCursor;
  };
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    cursor = await read(oldest.timestamp, newest.timestamp + 1n, cursor);
    if (cursor === undefined) return agents;
  }
  // Few of many, such as those of a session long ago: each by its own moment.
  for (const { id, timestamp } of interactions) {
    if (!agents.has(id)) await read(timestamp, timestamp + 1n);
  }
  return agents;
}
