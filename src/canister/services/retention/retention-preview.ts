import type { Text } from '../../codec/index.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import { retention } from '../../models/retention/retention.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, PAGE_VISITS, REPLY_BYTES } from '../../policy/limits/limits.ts';
import { checkLimit } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { userIdOf } from '../users/user-ids.ts';
import { type CountPlace, RemovalCount, type Removals } from './removal-count.ts';
import { type GivenRetention, planOf } from './retention-plan.ts';

export interface UserRemovals extends Removals {
  readonly userId: Uint8Array;
}

/** What would go, a page of it. */
export interface RetentionPreviewPage {
  readonly items: readonly UserRemovals[];
  readonly nextCursor: string | undefined;
  /** When (ns) it would; undefined where what is asked for keeps no less than now. */
  readonly effectiveAt: bigint | undefined;
}

type PreviewRequest = GivenRetention & {
  readonly limit: number | undefined;
  readonly cursor: Text | undefined;
};

/** Bytes of a record beside its user_id. */
const ITEM_BYTES = 24;

/** Tells whose records would go, and how many, where a retention were set; it changes nothing. */
export class RetentionPreview {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The newest users first; those of whom nothing would go are left out. What is left out of the request is as it is set, or as it is pending. */
  page(request: PreviewRequest, { now, work }: Caller): RetentionPreviewPage {
    const limit = checkLimit('limit', request.limit, DEFAULT_ITEMS.users);
    const { users, erasures } = this.#store;
    const first = placeOf(request.cursor, users.last);
    const { inForce, pending } = planOf(this.#store, request, now);
    const effectiveAt = pending?.from;
    const kept = retention.over(retention.over(retention.defaults, inForce), pending?.set ?? retention.unset);
    const count = new RemovalCount(this.#store, kept, effectiveAt ?? now);
    const items: UserRemovals[] = [];
    let bytes = 0;
    const endAt = (cursor: string) => ({ items, nextCursor: cursor, effectiveAt });
    let within = first.within;
    for (let { user } = first; user > 0; user--, within = undefined) {
      const isSpent = !work.step() && user < first.user;
      if (isSpent || items.length === limit || first.user - user === PAGE_VISITS) return endAt(`${user}`);
      const head = erasures.has(user) ? undefined : users.findByNumber(user);
      if (head === undefined) continue;
      const found = count.of(head, work, within);
      if ('at' in found) return endAt(cursorOf(user, found));
      if (found.interactions + found.activities === 0) continue;
      const userId = userIdOf(this.#store, head);
      bytes += userId.length + ITEM_BYTES;
      if (bytes > REPLY_BYTES) return endAt(`${user}`);
      items.push({ ...found, userId });
    }
    return { items, nextCursor: undefined, effectiveAt };
  }
}

/** The user whose turn it is; and within them, how far their records are counted. */
function cursorOf(user: number, { interactions, at, young }: CountPlace): string {
  return [user, at, young, ...(interactions === undefined ? [] : [interactions])].join('.');
}

const CURSOR = /^[1-9][0-9]{0,9}(?:(?:\.[0-9]{1,10}){2,3})?$/;

function placeOf(
  cursor: Text | undefined,
  last: number,
): { readonly user: number; readonly within: CountPlace | undefined } {
  if (cursor === undefined) return { user: last, within: undefined };
  const [user = 0, at, young = 0, interactions] = CURSOR.test(cursor.value)
    ? cursor.value.split('.').map(Number)
    : [];
  if (user < 1 || user > last) throw invalidArgument('cursor', 'must be the next_cursor of an earlier page');
  return { user, within: at === undefined ? undefined : { at, young, interactions } };
}
