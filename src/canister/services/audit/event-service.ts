import { NO_AGENT_TYPE } from '../../../candid/audit-codes.ts';
import type { Text } from '../../codec/index.ts';
import { bitOf, type Mask, type Rights } from '../../models/access/rights.ts';
import { type ActivityType, activityTypes } from '../../models/activity-type.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { eventBody } from '../../models/audit/event.ts';
import type { LogRecord } from '../../models/log-record.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import { DEFAULT_ITEMS, PAGE_VISITS } from '../../policy/limits/limits.ts';
import { checkLimit, checkSome, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { ReplyItems } from '../listing.ts';

export interface EventFilter {
  readonly user_id: Text | undefined;
  readonly agent_type: AgentType | undefined;
  readonly activity_types: readonly ActivityType[] | undefined;
}

export interface EventRequest {
  readonly after: bigint | undefined;
  readonly limit: number | undefined;
  readonly filter: EventFilter | undefined;
}

export interface EventPage {
  /** Candid records, oldest first. */
  readonly events: Uint8Array[];
  /** What `after` is for the page that follows. */
  readonly next: bigint;
  /** Whether that page may have events already. */
  readonly more: boolean;
  /** The last place of the log. */
  readonly end: bigint;
}

/** Activities in the order in which they came, for whoever follows what happens. */
export class EventService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Up to `limit` activities after a place in the log that the caller may see and that pass the filter. A place behind the end is kept, and `end` tells
   * of it: this replica of the service may not be as far as the one that gave it, or the log was put back. Users who are hidden from the caller, since they blocked it, are passed over.
   */
  page(
    { after, limit, filter }: EventRequest,
    rights: Rights,
    work: Work,
    isHidden: (user: number) => boolean = () => false,
  ): EventPage {
    const count = checkLimit('limit', limit, DEFAULT_ITEMS.events);
    checkSome('filter.activity_types', filter?.activity_types);
    if (filter?.user_id !== undefined) checkUserId('filter.user_id', filter.user_id);
    const { last } = this.#store.activities;
    const end = BigInt(last);
    if (after === undefined || after >= end) return { events: [], next: after ?? end, more: false, end };
    const user = filter?.user_id === undefined ? undefined : this.#store.users.find(filter.user_id.utf8);
    const stretch = this.#stretch(Number(after), filter?.user_id === undefined ? 'every user' : user, work);
    const passes = passing(filter, rights.read);
    const items = new ReplyItems();
    let next = Number(after);
    for (const sequence of stretch.sequences) {
      const record = this.#store.activities.get(sequence);
      const isWanted =
        record !== undefined &&
        passes(record) &&
        !isHidden(record.user) &&
        (user === undefined || record.user === user.user);
      const isSpent = !work.step(record?.bytes.length) && next > Number(after);
      const isFull =
        isSpent || items.list.length === count || (isWanted && !items.add(eventBody(sequence, record)));
      if (isFull) return { events: items.list, next: BigInt(next), more: true, end };
      next = sequence;
    }
    return { events: items.list, next: BigInt(stretch.end), more: stretch.end < last, end };
  }

  /** What to look at for a page, oldest first, and how far that goes. */
  #stretch(after: number, about: UserHead | 'every user' | undefined, work: Work): Stretch {
    const { last } = this.#store.activities;
    const ofUser = about === 'every user' ? undefined : this.#ofUser(after, about, work.part(USER_WORK));
    if (ofUser !== undefined) return { sequences: ofUser, end: last };
    // What is before the oldest that is kept by age was removed.
    const first = Math.max(after + 1, this.#store.settings.retentionProgress.oldestActivity);
    const end = Math.min(last, first + PAGE_VISITS - 1);
    return { sequences: Array.from({ length: end - first + 1 }, (_, i) => first + i), end };
  }

  /** A user's activities after a place, by their chain; undefined where to find them takes more than a page may look at. */
  #ofUser(after: number, head: UserHead | undefined, work: Work): number[] | undefined {
    const found: number[] = [];
    if (head === undefined) return found;
    const page = { isTooMuch: false };
    this.#store.activities.walk(head, {}, (record, sequence) => {
      if (sequence <= after) return false;
      found.push(sequence);
      page.isTooMuch = found.length > PAGE_VISITS || !work.step(record.bytes.length);
      return !page.isTooMuch;
    });
    return page.isTooMuch ? undefined : found.reverse();
  }
}

/** Instructions for finding a user's activities by their chain: a part of those of a page, which reads them again. */
const USER_WORK = 150_000_000;

interface Stretch {
  readonly sequences: readonly number[];
  /** The last number of it. */
  readonly end: number;
}

/** Which records a caller gets who may see those of these agent types. Those of the service itself are no activities. */
function passing(filter: EventFilter | undefined, read: Mask): (record: LogRecord) => boolean {
  const { agent_type, activity_types } = filter ?? {};
  const seen = agent_type === undefined ? read : read & bitOf(agentTypes.codeOf(agent_type));
  const details =
    activity_types === undefined ? undefined : new Set(activity_types.map(activityTypes.codeOf));
  return ({ typeCode, detail }) =>
    typeCode !== NO_AGENT_TYPE && (seen & bitOf(typeCode)) !== 0 && (details?.has(detail) ?? true);
}
