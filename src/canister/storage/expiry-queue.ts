import type { ByteMap } from './byte-map.ts';
import { decodeExpiryKey, expiryKey } from './keys.ts';

const NOTHING = new Uint8Array(0);

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

  /** Up to `count` entries whose time has come, the earliest first. */
  due(now: bigint, count: number): { time: bigint; record: Uint8Array }[] {
    const due: { time: bigint; record: Uint8Array }[] = [];
    const earliest = this.earliest();
    // Mostly nothing is due, and all of the first would be read for that.
    if (earliest === undefined || earliest > now) return due;
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
