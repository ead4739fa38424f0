import type { Text } from '../../codec/index.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { RemovalCount, type Removals } from './removal-count.ts';
import { type RetentionInForce, retentionInForce } from './retention-plan.ts';

/** What is kept of a user's records, and what is to be kept later. */
export interface UserRetention extends RetentionInForce {
  /** What goes then; undefined where nothing waits, and where it takes too much work to count. */
  readonly removals: Removals | undefined;
}

/** Tells users what of theirs is removed, and when. It is counted when somebody asks: telling every user by an entry of theirs would cost a write for each. */
export class UserRetentionService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(userId: Text, { work }: Caller): UserRetention {
    checkUserId('user_id', userId);
    const { retention, pending } = retentionInForce(this.#store);
    return { retention, pending, removals: pending && this.#removals(userId, pending, work) };
  }

  #removals(
    userId: Text,
    { effectiveAt, retention }: NonNullable<RetentionInForce['pending']>,
    work: Caller['work'],
  ): Removals | undefined {
    const head = this.#store.users.find(userId.utf8);
    if (head === undefined) return { interactions: 0, activities: 0 };
    const found = new RemovalCount(this.#store, retention, effectiveAt).of(head, work);
    return 'at' in found ? undefined : found;
  }
}
