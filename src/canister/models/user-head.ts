import { AGENT_TYPE_ROOM } from './agent-type.ts';

/** The three logs, each with a chain of records for every user, and one for every user and agent type. */
export type ChainKind = 'session' | 'interaction' | 'activity';

const VERSION = 1;
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
const SIZE = TYPES_AT + AGENT_TYPE_ROOM * PER_TYPE;

/**
 * What is known of a user without reading a record: counters, and where each of their chains begins. It is read and written in
 * place, since a call needs a few of its many numbers. Sequence number 0 means that there is no record.
 */
export class UserHead {
  readonly user: number;
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  /** A stored head, or that of a user of whom nothing is stored yet. */
  constructor(user: number, stored?: Uint8Array) {
    this.user = user;
    this.bytes = stored ?? new Uint8Array(SIZE);
    if (stored === undefined) this.bytes[0] = VERSION;
    if (this.bytes[0] !== VERSION) throw new Error(`user head of an unknown version ${this.bytes[0]}`);
    this.#view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
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

  /** Nanoseconds; 0 when nothing happened yet. */
  get lastActivity(): bigint {
    return this.#view.getBigUint64(AT.lastActivity, true);
  }
  set lastActivity(value: bigint) {
    this.#view.setBigUint64(AT.lastActivity, value, true);
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

function typeOffset(typeCode: number): number {
  return TYPES_AT + typeCode * PER_TYPE;
}

function chainOffset(kind: ChainKind, typeCode?: number): number {
  return (typeCode === undefined ? AT.chains : typeOffset(typeCode)) + CHAIN_AT[kind];
}
