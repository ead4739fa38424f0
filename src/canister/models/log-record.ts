import { ByteWriter } from '../codec/index.ts';
import { agentTypes } from './agent-type.ts';
import type { WireOptions } from './coded-enumeration.ts';

/**
 * The stored form that sessions, interactions and activities share: a fixed header, then the record as Candid writes it, so that a reply
 * copies it. Header (little-endian): version u8, agent type code u8, detail u8, flag u8, user u32, the sequence numbers of the user's
 * record before it u32 and of the one of the same agent type u32, where `agent_type` stands in the Candid record u32.
 *
 * An entry of the audit log ends with its seal, the salt and the commitment. Its header has no place of `agent_type`, which is the last field but
 * one, and its Candid record begins with the id's last characters: what all ids begin with takes the place of the header when a reply is made. With
 * these 17 bytes, four entries instead of five fit on a page of the map. An earlier version has them; 3 is what is left of an erased entry.
 */
const VERSION = 1;
const SEALED_IN_FULL = 2;
const SEALED = 4;
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
/** Where the Candid record of an entry goes on, which begins with an id. */
export const ENTRY_AT = 16;
/** What stands behind the last field but one of an entry: that, and the time u64. */
const ENTRY_END = 9;
/** The flag in the header's first four bytes, which are written as one number. */
const FLAG = 1 << 24;

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
  /** The record with room for its seal. */
  finishUnsealed(): Uint8Array {
    this.length += SEAL_BYTES;
    return this.finish();
  }

  /** The place of `agent_type` in the Candid record: a reply gets today's number there. */
  agentType(): this {
    return this.setU32(AT.typeAt, this.length - BODY_AT).u8(0);
  }
}

/** One for all records, which are written one after the other: making one takes as long as what a record writes. */
const writer = new LogRecordWriter(1024);

/** Begins a record with its header. The Candid record follows, before another record is begun. */
export function beginLogRecord(header: LogRecordHeader): LogRecordWriter {
  return begin(VERSION, header).u32(0);
}

/** As `beginLogRecord`, for an entry of the audit log. The end of its id follows. */
export function beginEntry(header: LogRecordHeader): LogRecordWriter {
  return begin(SEALED, header);
}

function begin(version: number, { links, typeCode, detail, flag }: LogRecordHeader): LogRecordWriter {
  return writer
    .restart()
    .u32(version | (typeCode << 8) | (detail << 16) | (flag ? FLAG : 0))
    .u32(links.user)
    .u32(links.previousOfUser)
    .u32(links.previousOfType);
}

/** What proves a record's content to whoever has that and the salt, and says nothing to whoever has neither. */
export interface Seal {
  readonly salt: Uint8Array;
  readonly commitment: Uint8Array;
}

/** A stored record, read in place. */
export class LogRecord {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the Candid record ends. */
  readonly end: number;

  constructor(bytes: Uint8Array) {
    // Taking it apart as an array would take an iterator.
    const version = bytes[0];
    if (version !== VERSION && version !== SEALED && version !== SEALED_IN_FULL) {
      throw new Error(`record of an unknown version ${version}`);
    }
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.end = bytes.length - (version === VERSION ? 0 : SEAL_BYTES);
  }

  /** Whether the beginning of its Candid record is there, as in all but entries of the audit log. */
  get isInFull(): boolean {
    return this.bytes[0] !== SEALED;
  }

  /** Undefined for a record that is not sealed. */
  get seal(): Seal | undefined {
    if (this.end === this.bytes.length) return undefined;
    const at = this.end + SALT_BYTES;
    return { salt: this.bytes.subarray(this.end, at), commitment: this.bytes.subarray(at) };
  }

  /** Seals an entry that was written with room for it. */
  setSeal({ salt, commitment }: Seal): void {
    this.bytes.set(salt, this.end);
    this.bytes.set(commitment, this.end + SALT_BYTES);
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

  /** The same in an entry of the audit log. */
  get entryTypeAt(): number {
    return this.end - ENTRY_END;
  }

  /** The Candid record, with the number that its agent type has in a message. */
  body(types: WireOptions = agentTypes): Uint8Array {
    this.bytes[this.typeAt] = types.wireIndexOf(this.typeCode);
    return this.bytes.subarray(BODY_AT, this.end);
  }

  /** As `body`, for an entry of the audit log, with what its Candid record begins with. That takes the place of the header: nothing is read after this. */
  entryBody(beginning: Uint8Array, types: WireOptions = agentTypes): Uint8Array {
    this.bytes[this.entryTypeAt] = types.wireIndexOf(this.typeCode);
    const at = ENTRY_AT - beginning.length;
    this.bytes.set(beginning, at);
    return this.bytes.subarray(at, this.end);
  }
}
