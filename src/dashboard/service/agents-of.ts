import type { AgentActivityType, AgentServiceClient, AgentType } from '../../client/index.ts';
import { textIn } from './text-in.ts';

type Reader = Pick<AgentServiceClient, 'listActivities'>;

/** A record that an agent made, and when (ns since 1970). */
export interface Made {
  readonly id: string;
  readonly at: bigint;
}

/** As many activities as a page has, and so many pages at most between the newest and the oldest record. */
const PAGE = 500;
const MOST_PAGES = 4;

/**
 * The agents that made the records, by the ids of these: each record has an activity of the same moment, which names both. Left out is one whose
 * activity is not there any more. Records are given newest first.
 */
export async function agentsOf(
  client: Reader,
  records: readonly Made[],
  {
    userId,
    agentType,
    activityType,
    idName,
  }: {
    readonly userId: string;
    readonly agentType: AgentType | undefined;
    /** Of the activity that tells of a record. */
    readonly activityType: AgentActivityType;
    /** What its metadata calls the record's id. */
    readonly idName: string;
  },
): Promise<ReadonlyMap<string, string>> {
  const agents = new Map<string, string>();
  const [newest] = records;
  const oldest = records.at(-1);
  if (newest === undefined || oldest === undefined) return agents;
  const read = async (from: bigint, until: bigint, cursor?: string) => {
    const page = await client.listActivities({
      userId,
      agentType,
      activityType,
      from,
      until,
      limit: PAGE,
      cursor,
    });
    for (const { metadata, actor } of page.items) {
      const id = textIn(metadata, idName);
      if (id !== undefined) agents.set(id, actor.toText());
    }
    return page.nextCursor;
  };
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    cursor = await read(oldest.at, newest.at + 1n, cursor);
    if (cursor === undefined) return agents;
  }
  // Few of many, such as those of a session long ago: each by its own moment.
  for (const { id, at } of records) {
    if (!agents.has(id)) await read(at, at + 1n);
  }
  return agents;
}
