import { GENESIS } from './audit-digests.ts';
import { AuditLogError } from './audit-log-error.ts';

const DIGEST_BYTES = 32;
const FIRST_ROOM = 64;

/** The digests of a log up to each of its entries: what two copies of it are compared by. 32 bytes an entry. */
export class AuditHistory {
  #digests = new Uint8Array(FIRST_ROOM * DIGEST_BYTES);
  #length = 0;
  #first = 0n;

  /** The next entry's digest. Throws an AuditLogError where it is not the next one. */
  add(index: bigint, digest: Uint8Array): void {
    if (this.#length === 0) this.#first = index;
    const expected = this.#first + BigInt(this.#length);
    if (index !== expected) throw new AuditLogError(`the log goes on with entry ${index}`, 'chain', expected);
    const at = this.#length * DIGEST_BYTES;
    if (at === this.#digests.length) {
      const larger = new Uint8Array(2 * at);
      larger.set(this.#digests);
      this.#digests = larger;
    }
    this.#digests.set(digest, at);
    this.#length++;
  }

  get length(): number {
    return this.#length;
  }

  get first(): bigint {
    return this.#first;
  }

  /** One less than `first` where there are no entries. */
  get last(): bigint {
    return this.#first + BigInt(this.#length) - 1n;
  }

  /** The digest up to an entry; undefined for entries that are not there. */
  at(index: bigint): Uint8Array | undefined {
    const place = index - this.#first;
    if (place < 0n || place >= BigInt(this.#length)) return undefined;
    const start = Number(place) * DIGEST_BYTES;
    return this.#digests.slice(start, start + DIGEST_BYTES);
  }

  /** The digest up to the last entry. */
  get tip(): Uint8Array {
    return this.at(this.last) ?? GENESIS;
  }
}

export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}
