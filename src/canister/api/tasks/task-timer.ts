import { canisterSelf, setTimer, time } from 'azle';
import type { ExpirySchedule } from '../../services/tasks/expiry-schedule.ts';
import type { Task, TaskState } from '../../services/tasks/task.ts';
import { TaskProgress } from '../../services/tasks/task-progress.ts';
import { messageWork } from '../message-work.ts';

const SECOND_NS = 1_000_000_000n;

/** What expires within the same minute is handled together: each run of a timer has a fee. */
const COALESCE_NS = 60n * SECOND_NS;

/** How long after a task's message it is looked whether that trapped. */
const WATCH_NS = 5n * SECOND_NS;

/** The longest that a timer waits: the system refuses one whose time is past 2^64 ns, which an expiry may come close to. */
const MAX_DELAY_NS = 24n * 3600n * SECOND_NS + COALESCE_NS;

/** A timer that should have run this long ago is gone: its message trapped, or the canister could not pay for it. */
const LOST_AFTER_NS = COALESCE_NS;

interface TaskTimerOptions {
  readonly tasks: () => readonly Task[];
  /** Called when a message is over. */
  readonly finish: () => void;
}

/**
 * Does by itself what is due. One timer looks which tasks have something to do, and sets a timer for each: a timer's callback is a message of its own, so that
 * no task waits for another, and one that traps takes nothing of the others back.
 */
export class TaskTimer implements ExpirySchedule {
  readonly #options: TaskTimerOptions;
  #progress: readonly TaskProgress[] | undefined;
  /**
   * When the timers that are set will look (ns); mostly one. A timer that is set stays set, and one that finds nothing due does no harm:
   * Azle 0.33 traps when a timer is cleared within a message.
   */
  #pending: readonly bigint[] = [];

  constructor(options: TaskTimerOptions) {
    this.#options = options;
  }

  /** Sets the timer for what is stored; timers do not outlive an upgrade. */
  start(): void {
    this.#wakeForNext(time());
  }

  note(expiresAt: bigint, now: bigint): void {
    this.#wakeAt((expiresAt > now ? expiresAt : now) + COALESCE_NS, now);
  }

  /** Sets the timer anew where it is gone. Every update asks, since a canister that was out of cycles is told of nothing. */
  keepAlive(now: bigint): void {
    const first = this.#pending.at(0);
    if (first !== undefined && first + LOST_AFTER_NS < now) this.#wakeForNext(now);
  }

  /** How each task stands. */
  get states(): readonly TaskState[] {
    return this.#tasks.map(({ state }) => state);
  }

  get #tasks(): readonly TaskProgress[] {
    this.#progress ??= this.#options.tasks().map((task) => new TaskProgress(task));
    return this.#progress;
  }

  #wakeForNext(now: bigint): void {
    for (const progress of this.#tasks) {
      const wakeAt = progress.wakeAt();
      if (wakeAt === undefined) continue;
      // A message that is under way is looked after soon, what is stored to become due with what else is due then.
      if (progress.isUnderWay) this.#wakeAt(now + WATCH_NS, now);
      else this.note(wakeAt, now);
    }
  }

  #wakeAt(wanted: bigint, now: bigint): void {
    this.#pending = this.#pending.filter((at) => at + LOST_AFTER_NS > now);
    const latest = now + MAX_DELAY_NS;
    const at = wanted < latest ? wanted : latest;
    if (this.#pending.some((pending) => pending <= at)) return;
    this.#pending = [...this.#pending, at].sort((left, right) => (left < right ? -1 : 1));
    setTimer(Number((at - now) / SECOND_NS), () => this.#look(at));
  }

  /** Sends for a message of each task that has something to do. */
  #look(at: bigint): void {
    this.#pending = this.#pending.filter((pending) => pending !== at);
    const now = time();
    for (const progress of this.#tasks) if (progress.isWanted(now)) this.#send(progress, now);
    this.#wakeForNext(now);
  }

  #send(progress: TaskProgress, now: bigint): void {
    progress.begin(now);
    setTimer(0, () => this.#run(progress));
  }

  #run(progress: TaskProgress): void {
    const now = time();
    const { task } = progress;
    if (progress.next === 'set aside') {
      task.setAside?.(now);
      progress.finishSettingAside();
      this.#send(progress, now);
      return;
    }
    const cause = { actor: canisterSelf().toUint8Array(), now };
    const more = task.run(messageWork(progress.workLimit), cause);
    this.#options.finish();
    progress.finish(more);
    // There is more to do, in a message of its own.
    if (more) this.#send(progress, now);
    else this.#wakeForNext(now);
  }
}
