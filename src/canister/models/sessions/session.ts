import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { blake2s } from '../../hashing/blake2s.ts';
import { bitOf, type Rights } from '../access/rights.ts';
import { type AgentType, agentTypes } from '../agent-type.ts';
import type { WireOptions } from '../coded-enumeration.ts';
import { BODY_AT, beginLogRecord, type ChainLinks, LogRecord } from '../log-record.ts';

const TIME_LENGTH = 8;

/** How a session stands; the values are stored. */
export const SessionState = { active: 0, ended: 1, expired: 2 } as const;
export type SessionState = (typeof SessionState)[keyof typeof SessionState];

/** Texts are UTF-8 bytes, times nanoseconds. */
export interface Session {
  readonly sessionId: Uint8Array;
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  readonly token: Uint8Array | undefined;
  readonly projectId: Uint8Array | undefined;
  readonly selectedRepo: Uint8Array | undefined;
  readonly createdAt: bigint;
  readonly lastActivity: bigint;
  readonly state: SessionState;
  readonly endedAt: bigint | undefined;
  /** When it ends by itself if nothing happens before. */
  readonly expiresAt: bigint;
}

/** Fields follow the order of `AgentSession` in a message: by the hashes of their names. */
export function encodeSession(session: Session, links: ChainLinks): Uint8Array {
  const typeCode = agentTypes.codeOf(session.agentType);
  return beginLogRecord({ links, typeCode, detail: session.state, flag: false })
    .optText(session.token)
    .text(session.sessionId)
    .optText(session.selectedRepo)
    .u64(session.createdAt)
    .text(session.userId)
    .u64(session.lastActivity)
    .agentType()
    .bool(session.state === SessionState.active)
    .optText(session.projectId)
    .optU64(session.endedAt)
    .u64(session.expiresAt)
    .finish();
}

export function decodeSession(record: LogRecord): Session {
  const reader = new ByteReader(record.bytes);
  reader.offset = BODY_AT;
  const token = reader.optional((from) => from.text());
  const sessionId = reader.text();
  const selectedRepo = reader.optional((from) => from.text());
  const createdAt = reader.u64();
  const userId = reader.text();
  const lastActivity = reader.u64();
  reader.advance(2);
  const projectId = reader.optional((from) => from.text());
  const endedAt = reader.optional((from) => from.u64());
  return {
    sessionId,
    userId,
    agentType: agentTypes.nameOf(record.typeCode),
    token,
    projectId,
    selectedRepo,
    createdAt,
    lastActivity,
    state: sessionState(record),
    endedAt,
    expiresAt: reader.u64(),
  };
}

/** Whether a session in its stored form holds a token, which is the first field of its Candid record. */
export function sessionHoldsToken(stored: Uint8Array): boolean {
  return stored[BODY_AT] !== 0;
}

const BLANK = 0x20;

/**
 * Overwrites the token of a stored session that is over: versions before kept it then. The record stays as long as it is, since its bytes are counted
 * for its user.
 */
export function blankEndedToken(stored: Uint8Array): void {
  if (!sessionHoldsToken(stored) || new LogRecord(stored).detail === SessionState.active) return;
  const reader = new ByteReader(stored);
  reader.offset = BODY_AT + 1;
  reader.text().fill(BLANK);
}

/** Who looks at a session, and when (ns). */
export interface SessionReader {
  readonly rights: Rights;
  readonly now: bigint;
}

/**
 * The Candid record of a stored session, without its token where the caller may not see that, or where the session is over: earlier versions kept it then. The
 * token comes first: the byte before what follows becomes the null in its place.
 */
export function sessionBody(
  record: LogRecord,
  { rights, now }: SessionReader,
  types: WireOptions = agentTypes,
): Uint8Array {
  const isShown = (rights.secrets & bitOf(record.typeCode)) !== 0 && isSessionOpen(record, now);
  const body = record.body(types);
  if (body[0] === 0 || isShown) return body;
  const reader = new ByteReader(body);
  reader.advance(1);
  reader.text();
  body[reader.offset - 1] = 0;
  return body.subarray(reader.offset - 1);
}

/** The user's id alone: decoding all of it takes long. */
export function sessionUserId(record: LogRecord): Uint8Array {
  const reader = new ByteReader(record.bytes);
  reader.offset = BODY_AT;
  reader.optional((from) => from.text());
  reader.text();
  reader.optional((from) => from.text());
  reader.advance(TIME_LENGTH);
  return reader.text();
}

export function sessionState(record: LogRecord): SessionState {
  const state = record.detail;
  if (state !== SessionState.active && state !== SessionState.ended && state !== SessionState.expired) {
    throw new Error(`session in an unknown state ${state}`);
  }
  return state;
}

export function sessionExpiresAt(record: LogRecord): bigint {
  return record.view.getBigUint64(record.bytes.length - 8, true);
}

/** Whether the session is active, and still is at `now`: what expired may wait for the timer. */
export function isSessionOpen(record: LogRecord, now: bigint): boolean {
  return record.detail === SessionState.active && sessionExpiresAt(record) > now;
}

/** Notes in place that something happened in the session. */
export function touchSession(record: LogRecord, now: bigint, expiresAt: bigint): void {
  record.view.setBigUint64(record.typeAt - 8, now, true);
  record.view.setBigUint64(record.bytes.length - 8, expiresAt, true);
}

/** When the session began. Its place depends on the texts before it, so it has to be found. */
export function sessionCreatedAt(record: LogRecord): bigint {
  return decodeSession(record).createdAt;
}

/** Of what a session carries; empty for nothing. A time of the request makes the digests of equal tokens differ. */
export function sessionDataDigest(
  { token, projectId, selectedRepo }: Pick<Session, 'token' | 'projectId' | 'selectedRepo'>,
  time: bigint,
): Uint8Array {
  if (token === undefined && projectId === undefined && selectedRepo === undefined) return new Uint8Array(0);
  const parts = new ByteWriter(256).optText(token).optText(projectId).optText(selectedRepo);
  return blake2s(parts.finish(), new ByteWriter(16).u64(time).u64(0n).finish());
}
