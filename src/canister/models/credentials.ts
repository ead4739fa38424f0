import { ByteReader, ByteWriter } from '../codec/index.ts';
import { type AgentType, agentTypes } from './agent-type.ts';
import type { WireOptions } from './coded-enumeration.ts';
import {
  credentialStates,
  hasToken,
  type StateRecord,
  type StoredState,
  stateAt,
} from './credential-state.ts';
import { bitOf, type Rights } from './rights.ts';

/** Texts are UTF-8 bytes, times nanoseconds. */
export interface Credentials extends StateRecord {
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  /** The label of the account; undefined for the one that methods without accounts use. */
  readonly account: Uint8Array | undefined;
  /** Empty where it was revoked or has expired. */
  readonly token: Uint8Array;
  /** JSON text of the OAuth grant. */
  readonly tokenData: Uint8Array | undefined;
  readonly workspaceId: Uint8Array | undefined;
  readonly projectIds: readonly (readonly [Uint8Array, Uint8Array])[];
  readonly selectedRepo: Uint8Array | undefined;
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly stateReason: Uint8Array | undefined;
  /** Grows with every refresh that begins, and with everything else that makes one that is under way void. */
  readonly fencing: bigint;
  /** Until when the refresh that is under way keeps others from beginning one; undefined where none is. */
  readonly refreshDeadline: bigint | undefined;
}

/**
 * Header (little-endian): version u8, agent type code u8, state code u8, one byte free, where `agent_type` stands in the Candid record u32, where the
 * Candid record begins u32, expires_at u64 (0: never), since when the state is u64, fencing number u64, deadline of a refresh u64 (0: none). Behind it
 * account and reason as opt texts, then the Candid record `AgentCredentials`.
 */
const VERSION = 2;
const AT = {
  type: 1,
  state: 2,
  typeAt: 4,
  bodyAt: 8,
  expiresAt: 12,
  since: 20,
  fencing: 28,
  deadline: 36,
} as const;
const HEADER_LENGTH = 44;
const TIME_LENGTH = 8;
const NEVER = 0n;

/** Version u8, agent type code u8, two bytes free, where `agent_type` stands u32, then the Candid record: active, of the one account there was. */
const FIRST_VERSION = 1;
const FIRST_BODY_AT = 8;

/** Fields follow the order of `AgentCredentials` in a message: by the hashes of their names. */
export function encodeCredentials(credentials: Credentials): Uint8Array {
  const writer = new ByteWriter(512)
    .u8(VERSION)
    .u8(agentTypes.codeOf(credentials.agentType))
    .u8(credentialStates.codeOf(credentials.state))
    .u8(0)
    .u32(0)
    .u32(0)
    .u64(credentials.expiresAt ?? NEVER)
    .u64(credentials.stateSince)
    .u64(credentials.fencing)
    .u64(credentials.refreshDeadline ?? NEVER)
    .optText(credentials.account)
    .optText(credentials.stateReason);
  const bodyAt = writer.length;
  writer.u64(credentials.updatedAt).text(credentials.token).optText(credentials.workspaceId);
  writeProjectIds(writer, credentials);
  writer.optText(credentials.selectedRepo).u64(credentials.createdAt).text(credentials.userId);
  const typeAt = writer.length - bodyAt;
  writer.u8(0).optText(credentials.tokenData).optU64(credentials.expiresAt);
  const bytes = writer.finish();
  const view = new DataView(bytes.buffer);
  view.setUint32(AT.typeAt, typeAt, true);
  view.setUint32(AT.bodyAt, bodyAt, true);
  return bytes;
}

/** Credentials in their stored form, of which a call reads no more than it needs. */
export class StoredCredentials implements StateRecord {
  /** How many bytes the record has in its map. */
  readonly storedLength: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(stored: Uint8Array) {
    this.storedLength = stored.length;
    this.#bytes = stored[0] === FIRST_VERSION ? encodeCredentials(decodeFirst(stored)) : stored;
    if (this.#bytes[0] !== VERSION) throw new Error(`credentials of an unknown version ${stored[0]}`);
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  get typeCode(): number {
    return this.#view.getUint8(AT.type);
  }

  get state(): StoredState {
    const state = credentialStates.nameOf(this.#view.getUint8(AT.state));
    if (state === 'expiring')
      throw new Error('credentials were stored in a state that follows from the time');
    return state;
  }

  get stateSince(): bigint {
    return this.#view.getBigUint64(AT.since, true);
  }

  get expiresAt(): bigint | undefined {
    return this.#optional(AT.expiresAt);
  }

  /** The label of the account. */
  get account(): Uint8Array | undefined {
    return this.#reader(HEADER_LENGTH).optional((from) => from.text());
  }

  /** Whether there is a token that has not expired. */
  isUsable(now: bigint): boolean {
    return hasToken(stateAt(this, now).state);
  }

  decode(): Credentials {
    const reader = this.#reader(HEADER_LENGTH);
    const account = reader.optional((from) => from.text());
    const stateReason = reader.optional((from) => from.text());
    return {
      ...decodeBody(reader),
      agentType: agentTypes.nameOf(this.typeCode),
      account,
      state: this.state,
      stateSince: this.stateSince,
      stateReason,
      fencing: this.#view.getBigUint64(AT.fencing, true),
      refreshDeadline: this.#optional(AT.deadline),
    };
  }

  /** The Candid record `AgentCredentials`, with the number that the agent type has in a message, and without secrets where the caller may not see them. */
  body(secrets: Rights['secrets'], types: WireOptions = agentTypes): Uint8Array {
    const bytes = this.#bytes;
    const bodyAt = this.#view.getUint32(AT.bodyAt, true);
    const typeAt = bodyAt + this.#view.getUint32(AT.typeAt, true);
    bytes[typeAt] = types.wireIndexOf(this.typeCode);
    if ((secrets & bitOf(this.typeCode)) !== 0) return bytes.subarray(bodyAt);
    return bytes.subarray(withoutToken(bytes, bodyAt), withoutTokenData(bytes, typeAt + 1));
  }

  #optional(at: number): bigint | undefined {
    const value = this.#view.getBigUint64(at, true);
    return value === NEVER ? undefined : value;
  }

  #reader(offset: number): ByteReader {
    const reader = new ByteReader(this.#bytes);
    reader.offset = offset;
    return reader;
  }
}

/** What remains of credentials that were revoked or have expired: everything but the secrets. */
export function withoutSecrets(credentials: Credentials): Credentials {
  return { ...credentials, token: new Uint8Array(0), tokenData: undefined };
}

/** The Candid record `CredentialInfo`. Fields follow the order in a message: by the hashes of their names. */
export function credentialInfo(credentials: Credentials, now: bigint): Uint8Array {
  const { state, since } = stateAt(credentials, now);
  const { refreshDeadline } = credentials;
  const writer = new ByteWriter(512).u64(credentials.updatedAt).optText(credentials.workspaceId);
  writeProjectIds(writer, credentials);
  return writer
    .optText(credentials.stateReason)
    .optText(credentials.selectedRepo)
    .u64(credentials.createdAt)
    .u8(credentialStates.wireIndexOf(credentialStates.codeOf(state)))
    .u8(agentTypes.wireIndexOf(agentTypes.codeOf(credentials.agentType)))
    .optText(credentials.account)
    .optU64(refreshDeadline !== undefined && refreshDeadline > now ? refreshDeadline : undefined)
    .u64(since)
    .optU64(credentials.expiresAt)
    .finish();
}

function decodeFirst(bytes: Uint8Array): Credentials {
  const reader = new ByteReader(bytes);
  reader.advance(1);
  const agentType = agentTypes.nameOf(reader.u8());
  reader.offset = FIRST_BODY_AT;
  const body = decodeBody(reader);
  return {
    ...body,
    agentType,
    account: undefined,
    state: 'active',
    stateSince: body.updatedAt,
    stateReason: undefined,
    fencing: 0n,
    refreshDeadline: undefined,
  };
}

/** Reads the Candid record, but for the agent type, of which it has no more than a place. */
function decodeBody(reader: ByteReader) {
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

/** Moves `updated_at` up to an empty token right before what follows it. Returns where the record begins now. */
function withoutToken(bytes: Uint8Array, bodyAt: number): number {
  const reader = new ByteReader(bytes);
  reader.offset = bodyAt + TIME_LENGTH;
  reader.text();
  bytes[reader.offset - 1] = 0;
  const start = reader.offset - 1 - TIME_LENGTH;
  bytes.copyWithin(start, bodyAt, bodyAt + TIME_LENGTH);
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

function writeProjectIds(writer: ByteWriter, { projectIds }: Credentials): void {
  writer.leb128(projectIds.length);
  for (const [id, name] of projectIds) writer.text(id).text(name);
}

function readPairs(reader: ByteReader): [Uint8Array, Uint8Array][] {
  const count = reader.leb128();
  const pairs: [Uint8Array, Uint8Array][] = [];
  for (let i = 0; i < count; i++) pairs.push([reader.text(), reader.text()]);
  return pairs;
}
