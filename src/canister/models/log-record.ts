import { ByteWriter } from '../codec/index.ts';
import { agentTypes } from './agent-type.ts';

/**
 * The stored form that sessions, interactions and activities share: a fixed header, then the record as Candid writes it, so that a reply
 * copies it. Header (little-endian): version u8, agent type code u8, detail u8, flag u8, user u32, the sequence numbers of the user's
 * record before it u32 and of the one of the same agent type u32, where `agent_type` stands in the Candid record u32. A sealed record ends with
 * the salt and the commitment of its entry in the audit log.
 */
const VERSION = 1;
const SEALED = 2;
export const SALT_BYTES = 16;
export const DIGEST_BYTES = 32;
const SEAL_BYTES = SALT_BYTES + DIGEST_BYTES;
const AT = {
  type: 1,
  detail: 2,
  flag: 3,
  user: 4,
  previousOfUser: 8,
  previousOfType: 12,
  typeAt: 16,
} as const;
export const BODY_AT = 20;

/** Where a record stands in its user's chains; sequence number 0 means that it is the first. */
export interface ChainLinks {
  readonly user: number;
  readonly previousOfUser: number;
  readonly previousOfType: number;
}

export interface LogRecordHeader {
  readonly links: ChainLinks;
  readonly typeCode: number;
  /** A session's state, an activity's type. */
  readonly detail: number;
  /** Whether an interaction succeeded. */
  readonly flag: boolean;
}

/** Writes the Candid record that stands behind a header. */
class LogRecordWriter extends ByteWriter {
  /** The place of `agent_type` in the Candid record: a reply gets today's number there. */
  agentType(): this {
    return this.setU32(AT.typeAt, this.length - BODY_AT).u8(0);
  }
}

/** One for all records, which are written one after the other: making one takes as long as what a record writes. */
const writer = new LogRecordWriter(1024);

/** Begins a record with its header. The Candid record follows, before another record is begun. */
export function beginLogRecord({ links, typeCode, detail, flag }: LogRecordHeader): LogRecordWriter {
  return writer
    .restart()
    .u8(VERSION)
    .u8(typeCode)
    .u8(detail)
    .bool(flag)
    .u32(links.user)
    .u32(links.previousOfUser)
    .u32(links.previousOfType)
    .u32(0);
}

/** What proves a record's content to whoever has that and the salt, and says nothing to whoever has neither. */
export interface Seal {
  readonly salt: Uint8Array;
  readonly commitment: Uint8Array;
}

/** The stored form of a record with its seal. */
export function sealRecord(record: Uint8Array, { salt, commitment }: Seal): Uint8Array {
  const sealed = new Uint8Array(record.length + SEAL_BYTES);
  sealed.set(record);
  sealed[0] = SEALED;
  sealed.set(salt, record.length);
  sealed.set(commitment, record.length + SALT_BYTES);
  return sealed;
}

/** A stored record, read in place. */
export class LogRecord {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the Candid record ends. */
  readonly end: number;

  constructor(bytes: Uint8Array) {
    if (bytes[0] !== VERSION && bytes[0] !== SEALED) {
      throw new Error(`record of an unknown version ${bytes[0]}`);
    }
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length - (bytes[0] === SEALED ? SEAL_BYTES : 0);
  }

  /** Undefined for a record that is not sealed. */
  get seal(): Seal | undefined {
    if (this.end === this.bytes.length) return undefined;
    const at = this.end + SALT_BYTES;
    return { salt: this.bytes.subarray(this.end, at), commitment: this.bytes.subarray(at) };
  }

  get typeCode(): number {
    return this.view.getUint8(AT.type);
  }

  get detail(): number {
    return this.view.getUint8(AT.detail);
  }

  get flag(): boolean {
    return this.view.getUint8(AT.flag) === 1;
  }

  get user(): number {
    return this.view.getUint32(AT.user, true);
  }

  get previousOfUser(): number {
    return this.view.getUint32(AT.previousOfUser, true);
  }

  get previousOfType(): number {
    return this.view.getUint32(AT.previousOfType, true);
  }

  get links(): ChainLinks {
    return { user: this.user, previousOfUser: this.previousOfUser, previousOfType: this.previousOfType };
  }

  /** Where the Candid record's `agent_type` stands, from the beginning of the stored bytes. */
  get typeAt(): number {
    return BODY_AT + this.view.getUint32(AT.typeAt, true);
  }

  /** The Candid record, with today's number of its agent type in it. */
  body(): Uint8Array {
    this.bytes[this.typeAt] = agentTypes.wireIndexOf(this.typeCode);
    return this.bytes.subarray(BODY_AT, this.end);
  }
}
