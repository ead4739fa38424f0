import type { Text } from '../../codec/index.ts';
import { isTombstone } from '../../models/audit/audit-entry.ts';
import { LogRecord } from '../../models/log-record.ts';
import type { ChainKind, UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { ERASURE_WORK } from '../../policy/limits/limits.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { RecordLog } from '../../storage/record-log.ts';
import type { Store } from '../../storage/store.ts';
import type { Erasure } from '../../storage/users/erasure-queue.ts';
import type { ServiceLog } from '../audit/service-log.ts';
import type { Epochs } from '../sealing/epochs.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';
import type { UserHeads } from '../user-heads.ts';

/** The logs that records are removed from for their age, by their number in the progress of that. */
const RETAINED: readonly ChainKind[] = ['interaction', 'activity'];

export interface ErasureServices {
  readonly heads: UserHeads;
  readonly log: ServiceLog;
  readonly schedule: ExpirySchedule;
  readonly epochs: Epochs;
}

/**
 * Removes all that is held about a user. From the first message on nothing of it can be read: the user_id leads nowhere, tokens and grants are
 * gone. Records go in batches, by the timer where one is not enough. Of an entry of the audit log its commitment stays, without the salt.
 */
export class ErasureService {
  readonly #store: Store;
  readonly #services: ErasureServices;

  constructor(store: Store, services: ErasureServices) {
    this.#store = store;
    this.#services = services;
  }

  /** `self` is the service's own principal: the audit log does not keep that of a user who erased themself. */
  erase(
    args: { readonly user_id: Text },
    call: Caller,
    options: { byUser: boolean; self: Uint8Array },
  ): void {
    checkUserId('user_id', args.user_id);
    const { heads, log, schedule, epochs } = this.#services;
    const head = heads.get(args.user_id);
    epochs.retire(head.user, call.now);
    this.#store.users.forget(args.user_id.utf8);
    this.#store.credentials.removeAll(head.user);
    this.#store.grants.deleteAll(head.user);
    this.#store.blocks.deleteAll(head.user);
    this.#store.links.remove(head.user);
    this.#store.notifications.remove(head.user);
    this.#store.analytics.erase(head, call.now);
    const metadata = { by: options.byUser ? 'user' : 'admin', activities: head.activities };
    const event = { kind: 'UserErased', description: 'User erased', metadata } as const;
    const toldBy = log.record(event, options.byUser ? options.self : call.principal, call.now);
    this.#store.users.save(head);
    this.#store.erasures.add({ user: head.user, toldBy });
    if (this.run(call.work.part(ERASURE_WORK))) schedule.note(call.now, call.now);
  }

  /** When there is something to do: at once, or never. */
  dueAt(): bigint | undefined {
    return this.#store.erasures.next() === undefined ? undefined : 0n;
  }

  /** Removes records of a user who is being erased until the work is spent; returns whether there is more to do. */
  run(work: Work): boolean {
    const erasure = this.#store.erasures.next();
    if (erasure === undefined) return false;
    const head = this.#store.users.byNumber(erasure.user);
    const kinds = ['session', 'interaction', 'activity'] as const;
    if (kinds.every((kind) => this.#eraseChain(head, kind, erasure, work))) this.#finish(head.user);
    else this.#store.users.save(head);
    return this.#store.erasures.next() !== undefined;
  }

  /** Has the other users' erasures go on before this one. */
  setAside(): void {
    this.#store.erasures.rotate();
  }

  /** Removes the newest records of a chain, one at least; the head leads to the next one then. Returns whether the chain is gone. */
  #eraseChain(head: UserHead, kind: ChainKind, erasure: Erasure, work: Work): boolean {
    const log = this.#logs()[kind];
    let sequence = head.newest(kind);
    let isSpent = false;
    while (sequence !== 0 && !isSpent) {
      isSpent = work.isSpent();
      const stored = log.stored(sequence);
      // The chain ends where records were removed for their age, or goes on behind a removal that is not over.
      if (stored === undefined || isTombstone(stored)) {
        sequence = this.#takeOverRemoval(head.user, kind);
        continue;
      }
      const record = new LogRecord(stored);
      log.erase(head, { sequence, record }, erasure.toldBy);
      sequence = record.previousOfUser;
    }
    head.setNewestOfUser(kind, sequence);
    return sequence === 0;
  }

  /** Where the removal of old records stands that is cutting this chain, which it will find no more; 0 where none is. */
  #takeOverRemoval(user: number, kind: ChainKind): number {
    const progress = this.#store.settings.retentionProgress;
    if (progress.at === 0 || progress.user !== user || RETAINED[progress.log] !== kind) return 0;
    this.#store.settings.saveRetentionProgress({ ...progress, at: 0, passing: 0 });
    return progress.at;
  }

  #finish(user: number): void {
    this.#store.users.remove(user);
    this.#store.erasures.remove(user);
  }

  #logs(): Readonly<Record<ChainKind, RecordLog>> {
    const { sessions, interactions, activities } = this.#store;
    return { session: sessions, interaction: interactions, activity: activities };
  }
}
