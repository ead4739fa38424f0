import { AGENT_TYPE_ROOM } from './agent-type.ts';

/** The three logs, each with a chain of records for every user, and one for every user and agent type. */
export type ChainKind = 'session' | 'interaction' | 'activity';

/** The first version ended before the stored bytes and the number of credentials, the second before the user_id. */
const FIRST_VERSION = 1;
const SECOND_VERSION = 2;
const VERSION = 3;
const AT = {
  connectedTypes: 2,
  activeSessions: 4,
  totalSessions: 8,
  interactions: 12,
  activities: 16,
  lastActivity: 20,
  chains: 28,
} as const;
const CHAIN_AT: Readonly<Record<ChainKind, number>> = { session: 0, interaction: 4, activity: 8 };
const CURRENT_SESSION_AT = 12;
const PER_TYPE = 16;
const TYPES_AT = AT.chains + 12;
const STORED_BYTES_AT = TYPES_AT + AGENT_TYPE_ROOM * PER_TYPE;
const CREDENTIALS_AT = STORED_BYTES_AT + 8;
const USER_ID_AT = CREDENTIALS_AT + 4;

/**
 * What is known of a user without reading a record: counters, and where each of their chains begins. It is read and written in
 * place, since a call needs a few of its many numbers. Sequence number 0 means that there is no record.
 */
export class UserHead {
  readonly user: number;
  #bytes: Uint8Array;
  #view: DataView;

  /** A stored head, or that of a user of whom nothing is stored yet. */
  constructor(user: number, stored?: Uint8Array) {
    this.user = user;
    this.#bytes = stored?.[0] === VERSION ? stored : today(stored);
    this.#view = viewOf(this.#bytes);
    // There was one account of each agent type.
    if (stored?.[0] === FIRST_VERSION) this.credentials = this.connectedAgents;
  }

  /** The stored form. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** UTF-8; empty in a head of an earlier version, until something is written that names its user. */
  get userId(): Uint8Array {
    return this.#bytes.subarray(USER_ID_AT);
  }

  /** Notes the user_id where it is not there yet. */
  nameUser(userId: Uint8Array): void {
    if (this.#bytes.length > USER_ID_AT) return;
    const bytes = new Uint8Array(USER_ID_AT + userId.length);
    bytes.set(this.#bytes);
    bytes.set(userId, USER_ID_AT);
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  get activeSessions(): number {
    return this.#view.getUint32(AT.activeSessions, true);
  }
  set activeSessions(value: number) {
    this.#view.setUint32(AT.activeSessions, value, true);
  }

  get totalSessions(): number {
    return this.#view.getUint32(AT.totalSessions, true);
  }
  set totalSessions(value: number) {
    this.#view.setUint32(AT.totalSessions, value, true);
  }

  get interactions(): number {
    return this.#view.getUint32(AT.interactions, true);
  }
  set interactions(value: number) {
    this.#view.setUint32(AT.interactions, value, true);
  }

  get activities(): number {
    return this.#view.getUint32(AT.activities, true);
  }
  set activities(value: number) {
    this.#view.setUint32(AT.activities, value, true);
  }

  /**
   * Bytes of the user's records, below 2^53. What was stored before this was counted is not in it, and cannot be taken out of it: it
   * stays at 0 or above.
   */
  get storedBytes(): number {
    const low = this.#view.getUint32(STORED_BYTES_AT, true);
    return this.#view.getUint32(STORED_BYTES_AT + 4, true) * 0x1_0000_0000 + low;
  }

  /** Notes that so many bytes were added, or taken away. */
  addStoredBytes(difference: number): void {
    const value = Math.max(0, this.storedBytes + difference);
    this.#view.setUint32(STORED_BYTES_AT, value % 0x1_0000_0000, true);
    this.#view.setUint32(STORED_BYTES_AT + 4, Math.floor(value / 0x1_0000_0000), true);
  }

  /** Nanoseconds; 0 when nothing happened yet. */
  get lastActivity(): bigint {
    return this.#view.getBigUint64(AT.lastActivity, true);
  }
  set lastActivity(value: bigint) {
    this.#view.setBigUint64(AT.lastActivity, value, true);
  }

  /** How many accounts have a token. */
  get credentials(): number {
    return this.#view.getUint32(CREDENTIALS_AT, true);
  }
  set credentials(value: number) {
    this.#view.setUint32(CREDENTIALS_AT, value, true);
  }

  /** How many agent types have credentials stored. */
  get connectedAgents(): number {
    let count = 0;
    for (let bits = this.#connected; bits !== 0; bits >>>= 1) count += bits & 1;
    return count;
  }

  isConnected(typeCode: number): boolean {
    return (this.#connected & (1 << typeCode)) !== 0;
  }

  setConnected(typeCode: number, connected: boolean): void {
    const bit = 1 << typeCode;
    const bits = connected ? this.#connected | bit : this.#connected & ~bit;
    this.#view.setUint16(AT.connectedTypes, bits, true);
  }

  /** The newest record of the user, or of the user and one agent type. */
  newest(kind: ChainKind, typeCode?: number): number {
    return this.#view.getUint32(chainOffset(kind, typeCode), true);
  }

  /** Makes a record the newest of the user and of the agent type. */
  setNewest(kind: ChainKind, typeCode: number, sequence: number): void {
    this.#view.setUint32(chainOffset(kind), sequence, true);
    this.#view.setUint32(chainOffset(kind, typeCode), sequence, true);
  }

  /** Where the user's chain begins when its newest records are gone; the chains of the agent types are left. */
  setNewestOfUser(kind: ChainKind, sequence: number): void {
    this.#view.setUint32(chainOffset(kind), sequence, true);
  }

  /** The session that interactions of the agent type belong to: the newest active one. */
  currentSession(typeCode: number): number {
    return this.#view.getUint32(typeOffset(typeCode) + CURRENT_SESSION_AT, true);
  }

  setCurrentSession(typeCode: number, sequence: number): void {
    this.#view.setUint32(typeOffset(typeCode) + CURRENT_SESSION_AT, sequence, true);
  }

  get #connected(): number {
    return this.#view.getUint16(AT.connectedTypes, true);
  }
}

/** An empty head, or what is in one of an earlier version, in the form of today. */
function today(stored: Uint8Array | undefined): Uint8Array {
  const bytes = new Uint8Array(USER_ID_AT);
  if (stored !== undefined) {
    if (stored[0] !== FIRST_VERSION && stored[0] !== SECOND_VERSION)
      throw new Error(`user head of an unknown version ${stored[0]}`);
    bytes.set(stored);
  }
  bytes[0] = VERSION;
  return bytes;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function typeOffset(typeCode: number): number {
  return TYPES_AT + typeCode * PER_TYPE;
}

function chainOffset(kind: ChainKind, typeCode?: number): number {
  return (typeCode === undefined ? AT.chains : typeOffset(typeCode)) + CHAIN_AT[kind];
}
