import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { bitOf, type Rights } from '../access/rights.ts';
import { type AgentType, agentTypes } from '../agent-type.ts';
import type { WireOptions } from '../coded-enumeration.ts';
import { recipientsOf } from '../sealing/envelope.ts';
import { credentialStates, type StateRecord, type StoredState } from './credential-state.ts';

/** What an account keeps secret, sealed or in clear. */
export interface Secrets {
  /** Empty for none. */
  readonly token: Uint8Array;
  readonly tokenData: Uint8Array | undefined;
}

/** Texts are UTF-8 bytes, times nanoseconds. */
export interface Credentials extends Omit<StateRecord, 'hasToken' | 'hasGrant'> {
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  /** The label of the account; undefined for the one that methods without accounts use. */
  readonly account: Uint8Array | undefined;
  /** The access token; empty where it was revoked or its time is over. */
  readonly token: Uint8Array;
  /** JSON text of the OAuth grant, which outlives the access token. */
  readonly tokenData: Uint8Array | undefined;
  readonly workspaceId: Uint8Array | undefined;
  readonly projectIds: readonly (readonly [Uint8Array, Uint8Array])[];
  readonly selectedRepo: Uint8Array | undefined;
  readonly createdAt: bigint;
  readonly updatedAt: bigint;
  readonly stateReason: Uint8Array | undefined;
  /** The number of the newest refresh that has begun. It grows with each, and with all that closes those before. */
  readonly fencing: bigint;
  /** Refreshes up to this number are closed: another was completed, or the credentials were stored or revoked. */
  readonly closed: bigint;
  /** The number of the last refresh that was told to have failed; 0 for none. */
  readonly failedFencing: bigint;
  /** How many refreshes failed since the last one that did not. */
  readonly failures: number;
  /** When the last of them failed. */
  readonly failedAt: bigint | undefined;
  /** Until when the refresh that is under way keeps others from beginning one; undefined where none is. */
  readonly refreshDeadline: bigint | undefined;
  /** Whether agents for every user are kept from the secrets. */
  readonly isPrivate: boolean;
}

/**
 * Header (little-endian): version u8, agent type code u8, state code u8, flags u8 (1: private), where `agent_type` stands in the Candid record u32, where the
 * Candid record begins u32, expires_at u64 (0: never), since when the state is u64, fencing number u64, deadline of a refresh u64 (0: none), up to which
 * number refreshes are closed u64, which one failed last u64, when u64 (0: none did), how many failed u32. Behind it account and reason as opt texts, then the
 * Candid record `AgentCredentials`. The second version ends its header after the deadline.
 */
const VERSION = 3;
const SECOND_VERSION = 2;
const AT = {
  type: 1,
  state: 2,
  flags: 3,
  typeAt: 4,
  bodyAt: 8,
  expiresAt: 12,
  since: 20,
  fencing: 28,
  deadline: 36,
  closed: 44,
  failedFencing: 52,
  failedAt: 60,
  failures: 68,
} as const;
const PRIVATE = 1;
const HEADER_LENGTH = 72;
const SECOND_HEADER_LENGTH = 44;
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
    .u8(credentials.isPrivate ? PRIVATE : 0)
    .u32(0)
    .u32(0)
    .u64(credentials.expiresAt ?? NEVER)
    .u64(credentials.stateSince)
    .u64(credentials.fencing)
    .u64(credentials.refreshDeadline ?? NEVER)
    .u64(credentials.closed)
    .u64(credentials.failedFencing)
    .u64(credentials.failedAt ?? NEVER)
    .u32(credentials.failures)
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
    const version = this.#bytes[0];
    if (version !== VERSION && version !== SECOND_VERSION)
      throw new Error(`credentials of an unknown version ${version}`);
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
    return this.#reader(this.#headerLength).optional((from) => from.text());
  }

  get stateReason(): Uint8Array | undefined {
    const reader = this.#reader(this.#headerLength);
    reader.optional((from) => from.text());
    return reader.optional((from) => from.text());
  }

  /** Whether agents for every user are kept from the secrets. */
  get isPrivate(): boolean {
    return (this.#view.getUint8(AT.flags) & PRIVATE) !== 0;
  }

  /** Whether there is a secret, and none in clear. */
  get isSealed(): boolean {
    return isSealedWhole(this.secrets);
  }

  /** The secrets alone; an empty token is none. */
  get secrets(): Secrets {
    const reader = this.#reader(this.#bodyAt + TIME_LENGTH);
    const token = reader.text();
    reader.offset = this.#typeAt + 1;
    return { token, tokenData: reader.optional((from) => from.text()) };
  }

  get hasToken(): boolean {
    return this.#bytes[this.#bodyAt + TIME_LENGTH] !== 0;
  }

  get hasGrant(): boolean {
    return this.#bytes[this.#typeAt + 1] !== 0;
  }

  decode(): Credentials {
    const reader = this.#reader(this.#headerLength);
    const account = reader.optional((from) => from.text());
    const stateReason = reader.optional((from) => from.text());
    return {
      ...decodeBody(reader),
      agentType: agentTypes.nameOf(this.typeCode),
      account,
      state: this.state,
      stateSince: this.stateSince,
      stateReason,
      isPrivate: this.isPrivate,
      ...this.#refreshes(),
    };
  }

  /** The Candid record `AgentCredentials`, with the number that the agent type has in a message, and without secrets where the caller may not see them. */
  body(secrets: Rights['secrets'], types: WireOptions = agentTypes): Uint8Array {
    const bytes = this.#bytes;
    const [bodyAt, typeAt] = [this.#bodyAt, this.#typeAt];
    bytes[typeAt] = types.wireIndexOf(this.typeCode);
    if ((secrets & bitOf(this.typeCode)) !== 0) return bytes.subarray(bodyAt);
    return bytes.subarray(cutToken(bytes, bodyAt), cutTokenData(bytes, typeAt + 1));
  }

  /** As `body`, with the grant alone: the time of the access token is over. It is a copy, since the record is read again when it is changed. */
  bodyWithGrant(): Uint8Array {
    const bytes = this.#bytes.slice();
    bytes[this.#typeAt] = agentTypes.wireIndexOf(this.typeCode);
    return bytes.subarray(cutToken(bytes, this.#bodyAt));
  }

  /** A refresh of the second version was closed unless it was the newest one, and under way. */
  #refreshes() {
    const fencing = this.#view.getBigUint64(AT.fencing, true);
    const refreshDeadline = this.#optional(AT.deadline);
    if (this.#bytes[0] === SECOND_VERSION) {
      const hasFailed = this.state === 'refresh_failed';
      return {
        fencing,
        refreshDeadline,
        closed: refreshDeadline === undefined ? fencing : fencing - 1n,
        failedFencing: 0n,
        failures: hasFailed ? 1 : 0,
        failedAt: hasFailed ? this.stateSince : undefined,
      };
    }
    return {
      fencing,
      refreshDeadline,
      closed: this.#view.getBigUint64(AT.closed, true),
      failedFencing: this.#view.getBigUint64(AT.failedFencing, true),
      failures: this.#view.getUint32(AT.failures, true),
      failedAt: this.#optional(AT.failedAt),
    };
  }

  get #headerLength(): number {
    return this.#bytes[0] === SECOND_VERSION ? SECOND_HEADER_LENGTH : HEADER_LENGTH;
  }

  get #bodyAt(): number {
    return this.#view.getUint32(AT.bodyAt, true);
  }

  get #typeAt(): number {
    return this.#bodyAt + this.#view.getUint32(AT.typeAt, true);
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

/** Whether there is a secret, and none in clear. */
export function isSealedWhole({ token, tokenData }: Secrets): boolean {
  const secrets = [token, tokenData].filter((secret) => secret !== undefined && secret.length > 0);
  return (
    secrets.length > 0 &&
    secrets.every((secret) => secret !== undefined && recipientsOf(secret) !== undefined)
  );
}

/** Whether credentials in their stored form hold a token or a grant. */
export function credentialsHoldSecret(stored: Uint8Array): boolean {
  const { hasToken, hasGrant } = new StoredCredentials(stored);
  return hasToken || hasGrant;
}

/** What there is of the secrets, and the rest that a state follows from. */
export function stateRecordOf(credentials: Credentials): StateRecord {
  const { token, tokenData } = credentials;
  return { ...credentials, hasToken: token.length > 0, hasGrant: tokenData !== undefined };
}

/** What remains when the time of the access token is over, and its grant goes on. */
export function withoutToken(credentials: Credentials): Credentials {
  return { ...credentials, token: new Uint8Array(0) };
}

/** What remains of credentials that were revoked or have expired: everything but the secrets. */
export function withoutSecrets(credentials: Credentials): Credentials {
  return { ...withoutToken(credentials), tokenData: undefined };
}

/** Until when a refresh that is under way at a time keeps others from beginning one. */
export function deadlineAfter(
  { refreshDeadline }: Pick<Credentials, 'refreshDeadline'>,
  now: bigint,
): bigint | undefined {
  return refreshDeadline !== undefined && refreshDeadline > now ? refreshDeadline : undefined;
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
    closed: 0n,
    failedFencing: 0n,
    failures: 0,
    failedAt: undefined,
    refreshDeadline: undefined,
    isPrivate: false,
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
function cutToken(bytes: Uint8Array, bodyAt: number): number {
  const reader = new ByteReader(bytes);
  reader.offset = bodyAt + TIME_LENGTH;
  reader.text();
  bytes[reader.offset - 1] = 0;
  const start = reader.offset - 1 - TIME_LENGTH;
  bytes.copyWithin(start, bodyAt, bodyAt + TIME_LENGTH);
  return start;
}

/** Writes null in the place of the token data, and what follows right behind. Returns where the record ends now. */
function cutTokenData(bytes: Uint8Array, at: number): number {
  const reader = new ByteReader(bytes);
  reader.offset = at;
  if (reader.u8() === 0) return bytes.length;
  reader.text();
  bytes[at] = 0;
  bytes.copyWithin(at + 1, reader.offset);
  return bytes.length - (reader.offset - at - 1);
}

export function writeProjectIds(writer: ByteWriter, { projectIds }: Credentials): void {
  writer.leb128(projectIds.length);
  for (const [id, name] of projectIds) writer.text(id).text(name);
}

function readPairs(reader: ByteReader): [Uint8Array, Uint8Array][] {
  const count = reader.leb128();
  const pairs: [Uint8Array, Uint8Array][] = [];
  for (let i = 0; i < count; i++) pairs.push([reader.text(), reader.text()]);
  return pairs;
}
