import type { Text } from '../codec/index.ts';
import { bitOf, codesIn, holdsEveryType, type Rights } from '../models/access/rights.ts';
import { invalidArgument, type Refusal } from '../models/agent-error.ts';
import { type AgentType, agentTypes } from '../models/agent-type.ts';
import type { LogRecord } from '../models/log-record.ts';
import { decodeId, encodeId } from '../models/record-id.ts';
import { seedAgentTypes } from '../models/seed-types.ts';
import type { ChainKind, UserHead } from '../models/users/user-head.ts';
import type { Work } from '../models/work.ts';
import { PAGE_VISITS, REPLY_BYTES } from '../policy/limits/limits.ts';
import { checkLimit, checkUserId } from '../policy/validation/validation.ts';
import type { RecordLog } from '../storage/record-log.ts';
import type { Store } from '../storage/store.ts';

/** The arguments that every paged list has. */
export interface PageRequest {
  readonly user_id: Text;
  readonly agent_type: AgentType | undefined;
  /** Nanoseconds; this time is included. */
  readonly from: bigint | undefined;
  /** Nanoseconds; this time is not included. */
  readonly until: bigint | undefined;
  readonly limit: number | undefined;
  readonly cursor: Text | undefined;
}

/** Candid records, newest first, and where the next page begins. */
export interface Page {
  readonly items: Uint8Array[];
  readonly nextCursor: Uint8Array | undefined;
}

/** What differs between the three logs, and between callers. */
export interface PagedLog {
  readonly kind: ChainKind;
  readonly work: Work;
  readonly rights: Rights;
  readonly byDefault: number;
  readonly body: (record: LogRecord, sequence: number) => Uint8Array;
  /** The time that `from` and `until` are about; it falls along a chain. */
  readonly timestamp: (record: LogRecord) => bigint;
  readonly matches: (record: LogRecord) => boolean;
}

type LogName = 'sessions' | 'interactions' | 'activities';

/**
 * A user's newest records that the caller may see and that the seed's types can tell, as many as were asked for and fit into a reply. It ends
 * where it has left out `PAGE_VISITS` of them, or when its work is spent.
 */
export function listNewest(
  store: Store,
  log: LogName,
  options: {
    readonly userId: Uint8Array;
    readonly agentType?: AgentType | undefined;
    readonly rights: Rights;
    readonly limit: number;
    readonly work: Work;
    readonly body: (record: LogRecord) => Uint8Array;
    /** Those of the agent types of the seed when left out. */
    readonly matches?: (record: LogRecord) => boolean;
  },
): Uint8Array[] {
  const { agentType, rights, limit, work, matches = isOfSeedType } = options;
  const head = store.users.find(options.userId);
  if (head === undefined) return [];
  const items = new ReplyItems();
  let leftOut = 0;
  const visit = (record: LogRecord) => {
    if (!matches(record)) return ++leftOut < PAGE_VISITS && work.step(record.bytes.length);
    return items.add(options.body(record)) && items.list.length < limit && work.step(record.bytes.length);
  };
  if (agentType !== undefined) store[log].walk(head, { typeCode: agentTypes.codeOf(agentType) }, visit);
  else if (holdsEveryType(rights.read)) store[log].walk(head, {}, visit);
  else store[log].walkTypes(head, codesIn(agentTypes, rights.read).filter(seedAgentTypes.has), visit);
  return items.list;
}

function isOfSeedType({ typeCode }: LogRecord): boolean {
  return seedAgentTypes.has(typeCode);
}

/**
 * One page of a user's records. It ends at its limit, where the reply is full, after `PAGE_VISITS` records, or when its work is spent; it looks
 * at one at least.
 */
export function pageOf(store: Store, log: LogName, request: PageRequest, paged: PagedLog): Page {
  const { read } = paged.rights;
  checkUserId('user_id', request.user_id);
  const limit = checkLimit('limit', request.limit, paged.byDefault);
  const head = store.users.find(request.user_id.utf8);
  const from = startOf(store[log], head, request, paged);
  if (head === undefined || from === 'gone') return { items: [], nextCursor: undefined };
  const typeCode = request.agent_type === undefined ? undefined : agentTypes.codeOf(request.agent_type);
  const items = new ReplyItems();
  let visits = 0;
  let next = 0;
  store[log].walk(head, { typeCode, from }, (record, sequence) => {
    next = sequence;
    const isOver = items.list.length === limit || visits === PAGE_VISITS;
    if (isOver || (!paged.work.step(record.bytes.length) && visits > 0)) return false;
    const time = paged.timestamp(record);
    if (request.from !== undefined && time < request.from) {
      next = 0;
      return false;
    }
    visits++;
    const seen = (read & bitOf(record.typeCode)) !== 0;
    const wanted = seen && (request.until === undefined || time < request.until) && paged.matches(record);
    if (wanted && !items.add(paged.body(record, sequence))) return false;
    next = 0;
    return true;
  });
  return { items: items.list, nextCursor: next === 0 ? undefined : encodeId(paged.kind, next) };
}

/** Collects records while they fit into a reply, or into so many bytes of one. */
export class ReplyItems {
  readonly list: Uint8Array[] = [];
  readonly #limit: number;
  #bytes = 0;

  constructor(limit: number = REPLY_BYTES) {
    this.#limit = limit;
  }

  /** False, and nothing added, where the reply is full. */
  add(item: Uint8Array): boolean {
    this.#bytes += item.length;
    if (this.#bytes > this.#limit) return false;
    this.list.push(item);
    return true;
  }
}

/**
 * A cursor is the id of the next record to look at. It may be gone by now: old records are removed, and with it all that came before it. An id that no
 * record of the user has is as one that is gone, so that nobody learns which ids others have.
 */
export function startOf(
  log: RecordLog,
  head: UserHead | undefined,
  request: Pick<PageRequest, 'agent_type' | 'cursor'>,
  { kind, rights: { read } }: Pick<PagedLog, 'kind' | 'rights'>,
): number | 'gone' | undefined {
  if (request.cursor === undefined) return undefined;
  const sequence = decodeId(kind, request.cursor);
  const record = sequence === undefined ? undefined : log.get(sequence);
  if (sequence === undefined) throw notOfList();
  if (head === undefined || record?.user !== head.user) return 'gone';
  const ofType =
    request.agent_type === undefined || record.typeCode === agentTypes.codeOf(request.agent_type);
  if (ofType) return sequence;
  if ((read & bitOf(record.typeCode)) === 0) return 'gone';
  throw notOfList();
}

function notOfList(): Refusal {
  return invalidArgument('cursor', 'must be the next_cursor of a page of the same list');
}
