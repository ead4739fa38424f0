import type { Text } from '../codec/index.ts';
import type { UserHead } from '../models/users/user-head.ts';
import type { Caller } from '../policy/access/access.ts';
import { checkNewUserId } from '../policy/validation/new-user-id.ts';
import type { Store } from '../storage/store.ts';

/** Asked before something is stored for a user_id of whom nothing was, by nobody but its owner; throws RateLimited. */
export type AdmitNewUser = (call: Caller) => void;

/** The head of the user with this user_id, who gets a number where nothing is stored yet. The last refusal before the first write. */
export function headFor(store: Store, userId: Text): UserHead {
  return store.users.find(userId.utf8) ?? newHead(store, userId);
}

/** Gives a user a number of whom it is known that nothing is stored yet; refuses a user_id that can be taken for another. */
export function newHead(store: Store, userId: Text): UserHead {
  checkNewUserId('user_id', userId);
  return store.users.create(userId.utf8);
}
