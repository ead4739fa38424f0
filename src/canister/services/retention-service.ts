import { RETENTION_STEPS } from '../policy/limits.ts';
import type { Store } from '../storage/store.ts';
import type { ExpirySchedule } from './expiry-schedule.ts';
import { RetentionRun } from './retention-run.ts';

/** Removes once a day the interactions and activities that are not to be kept, a bounded part of them a message. */
export class RetentionService {
  readonly #store: Store;
  readonly #schedule: ExpirySchedule;

  constructor(store: Store, schedule: ExpirySchedule) {
    this.#store = store;
    this.#schedule = schedule;
  }

  /** What is to be kept has changed: looks through everything again, soon. */
  begin(now: bigint): void {
    const { oldestInteraction, oldestActivity } = this.#store.settings.retentionProgress;
    this.#store.settings.saveRetentionProgress({
      oldestInteraction,
      oldestActivity,
      dueAt: now,
      user: 1,
      log: 0,
      at: 0,
      passing: 0,
    });
    this.#schedule.note(now, now);
  }

  /** When it goes on (ns); undefined where everything is kept. */
  dueAt(): bigint | undefined {
    const { dueAt } = this.#store.settings.retentionProgress;
    return dueAt === 0n ? undefined : dueAt;
  }

  /** Goes on where it is due; returns whether there is more to do at once. */
  run(now: bigint): boolean {
    const dueAt = this.dueAt();
    if (dueAt === undefined || dueAt > now) return false;
    return !new RetentionRun(this.#store, RETENTION_STEPS).run(now);
  }
}
