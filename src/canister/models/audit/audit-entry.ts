import { NO_AGENT_TYPE } from '../../../candid/audit-codes.ts';
import { ByteWriter, encodeUtf8 } from '../../codec/index.ts';
import { blake2s } from '../../hashing/blake2s.ts';
import { activityTypes } from '../activity-type.ts';
import { agentTypes } from '../agent-type.ts';
import { DIGEST_BYTES, LogRecord } from '../log-record.ts';
import { decodeEntry, entryParts } from './activity.ts';
import { serviceEventKinds } from './service-event-kind.ts';

/** One for all contents, which are made one after the other. */
const contents = new ByteWriter(1024);

/** Binds an entry's content without showing it: the salt is the secret. */
export function commitmentOf(record: LogRecord, salt: Uint8Array): Uint8Array {
  const { texts, time } = entryParts(record);
  contents.restart().u8(record.typeCode).u8(record.detail).raw(texts).raw(time);
  return blake2s(contents.written, salt);
}

/** How the audit log is chained; docs/explanation/audit-log.md has the same for whoever verifies it. The index of an entry, then a name. */
const place = new Uint8Array(16);
place.set(encodeUtf8('AgentLog'), 8);
const placeView = new DataView(place.buffer);

/** A digest, and the commitment that comes after it. */
const link = new Uint8Array(2 * DIGEST_BYTES);

/** The digest of the log up to the entry with this index. */
export function chainDigest(before: Uint8Array, commitment: Uint8Array, index: number): Uint8Array {
  link.set(before);
  link.set(commitment, DIGEST_BYTES);
  // An index has four bytes, as a key has; the others stay zeros.
  placeView.setUint32(0, index, true);
  return blake2s(link, place);
}

/** What is left of an erased entry: version u8, three bytes free, the index of the entry that tells of the erasure u32, the commitment. */
const TOMBSTONE = 3;
const ERASED_BY_AT = 4;
const COMMITMENT_AT = 8;

export function encodeTombstone(commitment: Uint8Array, erasedBy: number): Uint8Array {
  return new ByteWriter(COMMITMENT_AT + DIGEST_BYTES).u32(TOMBSTONE).u32(erasedBy).raw(commitment).finish();
}

export function isTombstone(stored: Uint8Array): boolean {
  return stored[0] === TOMBSTONE;
}

/** What is left of an erased entry, as the Candid record `AuditEntry`. */
export function tombstoneBody(index: number, stored: Uint8Array): Uint8Array {
  const erasedBy = new DataView(stored.buffer, stored.byteOffset).getUint32(ERASED_BY_AT, true);
  return entryBody({ index, erasedBy, content: undefined, commitment: stored.subarray(COMMITMENT_AT) });
}

/** A sealed entry as the Candid record `AuditEntry`, without its content where the caller may not see that. */
export function auditEntryBody(index: number, record: LogRecord, visible: boolean): Uint8Array {
  const { seal } = record;
  if (seal === undefined) throw new Error(`entry ${index} of the audit log has no seal`);
  const content = visible ? contentBody(record, seal.salt) : undefined;
  return entryBody({ index, erasedBy: undefined, content, commitment: seal.commitment });
}

/** Fields follow the order of `AuditEntry` in a message: by the hashes of their names. */
function entryBody(entry: {
  readonly index: number;
  readonly content: Uint8Array | undefined;
  readonly erasedBy: number | undefined;
  readonly commitment: Uint8Array;
}): Uint8Array {
  const writer = new ByteWriter();
  if (entry.content === undefined) writer.u8(0);
  else writer.u8(1).raw(entry.content);
  writer.safeU64(entry.index);
  if (entry.erasedBy === undefined) writer.u8(0);
  else writer.u8(1).safeU64(entry.erasedBy);
  return writer.text(entry.commitment).finish();
}

/** Fields follow the order of `AuditContent` in a message. */
function contentBody(record: LogRecord, salt: Uint8Array): Uint8Array {
  const { actor, metadata, description, userId, timestamp } = decodeEntry(record);
  const ofService = record.typeCode === NO_AGENT_TYPE;
  const kind = ofService ? serviceEventKinds.nameOf(record.detail) : activityTypes.nameOf(record.detail);
  const writer = new ByteWriter()
    .principal(actor)
    .optText(metadata)
    .text(encodeUtf8(kind))
    .text(salt)
    .text(description)
    .optText(ofService ? undefined : userId);
  if (ofService) writer.u8(0);
  else writer.u8(1).u8(agentTypes.wireIndexOf(record.typeCode));
  return writer.u64(timestamp).finish();
}
