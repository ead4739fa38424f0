import { AGENT_TYPE_ROOM } from '../agent-type.ts';
import { CELL_BYTES, type Cell, type CellKey, countInCells, openCells } from '../analytics/analytics-cell.ts';
import type { Happening } from '../analytics/happening.ts';
import type { StoredTotals } from '../analytics/stored-totals.ts';

/** The three logs, each with a chain of records for every user, and one for every user and agent type. */
export type ChainKind = 'session' | 'interaction' | 'activity';

/** The first version ended before the stored bytes and the number of credentials, the second before the user_id and what was counted lately. */
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
const FIRST_MONTH_AT = CREDENTIALS_AT + 4;
const USER_ID_LENGTH_AT = FIRST_MONTH_AT + 2;
const USER_ID_AT = USER_ID_LENGTH_AT + 2;

/**
 * What is known of a user without reading a record: counters, and where each of their chains begins. It is read and written in
 * place, since a call needs a few of its many numbers. Sequence number 0 means that there is no record.
 */
export class UserHead {
  readonly user: number;
  #bytes: Uint8Array;
  #view: DataView;
  #change = unchanged();

  /** A stored head, or that of a user of whom nothing is stored yet. */
  constructor(user: number, stored?: Uint8Array) {
    this.user = user;
    this.#bytes = stored?.[0] === VERSION ? stored : today(stored);
    this.#view = viewOf(this.#bytes);
    // There was one account of each agent type.
    if (stored?.[0] === FIRST_VERSION) this.#view.setUint32(CREDENTIALS_AT, this.connectedAgents, true);
  }

  /** The stored form. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** UTF-8; empty in a head of an earlier version, until something is written that names its user. */
  get userId(): Uint8Array {
    return this.#bytes.subarray(USER_ID_AT, this.#cellsAt);
  }

  /** Notes the user_id where it is not there yet. */
  nameUser(userId: Uint8Array): void {
    if (this.#cellsAt > USER_ID_AT) return;
    const bytes = new Uint8Array(this.#bytes.length + userId.length);
    bytes.set(this.#bytes.subarray(0, USER_ID_AT));
    bytes.set(userId, USER_ID_AT);
    bytes.set(this.#bytes.subarray(USER_ID_AT), USER_ID_AT + userId.length);
    this.#replace(bytes);
    this.#view.setUint16(USER_ID_LENGTH_AT, userId.length, true);
  }

  /** Counts something in the open cells, which are the end of the head. */
  count(key: CellKey, happening: Happening): void {
    const bytes = countInCells(this.#bytes, this.#cellsAt, key, happening);
    if (bytes !== this.#bytes) this.#replace(bytes);
  }

  get openCells(): Cell[] {
    return openCells(this.#bytes, this.#cellsAt);
  }

  get openCellCount(): number {
    return (this.#bytes.length - this.#cellsAt) / CELL_BYTES;
  }

  clearCells(): void {
    this.#replace(this.#bytes.slice(0, this.#cellsAt));
  }

  /** The first month for which there are closed cells; 0 where there is none. */
  get firstMonth(): number {
    return this.#view.getUint16(FIRST_MONTH_AT, true);
  }

  /** Notes that there are closed cells for a month. */
  noteMonth(month: number): void {
    if (this.firstMonth === 0 || month < this.firstMonth) this.#view.setUint16(FIRST_MONTH_AT, month, true);
  }

  get activeSessions(): number {
    return this.#view.getUint32(AT.activeSessions, true);
  }
  set activeSessions(value: number) {
    this.#change.activeSessions += value - this.activeSessions;
    this.#view.setUint32(AT.activeSessions, value, true);
  }

  get totalSessions(): number {
    return this.#view.getUint32(AT.totalSessions, true);
  }
  set totalSessions(value: number) {
    this.#change.sessions += value - this.totalSessions;
    this.#view.setUint32(AT.totalSessions, value, true);
  }

  get interactions(): number {
    return this.#view.getUint32(AT.interactions, true);
  }
  set interactions(value: number) {
    this.#change.interactions += value - this.interactions;
    this.#view.setUint32(AT.interactions, value, true);
  }

  get activities(): number {
    return this.#view.getUint32(AT.activities, true);
  }
  set activities(value: number) {
    this.#change.activities += value - this.activities;
    this.#view.setUint32(AT.activities, value, true);
  }

  /** What is stored of the user. */
  get totals(): StoredTotals {
    const {
      totalSessions: sessions,
      activeSessions,
      credentials,
      interactions,
      activities,
      storedBytes: bytes,
    } = this;
    return { sessions, activeSessions, credentials, interactions, activities, bytes };
  }

  /** How much more or less that is than it was when this was asked before, or when the head was read. */
  takeChange(): StoredTotals {
    const change = this.#change;
    this.#change = unchanged();
    return change;
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
    const before = this.storedBytes;
    const value = Math.max(0, before + difference);
    this.#change.bytes += value - before;
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
    this.#change.credentials += value - this.credentials;
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

  get #cellsAt(): number {
    return USER_ID_AT + this.#view.getUint16(USER_ID_LENGTH_AT, true);
  }

  #replace(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = viewOf(bytes);
  }

  get #connected(): number {
    return this.#view.getUint16(AT.connectedTypes, true);
  }
}

function unchanged() {
  return { sessions: 0, activeSessions: 0, credentials: 0, interactions: 0, activities: 0, bytes: 0 };
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
