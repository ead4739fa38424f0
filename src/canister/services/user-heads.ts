import type { Text } from '../codec/index.ts';
import { notFound } from '../models/agent-error.ts';
import type { UserHead } from '../models/users/user-head.ts';
import type { Caller } from '../policy/access/caller.ts';
import type { Room } from '../policy/limits/quotas.ts';
import { checkNewUserId } from '../policy/validation/new-user-id.ts';
import type { Store } from '../storage/store.ts';

/** Throws RateLimited if the caller may not begin another user now. */
export type AdmitNewUser = (caller: Caller) => void;

/** What is stored of a user from their first record on, beside the head. */
export type BeginUser = (user: number) => void;

/** Whose head, and how much room they need. */
interface Addition {
  /** The head, or undefined for a new user, if the service has looked it up before. */
  readonly known?: UserHead | undefined;
  /** The quotas of an existing user. A new one always has room: every limit is at least 1. */
  readonly room: Room;
}

/** The first steps of every write: find the user, hold them to their quotas, or create them. */
export class UserHeads {
  readonly #store: Store;
  readonly #admitNewUser: AdmitNewUser;
  readonly #beginUser: BeginUser;

  constructor(store: Store, admitNewUser: AdmitNewUser, beginUser: BeginUser) {
    this.#store = store;
    this.#admitNewUser = admitNewUser;
    this.#beginUser = beginUser;
  }

  /** The head of a user; NotFound if nothing was ever stored for the user_id. */
  get(userId: Text): UserHead {
    const head = this.#store.users.find(userId.utf8);
    if (head === undefined) throw notFound();
    return head;
  }

  /**
   * The head that something is added to. An existing user must have room, or QuotaExceeded is thrown. A new user gets a number, unless the caller may begin no
   * more users (RateLimited) or the user_id can be mistaken for another (InvalidArgument). These are the last refusals before the first write.
   */
  getOrCreate(userId: Text, caller: Caller, addition: Addition): UserHead {
    const known = 'known' in addition ? addition.known : this.#store.users.find(userId.utf8);
    if (known !== undefined) {
      this.checkRoom(known, caller, addition.room);
      return known;
    }
    this.#admitNewUser(caller);
    checkNewUserId('user_id', userId);
    const head = this.#store.users.create(userId.utf8);
    this.#beginUser(head.user);
    return head;
  }

  /** Throws QuotaExceeded if a user has no room under the caller's limits. */
  checkRoom(head: UserHead, caller: Caller, room: Room): void {
    room(head, this.#store.settings.limitsOf(caller.principal));
  }
}
