import type { Text } from '../codec/index.ts';
import { encodeTombstone, isTombstone } from '../models/audit/audit-entry.ts';
import { type ChainLinks, LogRecord } from '../models/log-record.ts';
import { decodeId } from '../models/record-id.ts';
import type { ChainKind, UserHead } from '../models/users/user-head.ts';
import type { RecordMap } from './byte-map.ts';
import type { Sequences } from './sequences.ts';

/** A record of a log, and its sequence number. */
export interface LogEntry {
  readonly sequence: number;
  readonly record: LogRecord;
}

/** Looks at a record of a walk, after which nothing else does; false ends it. */
type Visit = (record: LogRecord, sequence: number) => boolean;

export interface RecordLogOptions {
  /** Whether a user is being erased: their records are as good as gone. */
  readonly isErased: (user: number) => boolean;
  /** Seals a new record in place, for the log that is chained. */
  readonly seal?: (sequence: number, bytes: Uint8Array) => void;
}

/**
 * A log of records in the order in which they came, each with a link to the record before it of the same user, and of the same user and
 * agent type. The user's head has the newest of each, so that the newest n are read with n gets, however many there are.
 */
export class RecordLog {
  readonly #kind: ChainKind;
  readonly #map: RecordMap;
  readonly #sequences: Sequences;
  readonly #options: RecordLogOptions;
  readonly #key = new Uint8Array(4);
  readonly #keyView = new DataView(this.#key.buffer);
  #peeked: LogEntry | undefined;

  constructor(kind: ChainKind, map: RecordMap, sequences: Sequences, options: RecordLogOptions) {
    this.#kind = kind;
    this.#map = map;
    this.#sequences = sequences;
    this.#options = options;
  }

  /** The sequence number of the record that `append` adds next. */
  get next(): number {
    return this.#sequences.last(this.#kind) + 1;
  }

  /** Where that record stands in the chains of its user. */
  linksFor(head: UserHead, typeCode: number): ChainLinks {
    return {
      user: head.user,
      previousOfUser: head.newest(this.#kind),
      previousOfType: head.newest(this.#kind, typeCode),
    };
  }

  /** Adds a record and makes it the newest in the head, which the caller saves. Returns its sequence number. */
  append(head: UserHead, typeCode: number, bytes: Uint8Array): number {
    const sequence = this.appendUnlinked(bytes);
    head.addStoredBytes(bytes.length);
    head.setNewest(this.#kind, typeCode, sequence);
    return sequence;
  }

  /** Adds a record that is no user's. Returns its sequence number. */
  appendUnlinked(bytes: Uint8Array): number {
    const sequence = this.#sequences.next(this.#kind);
    this.#options.seal?.(sequence, bytes);
    this.#map.set(this.#keyOf(sequence), bytes);
    return sequence;
  }

  /** Undefined where there is none, or no more. */
  get(sequence: number): LogRecord | undefined {
    const peeked = this.#peeked;
    const isPeeked = peeked?.sequence === sequence;
    if (isPeeked) this.#peeked = undefined;
    // The call that peeked may have been refused, and the user be erased since.
    const record = isPeeked ? peeked.record : this.#read(sequence);
    return record === undefined || this.#options.isErased(record.user) ? undefined : record;
  }

  /** The record with an id; undefined where there is none, or no more. */
  find(id: Text): LogRecord | undefined {
    const sequence = decodeId(this.#kind, id);
    return sequence === undefined ? undefined : this.get(sequence);
  }

  /** As `find`, for a record that is to be changed. */
  findEntry(id: Text): LogEntry | undefined {
    const sequence = decodeId(this.#kind, id);
    const record = sequence === undefined ? undefined : this.get(sequence);
    return sequence === undefined || record === undefined ? undefined : { sequence, record };
  }

  /** What is stored under a sequence number, whatever it is. */
  stored(sequence: number): Uint8Array | undefined {
    return this.#map.get(this.#keyOf(sequence));
  }

  /** As `get`, where the next step of the same message gets the record again: that is not read twice then. */
  peek(sequence: number): LogRecord | undefined {
    const record = this.get(sequence);
    this.#peeked = record === undefined ? undefined : { sequence, record };
    return record;
  }

  /** Writes a record back that was changed in place. */
  put({ sequence, record }: LogEntry): void {
    this.#peeked = undefined;
    this.#map.set(this.#keyOf(sequence), record.bytes);
  }

  /** Writes another form of a record in its place, of which nothing is left that was there: it may hold a token. The caller saves the head. */
  replace(head: UserHead, { sequence, record }: LogEntry, bytes: Uint8Array): void {
    this.#peeked = undefined;
    const { length } = record.bytes;
    if (bytes.length !== length) this.#map.wipe(this.#keyOf(sequence), length);
    this.#map.set(this.#keyOf(sequence), bytes);
    head.addStoredBytes(bytes.length - length);
  }

  /** Takes a record away for ever; what follows it in its chains is not found from newer ones any more. The caller saves the head. */
  remove(head: UserHead, entry: LogEntry): void {
    this.#wipe(head, entry);
    this.#map.delete(this.#keyOf(entry.sequence));
  }

  /** As `remove`, and leaves the commitment of a sealed record, and the entry that tells of it: those are the log's, and not the user's. */
  erase(head: UserHead, entry: LogEntry, toldBy: number): void {
    const { seal } = entry.record;
    if (seal === undefined) return this.remove(head, entry);
    const tombstone = encodeTombstone(seal.commitment, toldBy);
    this.#wipe(head, entry);
    this.#map.set(this.#keyOf(entry.sequence), tombstone);
  }

  /** Overwrites a record: a map leaves the bytes of what it removes, and of what it writes in another length. */
  #wipe(head: UserHead, { sequence, record }: LogEntry): void {
    this.#peeked = undefined;
    this.#map.wipe(this.#keyOf(sequence), record.bytes.length);
    head.addStoredBytes(-record.bytes.length);
  }

  /** The last sequence number that was given. */
  get last(): number {
    return this.#sequences.last(this.#kind);
  }

  /** How many records there are. */
  size(): number {
    return this.#map.size();
  }

  /**
   * Visits a user's records from the newest to the oldest, or from `from` on, until `visit` returns false. With a type code it
   * follows the chain of that agent type.
   */
  walk(
    head: UserHead,
    options: { readonly typeCode?: number | undefined; readonly from?: number | undefined },
    visit: Visit,
  ): void {
    if (this.#options.isErased(head.user)) return;
    let sequence = options.from ?? head.newest(this.#kind, options.typeCode);
    while (sequence !== 0) {
      const record = this.#read(sequence);
      if (record === undefined) return;
      const previous = options.typeCode === undefined ? record.previousOfUser : record.previousOfType;
      if (!visit(record, sequence)) return;
      sequence = previous;
    }
  }

  /** As `walk`, along the chains of these agent types at once, so that no record of another is read. */
  walkTypes(head: UserHead, typeCodes: readonly number[], visit: Visit): void {
    if (this.#options.isErased(head.user)) return;
    const next = typeCodes.map((typeCode) => head.newest(this.#kind, typeCode));
    for (;;) {
      const sequence = Math.max(0, ...next);
      const record = sequence === 0 ? undefined : this.#read(sequence);
      if (record === undefined) return;
      next[next.indexOf(sequence)] = record.previousOfType;
      if (!visit(record, sequence)) return;
    }
  }

  /** As `get`, for a user of whom it is known that they are not being erased. */
  #read(sequence: number): LogRecord | undefined {
    const bytes = this.#map.get(this.#keyOf(sequence));
    return bytes === undefined || isTombstone(bytes) ? undefined : new LogRecord(bytes);
  }

  /** The key of a record, big-endian as all keys are. There is one, since a list asks for many and a map keeps none. */
  #keyOf(sequence: number): Uint8Array {
    this.#keyView.setUint32(0, sequence);
    return this.#key;
  }
}
