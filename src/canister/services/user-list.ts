import { ByteWriter, encodeUtf8, type Text } from '../codec/index.ts';
import { decodeEntry } from '../models/activity.ts';
import { invalidArgument } from '../models/agent-error.ts';
import { agentTypes } from '../models/agent-type.ts';
import { interactionUserId } from '../models/interaction.ts';
import { sessionUserId } from '../models/session.ts';
import type { UserHead } from '../models/user-head.ts';
import type { Work } from '../models/work.ts';
import { DEFAULT_ITEMS, PAGE_VISITS } from '../policy/limits.ts';
import { checkLimit } from '../policy/validation.ts';
import type { Store } from '../storage/store.ts';
import { type Page, ReplyItems } from './listing.ts';

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
    const first = startOf(request.cursor, this.#store.users.last);
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
      .text(this.#userId(head))
      .u32(head.credentials)
      .u64(head.lastActivity)
      .safeU64(head.interactions)
      .safeU64(head.storedBytes)
      .finish();
  }

  /** A head of an earlier version does not name its user; every record does. */
  #userId(head: UserHead): Uint8Array {
    if (head.userId.length > 0) return head.userId;
    const { activities, sessions, interactions, credentials, links } = this.#store;
    const activity = activities.get(head.newest('activity'));
    if (activity !== undefined) return decodeEntry(activity).userId;
    const session = sessions.get(head.newest('session'));
    if (session !== undefined) return sessionUserId(session);
    const interaction = interactions.get(head.newest('interaction'));
    if (interaction !== undefined) return interactionUserId(interaction);
    const [stored] = agentTypes.names.flatMap((_name, code) => credentials.accounts(head.user, code));
    return stored?.decode().userId ?? links.get(head.user)?.userId ?? head.userId;
  }
}

function startOf(cursor: Text | undefined, last: number): number {
  if (cursor === undefined) return last;
  const user = /^[1-9][0-9]{0,9}$/.test(cursor.value) ? Number(cursor.value) : 0;
  if (user < 1 || user > last) throw invalidArgument('cursor', 'must be the next_cursor of a page before');
  return user;
}
