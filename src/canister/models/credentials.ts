import { ByteReader, ByteWriter } from '../codec/index.ts';
import { type AgentType, agentTypes } from './agent-type.ts';
import { bitOf, type Rights } from './rights.ts';

/** Texts are UTF-8 bytes, times nanoseconds. */
export interface Credentials {
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  readonly token: Uint8Array;
  /** JSON text of the OAuth grant. */
  readonly tokenData: Uint8Array | undefined;
  readonly workspaceId: Uint8Array | undefined;
  readonly projectIds: readonly (readonly [Uint8Array, Uint8Array])[];
  readonly selectedRepo: Uint8Array | undefined;
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly expiresAt: bigint | undefined;
}

/** Header (little-endian): version u8, agent type code u8, two bytes free, where `agent_type` stands in the Candid record u32. */
const VERSION = 1;
const TYPE_AT = 4;
const BODY_AT = 8;
const TIME_LENGTH = 8;

/** Fields follow the order of `AgentCredentials` in a message: by the hashes of their names. */
export function encodeCredentials(credentials: Credentials): Uint8Array {
  const writer = new ByteWriter(512)
    .u8(VERSION)
    .u8(agentTypes.codeOf(credentials.agentType))
    .u8(0)
    .u8(0)
    .u32(0);
  writer.u64(credentials.updatedAt).text(credentials.token).optText(credentials.workspaceId);
  writer.leb128(credentials.projectIds.length);
  for (const [id, name] of credentials.projectIds) writer.text(id).text(name);
  writer.optText(credentials.selectedRepo).u64(credentials.createdAt).text(credentials.userId);
  const typeAt = writer.length - BODY_AT;
  writer.u8(0).optText(credentials.tokenData).optU64(credentials.expiresAt);
  const bytes = writer.finish();
  new DataView(bytes.buffer).setUint32(TYPE_AT, typeAt, true);
  return bytes;
}

export function decodeCredentials(bytes: Uint8Array): Credentials {
  const reader = new ByteReader(bytes);
  if (reader.u8() !== VERSION) throw new Error(`credentials of an unknown version ${bytes[0]}`);
  const agentType = agentTypes.nameOf(reader.u8());
  reader.offset = BODY_AT;
  const updatedAt = reader.u64();
  const token = reader.text();
  const workspaceId = reader.optional((from) => from.text());
  const projectIds = readPairs(reader);
  const selectedRepo = reader.optional((from) => from.text());
  const createdAt = reader.u64();
  const userId = reader.text();
  reader.advance(1);
  const tokenData = reader.optional((from) => from.text());
  const expiresAt = reader.optional((from) => from.u64());
  return {
    userId,
    agentType,
    token,
    tokenData,
    workspaceId,
    projectIds,
    selectedRepo,
    createdAt,
    updatedAt,
    expiresAt,
  };
}

/** The Candid record of stored credentials, with today's number of the agent type in it, and without secrets where the caller may not see them. */
export function credentialsBody(bytes: Uint8Array, rights: Rights): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) !== VERSION) throw new Error(`credentials of an unknown version ${bytes[0]}`);
  const typeCode = view.getUint8(1);
  const typeAt = BODY_AT + view.getUint32(TYPE_AT, true);
  bytes[typeAt] = agentTypes.wireIndexOf(typeCode);
  if ((rights.secrets & bitOf(typeCode)) !== 0) return bytes.subarray(BODY_AT);
  return bytes.subarray(withoutToken(bytes), withoutTokenData(bytes, typeAt + 1));
}

/** Moves `updated_at` up to an empty token right before what follows it. Returns where the record begins now. */
function withoutToken(bytes: Uint8Array): number {
  const reader = new ByteReader(bytes);
  reader.offset = BODY_AT + TIME_LENGTH;
  reader.text();
  bytes[reader.offset - 1] = 0;
  const start = reader.offset - 1 - TIME_LENGTH;
  bytes.copyWithin(start, BODY_AT, BODY_AT + TIME_LENGTH);
  return start;
}

/** Writes null in the place of the token data, and what follows right behind. Returns where the record ends now. */
function withoutTokenData(bytes: Uint8Array, at: number): number {
  const reader = new ByteReader(bytes);
  reader.offset = at;
  if (reader.u8() === 0) return bytes.length;
  reader.text();
  bytes[at] = 0;
  bytes.copyWithin(at + 1, reader.offset);
  return bytes.length - (reader.offset - at - 1);
}

function readPairs(reader: ByteReader): [Uint8Array, Uint8Array][] {
  const count = reader.leb128();
  const pairs: [Uint8Array, Uint8Array][] = [];
  for (let i = 0; i < count; i++) pairs.push([reader.text(), reader.text()]);
  return pairs;
}
