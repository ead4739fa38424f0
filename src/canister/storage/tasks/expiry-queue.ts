import type { Work } from '../../models/work.ts';
import type { ByteMap } from '../byte-map.ts';
import { decodeExpiryKey, expiryKey } from '../keys.ts';

const NOTHING = new Uint8Array(0);

/** How many entries are read at once. */
const BATCH = 50;

/** The time (ns) at which a record ends, and its key. */
export interface QueuedRecord {
  readonly time: bigint;
  readonly record: Uint8Array;
}

/** What ends at some time, by that time: the due ones are the smallest keys. */
export class ExpiryQueue {
  readonly #map: ByteMap;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  /** Notes that the record with this key ends at `time` (ns). */
  add(time: bigint, record: Uint8Array): void {
    this.#map.set(expiryKey(time, record), NOTHING);
  }

  remove(time: bigint, record: Uint8Array): void {
    this.#map.delete(expiryKey(time, record));
  }

  /**
   * Gives `visit` the entries whose time has come, the earliest first, which takes each out of the queue. It ends when the work is spent, after one at
   * least, or after the `most`. Returns whether there are more.
   */
  take(
    { now, work, most }: { readonly now: bigint; readonly work: Work; readonly most: number },
    visit: (entry: QueuedRecord) => void,
  ): boolean {
    for (let left = most; left > 0; ) {
      const due = this.#due(now, Math.min(BATCH, left));
      if (due.length === 0) return false;
      for (const entry of due) {
        visit(entry);
        left--;
        if (work.isSpent()) return this.isDue(now);
      }
    }
    return this.isDue(now);
  }

  /** Puts the first entry where the time is later, so that what comes after it is not kept waiting. */
  postpone(until: bigint): void {
    const [key] = this.#map.firstKeys(1);
    if (key === undefined) return;
    const { time, record } = decodeExpiryKey(key);
    this.remove(time, record);
    this.add(until, record);
  }

  /** Whether there is an entry whose time has come. */
  isDue(now: bigint): boolean {
    const earliest = this.earliest();
    return earliest !== undefined && earliest <= now;
  }

  #due(now: bigint, count: number): QueuedRecord[] {
    const due: QueuedRecord[] = [];
    // Mostly nothing is due, and all of the first would be read for that.
    if (!this.isDue(now)) return due;
    for (const key of this.#map.firstKeys(count)) {
      const entry = decodeExpiryKey(key);
      if (entry.time > now) break;
      due.push(entry);
    }
    return due;
  }

  /** The time of the earliest entry. */
  earliest(): bigint | undefined {
    const [key] = this.#map.firstKeys(1);
    return key === undefined ? undefined : decodeExpiryKey(key).time;
  }
}
