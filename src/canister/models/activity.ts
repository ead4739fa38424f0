import { type ActivityType, activityTypes } from './activity-type.ts';
import { type AgentType, agentTypes } from './agent-type.ts';
import { BODY_AT, type ChainLinks, encodeLogRecord, type LogRecord } from './log-record.ts';
import { ID_LENGTH } from './record-id.ts';

/** Texts are UTF-8 bytes; the timestamp is in nanoseconds. */
export interface Activity {
  readonly id: Uint8Array;
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  readonly activityType: ActivityType;
  readonly description: Uint8Array;
  readonly timestamp: bigint;
  /** JSON text. */
  readonly metadata: Uint8Array | undefined;
  /** The principal who caused it. */
  readonly actor: Uint8Array;
}

/** The id comes first: its length and its characters, then the activity's type. */
const ACTIVITY_TYPE_AT = BODY_AT + 1 + ID_LENGTH;

/** Fields follow the order of `AgentActivity` in a message: by the hashes of their names. */
export function encodeActivity(activity: Activity, links: ChainLinks): Uint8Array {
  return encodeLogRecord({
    ...links,
    typeCode: agentTypes.codeOf(activity.agentType),
    detail: activityTypes.codeOf(activity.activityType),
    flag: false,
    writeBody(writer) {
      const start = writer.length;
      writer
        .text(activity.id)
        .u8(0)
        .principal(activity.actor)
        .optText(activity.metadata)
        .text(activity.description)
        .text(activity.userId);
      const typeAt = writer.length - start;
      writer.u8(0).u64(activity.timestamp);
      return typeAt;
    },
  });
}

/** The Candid record of a stored activity. */
export function activityBody(record: LogRecord): Uint8Array {
  record.bytes[ACTIVITY_TYPE_AT] = activityTypes.wireIndexOf(record.detail);
  return record.body();
}

export function activityTimestamp(record: LogRecord): bigint {
  return record.view.getBigUint64(record.bytes.length - 8, true);
}
