import { type RetentionProgress, retention } from '../../models/retention/retention.ts';
import type { Work } from '../../models/work.ts';
import type { Store } from '../../storage/store.ts';
import type { ServiceLog } from '../audit/service-log.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';
import type { TaskCause } from '../tasks/task.ts';
import { RetentionRun } from './retention-run.ts';

/** Removes once a day the interactions and activities that are not to be kept, a bounded part of them a message. */
export class RetentionService {
  readonly #store: Store;
  readonly #schedule: ExpirySchedule;

  readonly #log: ServiceLog;

  constructor(store: Store, schedule: ExpirySchedule, log: ServiceLog) {
    this.#store = store;
    this.#schedule = schedule;
    this.#log = log;
  }

  /**
   * What is to be kept has changed: looks through everything again, soon. A removal that cut a user's chain is ended first, or nothing
   * would lead to the rest any more; the users before them are looked at a day later.
   */
  begin(now: bigint): void {
    this.#restart(now);
    this.#schedule.note(now, now);
  }

  /** When it goes on (ns); undefined where everything is kept. */
  dueAt(): bigint | undefined {
    const { dueAt } = this.#store.settings.retentionProgress;
    const from = this.#store.settings.pendingRetention?.from;
    if (dueAt === 0n) return from;
    return from === undefined || dueAt < from ? dueAt : from;
  }

  /** Goes on where it is due, in the name of `actor`; returns whether there is more to do at once. */
  run(work: Work, cause: TaskCause): boolean {
    const { actor, now } = cause;
    const dueAt = this.dueAt();
    if (dueAt === undefined || dueAt > now) return false;
    // In a message of its own: where a record makes the next one trap, that passes over the record by what is in force.
    if (this.#takesEffect(cause)) return true;
    const retire = (activities: number) =>
      this.#log.record(
        { kind: 'ActivitiesRetired', description: 'Activities retired', metadata: { activities } },
        actor,
        now,
      );
    return !new RetentionRun(this.#store, { work, retire }).run(now);
  }

  /** Passes over the record that comes next: it stays. */
  setAside(): void {
    this.#store.settings.saveRetentionProgress(passedOver(this.#store));
  }

  /** Makes what is pending what is in force, where its time has come; returns whether it has. */
  #takesEffect({ actor, now }: TaskCause): boolean {
    const { settings, pendingRetention: pending } = this.#store.settings;
    if (pending === undefined || pending.from > now) return false;
    const kept = retention.each((name) => pending.set[name] ?? settings.retention[name]);
    this.#store.settings.save({ ...settings, retention: kept });
    this.#store.settings.savePendingRetention(undefined);
    this.#restart(now);
    const event = { kind: 'SettingsChanged', description: 'Retention in force', metadata: kept } as const;
    this.#log.record(event, actor, now);
    return true;
  }

  #restart(now: bigint): void {
    const progress = this.#store.settings.retentionProgress;
    const hasCut = progress.at !== 0 && progress.passing === 0;
    const place = hasCut ? {} : { user: 1, log: 0, at: 0, passing: 0 };
    this.#store.settings.saveRetentionProgress({ ...progress, ...place, dueAt: now });
  }
}

/** Where the run goes on behind the record or the user that it stands at. */
function passedOver({ settings, interactions, activities, users }: Store): RetentionProgress {
  const progress = settings.retentionProgress;
  const { oldestInteraction, oldestActivity } = progress;
  const kept = settings.retention;
  if (progress.at !== 0 || progress.user > 1) {
    const user = Math.min(progress.user + 1, users.last + 1);
    return { ...progress, user, log: 0, at: 0, passing: 0 };
  }
  if (kept.interactions_days !== 0 && oldestInteraction <= interactions.last)
    return { ...progress, oldestInteraction: oldestInteraction + 1 };
  if (kept.activities_days !== 0 && oldestActivity <= activities.last)
    return { ...progress, oldestActivity: oldestActivity + 1 };
  return { ...progress, user: progress.user + 1 };
}
