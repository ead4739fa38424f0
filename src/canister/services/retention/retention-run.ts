import { activityTimestamp } from '../../models/audit/activity.ts';
import { interactionTimestamp } from '../../models/interactions/interaction.ts';
import type { Retention, RetentionProgress } from '../../models/retention/retention.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import { RETIRED_BATCH } from '../../policy/limits/limits.ts';
import type { LogEntry } from '../../storage/record-log.ts';
import type { Store } from '../../storage/store.ts';
import { DAY_NS, mostKept } from './retention-rules.ts';

/** What a removal counts as beside the record's own bytes: it is followed by a look at the counter. */
const REMOVAL_BYTES = 65_536;

const LOGS = [
  {
    name: 'interactions',
    kind: 'interaction',
    oldest: 'oldestInteraction',
    days: 'interactions_days',
    newest: 'interactions_newest',
    timestamp: interactionTimestamp,
  },
  {
    name: 'activities',
    kind: 'activity',
    oldest: 'oldestActivity',
    days: 'activities_days',
    newest: 'activities_newest',
    timestamp: activityTimestamp,
  },
] as const;
type Log = (typeof LOGS)[number];

/** One message's part of the removal of old records. It takes up the progress of the message before, and ends when its work is spent. */
export class RetentionRun {
  readonly #store: Store;
  readonly #kept: Retention;
  readonly #progress: { -readonly [K in keyof RetentionProgress]: RetentionProgress[K] };
  readonly #heads = new Map<number, UserHead>();
  /** The activities that go: one entry of the audit log tells of all of them. */
  readonly #retired: { readonly head: UserHead; readonly entry: LogEntry }[] = [];
  readonly #retire: (activities: number) => number;
  readonly #work: Work;
  #isBegun = false;
  /** What the next step counts as for the work, in bytes that were read. */
  #lastBytes = 0;

  /** `retire` tells the audit log of so many activities, and returns the index of the entry. */
  constructor(store: Store, { work, retire }: { work: Work; retire: (activities: number) => number }) {
    this.#store = store;
    this.#retire = retire;
    this.#kept = store.settings.retention;
    this.#progress = { ...store.settings.retentionProgress };
    this.#work = work;
  }

  /** Removes what is too old or too much; returns whether all is done. */
  run(now: bigint): boolean {
    const done = LOGS.every((log) => this.#removeOld(log, now)) && this.#removeSurplus();
    this.#eraseRetired();
    for (const head of this.#heads.values()) this.#store.users.save(head);
    if (done) {
      const on = Object.values(this.#kept).some((value) => value !== 0);
      Object.assign(this.#progress, { dueAt: on ? now + DAY_NS : 0n, user: 1 });
    }
    this.#store.settings.saveRetentionProgress(this.#progress);
    return done;
  }

  /** Follows the log from its oldest record, whosever it is. */
  #removeOld({ name, oldest, days, timestamp }: Log, now: bigint): boolean {
    const log = this.#store[name];
    const kept = this.#kept[days];
    if (kept === 0) return true;
    const since = now - BigInt(kept) * DAY_NS;
    for (; this.#progress[oldest] <= log.last; this.#progress[oldest]++) {
      if (this.#isOver()) return false;
      const sequence = this.#progress[oldest];
      const record = log.get(sequence);
      if (record === undefined) continue;
      if (timestamp(record) >= since) return true;
      const head = this.#head(record.user);
      if (head !== undefined) this.#remove(name, head, { sequence, record });
    }
    return true;
  }

  /** Follows the users, and of each the chains of those logs that have grown too long. */
  #removeSurplus(): boolean {
    const progress = this.#progress;
    for (; progress.user <= this.#store.users.last; progress.user++, progress.log = 0) {
      if (this.#isOver()) return false;
      const head = this.#head(progress.user);
      for (
        let log = LOGS[progress.log];
        head !== undefined && log !== undefined;
        log = LOGS[++progress.log]
      ) {
        if (!this.#shorten(head, log)) return false;
      }
    }
    return true;
  }

  #shorten(head: UserHead, { name, kind, newest }: Log): boolean {
    const progress = this.#progress;
    const kept = this.#kept[newest];
    if (progress.at === 0 && kept !== 0 && head[name] > mostKept(kept)) {
      progress.at = head.newest(kind);
      progress.passing = kept;
    }
    while (progress.at !== 0) {
      if (this.#isOver()) return false;
      const sequence = progress.at;
      const record = this.#store[name].get(sequence);
      progress.at = record?.previousOfUser ?? 0;
      if (progress.passing > 0) progress.passing--;
      else if (record !== undefined) this.#remove(name, head, { sequence, record });
    }
    return true;
  }

  /** Whether the message is to end before the next step. */
  #isOver(): boolean {
    if (!this.#isBegun) {
      this.#isBegun = true;
      return false;
    }
    const bytes = this.#lastBytes;
    this.#lastBytes = 0;
    return this.#retired.length >= RETIRED_BATCH || !this.#work.step(bytes);
  }

  #remove(name: Log['name'], head: UserHead, entry: LogEntry): void {
    // To remove a record takes far longer than to look at it.
    this.#lastBytes = REMOVAL_BYTES + entry.record.bytes.length;
    if (name === 'activities') this.#retired.push({ head, entry });
    else this.#store.interactions.remove(head, entry);
    head[name] -= 1;
    this.#heads.set(head.user, head);
  }

  #eraseRetired(): void {
    if (this.#retired.length === 0) return;
    const toldBy = this.#retire(this.#retired.length);
    for (const { head, entry } of this.#retired) this.#store.activities.erase(head, entry, toldBy);
  }

  #head(user: number): UserHead | undefined {
    return this.#heads.get(user) ?? this.#store.users.findByNumber(user);
  }
}
