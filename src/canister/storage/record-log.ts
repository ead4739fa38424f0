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

/**
 * A log of records in the order in which they came, each with a link to the record before it of the same user, and of the same user and
 * agent type. The user's head has the newest of each, so that the newest n are read with n gets, however many there are.
 */
export class RecordLog {
  readonly #kind: ChainKind;
  readonly #map: ByteMap;
  readonly #sequences: Sequences;

  constructor(kind: ChainKind, map: ByteMap, sequences: Sequences) {
    this.#kind = kind;
    this.#map = map;
    this.#sequences = sequences;
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
    this.#map.set(sequenceKey(sequence), encode(id, links));
    head.setNewest(this.#kind, typeCode, sequence);
    return { sequence, id };
  }

  get(sequence: number): LogRecord | undefined {
    const bytes = this.#map.get(sequenceKey(sequence));
    return bytes === undefined ? undefined : new LogRecord(bytes);
  }

  /** Writes a changed record back in its place. */
  put(sequence: number, bytes: Uint8Array): void {
    this.#map.set(sequenceKey(sequence), bytes);
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
}
