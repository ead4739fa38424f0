import { activityTimestamp } from '../../models/audit/activity.ts';
import { interactionTimestamp } from '../../models/interactions/interaction.ts';
import type { Retention } from '../../models/retention/retention.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { Store } from '../../storage/store.ts';
import { DAY_NS, mostKept } from './retention-rules.ts';

/** How many of a user's records go. */
export interface Removals {
  readonly interactions: number;
  readonly activities: number;
}

/** How far the count of one user's records has come. */
export interface CountPlace {
  /** The interactions that go; undefined while they are counted. */
  readonly interactions: number | undefined;
  /** The next record of the chain. */
  readonly at: number;
  /** How many newer ones are young enough to stay. */
  readonly young: number;
}

const KINDS = { interactions: 'interaction', activities: 'activity' } as const;
type LogName = keyof typeof KINDS;

/**
 * Counts what goes of a user where so much is kept. What goes by number follows from the counters of the head; what goes by age takes a walk over what
 * stays, from the newest record, and no further.
 */
export class RemovalCount {
  readonly #store: Store;
  readonly #kept: Retention;
  readonly #at: bigint;

  /** `at` is when (ns) it is removed. */
  constructor(store: Store, kept: Retention, at: bigint) {
    this.#store = store;
    this.#kept = kept;
    this.#at = at;
  }

  /** Counts on from a place, or from the beginning; returns where it has come to when the work is spent. */
  of(head: UserHead, work: Work, from?: CountPlace): Removals | CountPlace {
    const interactions = from?.interactions ?? this.#count('interactions', head, work, from);
    if (typeof interactions !== 'number') return { interactions: undefined, ...interactions };
    const within = from?.interactions === undefined ? undefined : from;
    const activities = this.#count('activities', head, work, within);
    if (typeof activities !== 'number') return { interactions, ...activities };
    return { interactions, activities };
  }

  #count(
    name: LogName,
    head: UserHead,
    work: Work,
    from: Pick<CountPlace, 'at' | 'young'> | undefined,
  ): number | Pick<CountPlace, 'at' | 'young'> {
    const young = this.#young(name, head, work, from);
    if (typeof young !== 'number') return young;
    const stays = Math.min(young, head[name]);
    const newest = this.#kept[`${name}_newest`];
    return head[name] - (newest !== 0 && stays > mostKept(newest) ? newest : stays);
  }

  /** How many are young enough to stay. */
  #young(
    name: LogName,
    head: UserHead,
    work: Work,
    from: Pick<CountPlace, 'at' | 'young'> | undefined,
  ): number | Pick<CountPlace, 'at' | 'young'> {
    const days = this.#kept[`${name}_days`];
    if (days === 0) return head[name];
    const since = this.#at - BigInt(days) * DAY_NS;
    const timestamp = name === 'interactions' ? interactionTimestamp : activityTimestamp;
    const log = this.#store[name];
    let young = from?.young ?? 0;
    let at = from?.at ?? head.newest(KINDS[name]);
    while (at !== 0) {
      const record = log.get(at);
      // What is not there any more, or is somebody else's, is no record that stays.
      if (record?.user !== head.user || timestamp(record) < since) break;
      young++;
      at = record.previousOfUser;
      if (at !== 0 && !work.step(record.bytes.length)) return { at, young };
    }
    return young;
  }
}
