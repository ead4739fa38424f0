import type { ByteMap } from '../byte-map.ts';
import { decodeSequenceKey, sequenceKey } from '../keys.ts';

/** A user whose records are to be removed, and the entry of the audit log that tells of it. */
export interface Erasure {
  readonly user: number;
  readonly toldBy: number;
}

/** The users who are being erased, by number. Hardly ever is there one, and every record read asks: the numbers are kept in memory. */
export class ErasureQueue {
  readonly #map: ByteMap;
  #users: Set<number> | undefined;

  constructor(map: ByteMap) {
    this.#map = map;
  }

  has(user: number): boolean {
    return this.#pending().has(user);
  }

  add({ user, toldBy }: Erasure): void {
    this.#pending().add(user);
    this.#map.set(sequenceKey(user), sequenceKey(toldBy));
  }

  remove(user: number): void {
    this.#pending().delete(user);
    this.#map.delete(sequenceKey(user));
  }

  /** One of them. */
  next(): Erasure | undefined {
    const [user] = this.#pending();
    const toldBy = user === undefined ? undefined : this.#map.get(sequenceKey(user));
    return user === undefined || toldBy === undefined
      ? undefined
      : { user, toldBy: decodeSequenceKey(toldBy) };
  }

  /** Makes the one that is next the last. */
  rotate(): void {
    const pending = this.#pending();
    const [user] = pending;
    if (user === undefined) return;
    pending.delete(user);
    pending.add(user);
  }

  #pending(): Set<number> {
    this.#users ??= new Set(this.#map.firstKeys(this.#map.size()).map(decodeSequenceKey));
    return this.#users;
  }
}
