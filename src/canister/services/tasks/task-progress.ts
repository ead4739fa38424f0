import { LEAST_TASK_WORK, TASK_WORK } from '../../policy/limits/limits.ts';
import type { Task, TaskState } from './task.ts';

/** A message that was sent for must have run after so long: what has not finished then has trapped. */
const LOST_AFTER_NS = 4_000_000_000n;

/** How long a task rests that traps whatever is done: longer each time, from a minute to six hours. */
const FIRST_REST_NS = 60_000_000_000n;
const LONGEST_REST_NS = 6n * 3_600_000_000_000n;

/**
 * How a task gets on, as far as a trap leaves it to be known: a message that traps takes back all that it noted, so each is noted before it
 * begins, in another message. One that trapped does half as much the next time; where that is a single thing, this is put aside; and where there is none to put
 * aside, the task rests. It lives on the heap: an upgrade tries anew.
 */
export class TaskProgress {
  readonly task: Task;
  #workLimit = TASK_WORK;
  #begunAt: bigint | undefined;
  #traps = 0;
  #setAside = 0;
  #stuckSince: bigint | undefined;
  #restsUntil = 0n;
  #rest = FIRST_REST_NS;
  #next: 'work' | 'set aside' = 'work';

  constructor(task: Task) {
    this.task = task;
  }

  /** Whether a message of it is to be sent for at `now`; notes that the one before was lost. */
  isWanted(now: bigint): boolean {
    if (this.#begunAt !== undefined) {
      if (now - this.#begunAt < LOST_AFTER_NS) return false;
      this.#noteTrap(this.#begunAt, now);
    }
    const dueAt = this.task.dueAt();
    return dueAt !== undefined && dueAt <= now && this.#restsUntil <= now;
  }

  /** Notes that a message of it was sent for. */
  begin(now: bigint): void {
    this.#begunAt = now;
  }

  /** What the message is to do. */
  get next(): 'work' | 'set aside' {
    return this.#next;
  }

  /** Instructions after which it ends. */
  get workLimit(): number {
    return this.#workLimit;
  }

  /** Notes that the message has done its work; with nothing more to do at once, the next one is as long as ever. */
  finish(more: boolean): void {
    this.#begunAt = undefined;
    this.#stuckSince = undefined;
    this.#restsUntil = 0n;
    this.#rest = FIRST_REST_NS;
    if (!more) this.#workLimit = TASK_WORK;
  }

  /** Notes that something was put aside. */
  finishSettingAside(): void {
    this.#begunAt = undefined;
    this.#setAside++;
    this.#next = 'work';
  }

  /** When it wants to be looked at next (ns), a message that is under way included. */
  wakeAt(): bigint | undefined {
    if (this.#begunAt !== undefined) return this.#begunAt + LOST_AFTER_NS;
    const dueAt = this.task.dueAt();
    return dueAt !== undefined && dueAt < this.#restsUntil ? this.#restsUntil : dueAt;
  }

  /** Whether a message of it is under way. */
  get isUnderWay(): boolean {
    return this.#begunAt !== undefined;
  }

  get state(): TaskState {
    return {
      name: this.task.name,
      dueAt: this.task.dueAt(),
      traps: this.#traps,
      setAside: this.#setAside,
      workLimit: this.#workLimit,
      stuckSince: this.#stuckSince,
    };
  }

  #noteTrap(begunAt: bigint, now: bigint): void {
    this.#begunAt = undefined;
    this.#traps++;
    this.#stuckSince ??= begunAt;
    const isLeast = this.#workLimit <= LEAST_TASK_WORK;
    if (!isLeast) this.#workLimit = Math.max(LEAST_TASK_WORK, Math.floor(this.#workLimit / 2));
    else if (this.task.setAside !== undefined && this.#next === 'work') this.#next = 'set aside';
    else {
      this.#next = 'work';
      this.#restsUntil = now + this.#rest;
      this.#rest = this.#rest * 2n < LONGEST_REST_NS ? this.#rest * 2n : LONGEST_REST_NS;
    }
  }
}
