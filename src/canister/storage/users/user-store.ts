import { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { ServiceFigures } from '../analytics/service-figures.ts';
import type { ByteMap } from '../byte-map.ts';
import { decodeSequenceKey, sequenceKey } from '../keys.ts';
import type { Sequences } from '../sequences.ts';

interface UserStoreParts {
  readonly numbers: ByteMap;
  readonly heads: ByteMap;
  readonly sequences: Sequences;
  readonly figures: ServiceFigures;
}

/** Users by their user_id, which is turned into a short number once, and the head of each. */
export class UserStore {
  readonly #numbers: ByteMap;
  readonly #heads: ByteMap;
  readonly #sequences: Sequences;
  readonly #figures: ServiceFigures;

  constructor({ numbers, heads, sequences, figures }: UserStoreParts) {
    this.#numbers = numbers;
    this.#heads = heads;
    this.#sequences = sequences;
    this.#figures = figures;
  }

  /** The number of the user with this user_id (UTF-8); undefined where nothing was ever stored for it. */
  numberOf(userId: Uint8Array): number | undefined {
    const key = this.#numbers.get(userId);
    return key === undefined ? undefined : decodeSequenceKey(key);
  }

  /** The head of the user with this user_id (UTF-8); undefined where nothing was ever stored for it. */
  find(userId: Uint8Array): UserHead | undefined {
    const key = this.#numbers.get(userId);
    if (key === undefined) return undefined;
    const head = this.byNumber(decodeSequenceKey(key));
    head.nameUser(userId);
    return head;
  }

  /** Gives a user a number of whom nothing is stored yet. */
  create(userId: Uint8Array): UserHead {
    const head = new UserHead(this.#sequences.next('user'));
    head.nameUser(userId);
    this.#numbers.set(userId, sequenceKey(head.user));
    return head;
  }

  /** The head of a user who has records. */
  byNumber(user: number): UserHead {
    const head = this.findByNumber(user);
    if (head === undefined) throw new Error('a user has no head record');
    return head;
  }

  /** The last number that was given to a user. */
  get last(): number {
    return this.#sequences.last('user');
  }

  /** As `byNumber`, for a number that may be that of no user. */
  findByNumber(user: number): UserHead | undefined {
    const stored = this.#heads.get(sequenceKey(user));
    return stored === undefined ? undefined : new UserHead(user, stored);
  }

  /** The last step of a change to a user's records: writes their head, the numbers that were given, and what there is in total. */
  save(head: UserHead): void {
    this.#heads.set(sequenceKey(head.user), head.bytes);
    this.#sequences.save();
    this.#figures.addTotals(head.user, head.takeChange());
    this.#figures.save();
  }

  /** Adds users of an earlier layout to what there is in total until the work is spent; returns whether there are more. */
  addToTotals(work: Work): boolean {
    for (let user = this.#figures.nextToAdd; user !== undefined; user = this.#figures.nextToAdd) {
      this.#figures.addUser(user, this.findByNumber(user)?.totals);
      if (!work.step()) break;
    }
    this.#figures.save();
    return this.#figures.nextToAdd !== undefined;
  }

  /** Takes the number from a user_id (UTF-8): whoever comes with it again is another user. */
  forget(userId: Uint8Array): void {
    this.#numbers.delete(userId);
  }

  /** Removes the head of a user of whom nothing else is left. */
  remove(user: number): void {
    const { sessions, activeSessions, credentials, interactions, activities, bytes } =
      this.byNumber(user).totals;
    this.#heads.delete(sequenceKey(user));
    this.#figures.addTotals(user, {
      sessions: -sessions,
      activeSessions: -activeSessions,
      credentials: -credentials,
      interactions: -interactions,
      activities: -activities,
      bytes: -bytes,
    });
    this.#figures.save();
  }

  /** How many users there are. */
  size(): number {
    return this.#numbers.size();
  }
}
