import type {
  AgentActivity,
  AgentActivityType,
  AgentInteraction,
  AgentServiceClient,
} from '../../../client/index.ts';
import { textIn } from '../../service/text-in.ts';

/** The newest of what an agent did, as far as it was looked for. */
export interface Newest {
  readonly items: readonly AgentActivity[];
  /** How many activities were looked at. */
  readonly looked: number;
  /** Whether these were all that there are. */
  readonly isAll: boolean;
}

type Reader = Pick<AgentServiceClient, 'listActivities' | 'getAgentInteraction'>;

const PAGE = 500;
/** The service has no list by agent: so many pages are looked through for one that did little. */
const MOST_PAGES = 4;

/** The newest `wanted` activities that an agent caused for a user, of one type where it is named. */
export async function newestOf(
  client: Reader,
  {
    userId,
    agent,
    activityType,
    wanted,
  }: {
    readonly userId: string;
    /** The text of its principal. */
    readonly agent: string;
    readonly activityType?: AgentActivityType;
    readonly wanted: number;
  },
): Promise<Newest> {
  const items: AgentActivity[] = [];
  let looked = 0;
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES && items.length < wanted; pages++) {
    const page = await client.listActivities({ userId, activityType, limit: PAGE, cursor });
    looked += page.items.length;
    items.push(...page.items.filter(({ actor }) => actor.toText() === agent));
    cursor = page.nextCursor;
    if (cursor === undefined) break;
  }
  return { items: items.slice(0, wanted), looked, isAll: cursor === undefined };
}

/** The newest interactions that an agent stored for a user; one that was removed meanwhile is left out. */
export async function newestInteractions(
  client: Reader,
  about: { readonly userId: string; readonly agent: string; readonly wanted: number },
): Promise<Omit<Newest, 'items'> & { readonly items: readonly AgentInteraction[] }> {
  const told = await newestOf(client, { ...about, activityType: 'InteractionCompleted' });
  const ids = told.items.flatMap(({ metadata }) => textIn(metadata, 'interaction_id') ?? []);
  const found = await Promise.all(ids.map((id) => client.getAgentInteraction(id)));
  return { ...told, items: found.filter((one) => one !== undefined) };
}
