import { ByteReader } from '../../codec/index.ts';
import { type AgentType, agentTypes } from '../agent-type.ts';
import { BODY_AT, beginLogRecord, type ChainLinks, type LogRecord } from '../log-record.ts';
import { ID_LENGTH } from '../record-id.ts';

/** Texts are UTF-8 bytes; the timestamp is in nanoseconds. */
export interface Interaction {
  readonly id: Uint8Array;
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  readonly message: Uint8Array;
  readonly response: Uint8Array;
  readonly timestamp: bigint;
  readonly success: boolean;
  /** JSON text. */
  readonly metadata: Uint8Array | undefined;
  readonly sessionId: Uint8Array | undefined;
}

/** Fields follow the order of `AgentInteraction` in a message: by the hashes of their names. */
export function encodeInteraction(interaction: Interaction, links: ChainLinks): Uint8Array {
  const typeCode = agentTypes.codeOf(interaction.agentType);
  return beginLogRecord({ links, typeCode, detail: 0, flag: interaction.success })
    .text(interaction.id)
    .optText(interaction.sessionId)
    .optText(interaction.metadata)
    .text(interaction.userId)
    .agentType()
    .text(interaction.message)
    .text(interaction.response)
    .u64(interaction.timestamp)
    .bool(interaction.success)
    .finish();
}

export function decodeInteraction(record: LogRecord): Interaction {
  const reader = new ByteReader(record.bytes);
  reader.offset = BODY_AT;
  const id = reader.text();
  const sessionId = reader.optional((from) => from.text());
  const metadata = reader.optional((from) => from.text());
  const userId = reader.text();
  reader.advance(1);
  return {
    id,
    userId,
    agentType: agentTypes.nameOf(record.typeCode),
    message: reader.text(),
    response: reader.text(),
    timestamp: reader.u64(),
    success: record.flag,
    metadata,
    sessionId,
  };
}

export function interactionTimestamp(record: LogRecord): bigint {
  return record.view.getBigUint64(record.bytes.length - 9, true);
}

/** The id of the session that the interaction belongs to. */
export function interactionSessionId(record: LogRecord): Uint8Array | undefined {
  const at = BODY_AT + 1 + ID_LENGTH;
  return record.view.getUint8(at) === 0 ? undefined : record.bytes.subarray(at + 2, at + 2 + ID_LENGTH);
}

export function interactionUserId(record: LogRecord): Uint8Array {
  return decodeInteraction(record).userId;
}
