import { ByteWriter, encodeUtf8, type Text } from '../../codec/index.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import { DEFAULT_ITEMS, PAGE_VISITS } from '../../policy/limits/limits.ts';
import { checkLimit } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { type Page, ReplyItems } from '../listing.ts';
import { firstUser } from './user-cursor.ts';
import { userIdOf } from './user-ids.ts';

/** Lists whoever something is held about, for those who administer the service. */
export class UserList {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The newest users first, as Candid records. A cursor is the number of the next user to look at. */
  page(request: { readonly limit: number | undefined; readonly cursor: Text | undefined }, work: Work): Page {
    const limit = checkLimit('limit', request.limit, DEFAULT_ITEMS.users);
    const items = new ReplyItems();
    const first = firstUser(request.cursor, this.#store.users.last);
    for (let user = first; user > 0; user--) {
      const isSpent = !work.step() && user < first;
      const isOver = isSpent || items.list.length === limit || first - user === PAGE_VISITS;
      const head =
        isOver || this.#store.erasures.has(user) ? undefined : this.#store.users.findByNumber(user);
      if (isOver || (head !== undefined && !items.add(this.#info(head)))) {
        return { items: items.list, nextCursor: encodeUtf8(`${user}`) };
      }
    }
    return { items: items.list, nextCursor: undefined };
  }

  /** The Candid record `UserInfo`. Fields follow the order of a message: by the hashes of their names. */
  #info(head: UserHead): Uint8Array {
    const owner = this.#store.links.owner(head.user);
    const writer = new ByteWriter().u32(head.totalSessions).bool(owner !== undefined);
    if (owner !== undefined) writer.principal(owner);
    return writer
      .u32(head.activeSessions)
      .text(userIdOf(this.#store, head))
      .u32(head.credentials)
      .u64(head.lastActivity)
      .safeU64(head.interactions)
      .safeU64(head.storedBytes)
      .finish();
  }
}
