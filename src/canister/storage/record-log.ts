import { isTombstone } from '../models/audit-entry.ts';
import { type ChainLinks, LogRecord } from '../models/log-record.ts';
import { encodeId } from '../models/record-id.ts';
import type { ChainKind, UserHead } from '../models/user-head.ts';
import type { ByteMap } from './byte-map.ts';
import { sequenceKey } from './keys.ts';
import type { Sequences } from './sequences.ts';

/** A record of a log, and its sequence number. */
export interface LogEntry {
  readonly sequence: number;
  readonly record: LogRecord;
}

export interface RecordLogOptions {
  /** Whether a user is being erased: their records are as good as gone. */
  readonly isErased: (user: number) => boolean;
  /** The stored form of a new record, for the log that is chained. */
  readonly seal?: (sequence: number, bytes: Uint8Array) => Uint8Array;
}

/**
 * A log of records in the order in which they came, each with a link to the record before it of the same user, and of the same user and
 * agent type. The user's head has the newest of each, so that the newest n are read with n gets, however many there are.
 */
export class RecordLog {
  readonly #kind: ChainKind;
  readonly #map: ByteMap;
  readonly #sequences: Sequences;
  readonly #options: RecordLogOptions;
  #peeked: LogEntry | undefined;

  constructor(kind: ChainKind, map: ByteMap, sequences: Sequences, options: RecordLogOptions) {
    this.#kind = kind;
    this.#map = map;
    this.#sequences = sequences;
    this.#options = options;
  }

  /** Adds a record and makes it the newest in the head, which the caller saves. Returns the record's sequence number and id. */
  append(
    head: UserHead,
    typeCode: number,
    encode: (id: Uint8Array, links: ChainLinks) => Uint8Array,
  ): { sequence: number; id: Uint8Array } {
    const sequence = this.#sequences.next(this.#kind);
    const id = encodeId(this.#kind, sequence);
    const links = {
      user: head.user,
      previousOfUser: head.newest(this.#kind),
      previousOfType: head.newest(this.#kind, typeCode),
    };
    this.#store(sequence, encode(id, links));
    head.setNewest(this.#kind, typeCode, sequence);
    return { sequence, id };
  }

  /** Adds a record that is no user's. Returns its sequence number. */
  appendUnlinked(encode: (id: Uint8Array) => Uint8Array): number {
    const sequence = this.#sequences.next(this.#kind);
    this.#store(sequence, encode(encodeId(this.#kind, sequence)));
    return sequence;
  }

  /** Undefined where there is none, or no more. */
  get(sequence: number): LogRecord | undefined {
    const peeked = this.#peeked;
    if (peeked?.sequence === sequence) {
      this.#peeked = undefined;
      return peeked.record;
    }
    const bytes = this.#map.get(sequenceKey(sequence));
    if (bytes === undefined || isTombstone(bytes)) return undefined;
    const record = new LogRecord(bytes);
    return this.#options.isErased(record.user) ? undefined : record;
  }

  /** What is stored under a sequence number, whatever it is. */
  stored(sequence: number): Uint8Array | undefined {
    return this.#map.get(sequenceKey(sequence));
  }

  remove(sequence: number): void {
    this.#peeked = undefined;
    this.#map.delete(sequenceKey(sequence));
  }

  /** As `get`, where the next step of the same message gets the record again: that is not read twice then. */
  peek(sequence: number): LogRecord | undefined {
    const record = this.get(sequence);
    this.#peeked = record === undefined ? undefined : { sequence, record };
    return record;
  }

  /** Writes a changed record back in its place. */
  put(sequence: number, bytes: Uint8Array): void {
    this.#peeked = undefined;
    this.#map.set(sequenceKey(sequence), bytes);
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
    visit: (entry: LogEntry) => boolean,
  ): void {
    let sequence = options.from ?? head.newest(this.#kind, options.typeCode);
    while (sequence !== 0) {
      const record = this.get(sequence);
      if (record === undefined) return;
      const next = options.typeCode === undefined ? record.previousOfUser : record.previousOfType;
      if (!visit({ sequence, record })) return;
      sequence = next;
    }
  }

  /** As `walk`, along the chains of these agent types at once, so that no record of another is read. */
  walkTypes(head: UserHead, typeCodes: readonly number[], visit: (entry: LogEntry) => boolean): void {
    const next = typeCodes.map((typeCode) => head.newest(this.#kind, typeCode));
    for (;;) {
      const sequence = Math.max(0, ...next);
      const record = sequence === 0 ? undefined : this.get(sequence);
      if (record === undefined || !visit({ sequence, record })) return;
      next[next.indexOf(sequence)] = record.previousOfType;
    }
  }

  #store(sequence: number, bytes: Uint8Array): void {
    this.#map.set(sequenceKey(sequence), this.#options.seal?.(sequence, bytes) ?? bytes);
  }
}
