import { UserHead } from '../models/user-head.ts';
import type { ByteMap } from './byte-map.ts';
import { decodeSequenceKey, sequenceKey } from './keys.ts';
import type { Sequences } from './sequences.ts';

/** Users by their user_id, which is turned into a short number once, and the head of each. */
export class UserStore {
  readonly #numbers: ByteMap;
  readonly #heads: ByteMap;
  readonly #sequences: Sequences;

  constructor(numbers: ByteMap, heads: ByteMap, sequences: Sequences) {
    this.#numbers = numbers;
    this.#heads = heads;
    this.#sequences = sequences;
  }

  /** The number of the user with this user_id (UTF-8); undefined where nothing was ever stored for it. */
  numberOf(userId: Uint8Array): number | undefined {
    const key = this.#numbers.get(userId);
    return key === undefined ? undefined : decodeSequenceKey(key);
  }

  /** The head of the user with this user_id (UTF-8); undefined where nothing was ever stored for it. */
  find(userId: Uint8Array): UserHead | undefined {
    const key = this.#numbers.get(userId);
    return key === undefined ? undefined : this.#head(key);
  }

  /** As `find`, and gives a new user a number. */
  findOrCreate(userId: Uint8Array): UserHead {
    const known = this.find(userId);
    if (known !== undefined) return known;
    const head = new UserHead(this.#sequences.next('user'));
    this.#numbers.set(userId, sequenceKey(head.user));
    return head;
  }

  /** The head of a user who has records. */
  byNumber(user: number): UserHead {
    return this.#head(sequenceKey(user));
  }

  /** The last step of a change to a user's records: writes their head, and the numbers that were given. */
  save(head: UserHead): void {
    this.#heads.set(sequenceKey(head.user), head.bytes);
    this.#sequences.save();
  }

  /** Takes the number from a user_id (UTF-8): whoever comes with it again is another user. */
  forget(userId: Uint8Array): void {
    this.#numbers.delete(userId);
  }

  /** Removes the head of a user of whom nothing else is left. */
  remove(user: number): void {
    this.#heads.delete(sequenceKey(user));
  }

  /** How many users there are. */
  size(): number {
    return this.#numbers.size();
  }

  #head(key: Uint8Array): UserHead {
    const stored = this.#heads.get(key);
    if (stored === undefined) throw new Error('a user has no head record');
    return new UserHead(decodeSequenceKey(key), stored);
  }
}
