import { NO_AGENT_TYPE } from '../../../candid/audit-codes.ts';
import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { type ActivityType, activityTypes } from '../activity-type.ts';
import { type AgentType, agentTypes } from '../agent-type.ts';
import type { WireOptions } from '../coded-enumeration.ts';
import {
  BODY_AT,
  beginEntry,
  type ChainLinks,
  ENTRY_AT,
  type LogRecord,
  type LogRecordHeader,
} from '../log-record.ts';
import { encodeIdEnd, ID_END_LENGTH, ID_LENGTH, idStart } from '../record-id.ts';
import { seedActivityTypes, seedAgentTypes } from '../seed-types.ts';
import { type ServiceEventKind, serviceEventKinds } from './service-event-kind.ts';

/** Texts are UTF-8 bytes; the timestamp is in nanoseconds. */
export interface Activity {
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  readonly activityType: ActivityType;
  readonly description: Uint8Array;
  readonly timestamp: bigint;
  /** JSON text. */
  readonly metadata: Uint8Array | undefined;
  /** The principal who caused it. */
  readonly actor: Uint8Array;
  /** Of an interaction that it failed; of an error that a failed interaction has already told. Kept beside the content, since rules for notifications ask for it. */
  readonly ofFailure?: boolean | undefined;
}

/** The sequence number of an entry of the audit log. */
interface Numbered {
  readonly sequence: number;
}

const TIME_BYTES = 8;

/** What the Candid records of all activities begin with: the length of their id, and what is the same in all ids. */
const BEGINNING = new ByteWriter().u8(ID_LENGTH).raw(idStart('activity')).finish();

/** Where the activity's type stands: after the id. */
function activityTypeAt(record: LogRecord): number {
  return record.isInFull ? BODY_AT + 1 + ID_LENGTH : ENTRY_AT + ID_END_LENGTH;
}

export function encodeActivity(activity: Activity & Numbered, links: ChainLinks): Uint8Array {
  const typeCode = agentTypes.codeOf(activity.agentType);
  const detail = activityTypes.codeOf(activity.activityType);
  return encodeEntry(
    { links, typeCode, detail, flag: activity.ofFailure === true },
    activity,
    activity.userId,
  );
}

/** What happened to the service itself; no user's chains lead to it. */
export interface ServiceEvent extends EntryContent, Numbered {
  readonly kind: ServiceEventKind;
}

const NOBODY = new Uint8Array(0);
const UNLINKED: ChainLinks = { user: 0, previousOfUser: 0, previousOfType: 0 };

export function encodeServiceEvent(event: ServiceEvent): Uint8Array {
  const detail = serviceEventKinds.codeOf(event.kind);
  return encodeEntry({ links: UNLINKED, typeCode: NO_AGENT_TYPE, detail, flag: false }, event, NOBODY);
}

/** What entries about a user and about the service have in common. */
type EntryContent = Omit<Activity, 'userId' | 'agentType' | 'activityType'>;

/** Fields follow the order of `AgentActivity` in a message: by the hashes of their names. */
function encodeEntry(
  header: LogRecordHeader,
  entry: EntryContent & Numbered,
  userId: Uint8Array,
): Uint8Array {
  return beginEntry(header)
    .raw(encodeIdEnd(entry.sequence))
    .u8(0)
    .principal(entry.actor)
    .optText(entry.metadata)
    .text(entry.description)
    .text(userId)
    .u8(0)
    .u64(entry.timestamp)
    .finishUnsealed();
}

/** Actor, metadata, description and user_id of a stored entry as they stand there, one after the other, and the time at the end. */
export function entryParts(record: LogRecord): { readonly texts: Uint8Array; readonly time: Uint8Array } {
  const actorAt = activityTypeAt(record) + 2;
  return {
    texts: record.bytes.subarray(actorAt, record.entryTypeAt),
    time: record.bytes.subarray(record.end - TIME_BYTES, record.end),
  };
}

export function decodeActivity(record: LogRecord): Activity {
  return {
    ...decodeEntry(record),
    agentType: agentTypes.nameOf(record.typeCode),
    activityType: activityTypes.nameOf(record.detail),
  };
}

/** The user_id of an entry about the service is empty. */
export function decodeEntry(record: LogRecord): EntryContent & Pick<Activity, 'userId'> {
  const reader = new ByteReader(record.bytes);
  reader.offset = activityTypeAt(record) + 2;
  const actor = reader.text();
  const metadata = reader.optional((from) => from.text());
  const description = reader.text();
  const userId = reader.text();
  reader.advance(1);
  return { actor, metadata, description, userId, timestamp: reader.u64() };
}

/** The Candid record of a stored activity, which is not read after this. */
export function activityBody(record: LogRecord): Uint8Array {
  return bodyIn(record, agentTypes, activityTypes);
}

/** As `activityBody`, as `SeedActivity`. */
export function seedActivityBody(record: LogRecord): Uint8Array {
  return bodyIn(record, seedAgentTypes, seedActivityTypes);
}

/** Whether `seedActivityBody` can tell of an activity. */
export function isSeedActivity({ typeCode, detail }: LogRecord): boolean {
  return seedAgentTypes.has(typeCode) && seedActivityTypes.has(detail);
}

function bodyIn(record: LogRecord, types: WireOptions, activities: WireOptions): Uint8Array {
  record.bytes[activityTypeAt(record)] = activities.wireIndexOf(record.detail);
  return record.isInFull ? record.body(types) : record.entryBody(BEGINNING, types);
}

/** The principal who caused it. */
export function activityActor(record: LogRecord): Uint8Array {
  const reader = new ByteReader(record.bytes);
  reader.offset = activityTypeAt(record) + 2;
  return reader.text();
}

export function activityTimestamp(record: LogRecord): bigint {
  return record.view.getBigUint64(record.end - TIME_BYTES, true);
}
