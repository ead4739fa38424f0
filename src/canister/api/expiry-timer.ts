import { canisterSelf, setTimer, time } from 'azle';
import type { ExpirySchedule } from '../services/expiry-schedule.ts';

const SECOND_NS = 1_000_000_000n;

/** What expires within the same minute is handled together: each run of a timer has a fee. */
const COALESCE_NS = 60n * SECOND_NS;

/** The longest that a timer waits: the system refuses one whose time is past 2^64 ns, which an expiry may come close to. */
const MAX_DELAY_NS = 24n * 3600n * SECOND_NS + COALESCE_NS;

/** A timer that should have run this long ago is gone: its message trapped. */
const LOST_AFTER_NS = 10n * COALESCE_NS;

/** Does a bounded part of what is due, in the name of `actor`; returns whether there is more to do at once. */
type Task = (actor: Uint8Array, now: bigint) => boolean;

interface ExpiryTimerOptions {
  readonly tasks: () => readonly Task[];
  /** The times (ns) at which each has something to do next. */
  readonly due: () => readonly (bigint | undefined)[];
  /** Called when a run is over. */
  readonly finish: () => void;
}

/** Expires what is due by itself, a bounded batch a message. */
export class ExpiryTimer implements ExpirySchedule {
  readonly #options: ExpiryTimerOptions;
  /**
   * When the timers that are set will run (ns); mostly one. A timer that is set stays set, and one that finds nothing due does no harm:
   * Azle 0.33 traps when a timer is cleared within a message.
   */
  #pending: readonly bigint[] = [];

  constructor(options: ExpiryTimerOptions) {
    this.#options = options;
  }

  /** Sets the timer for what is stored; timers do not outlive an upgrade. */
  start(): void {
    this.#wakeForNext(time());
  }

  note(expiresAt: bigint, now: bigint): void {
    this.#pending = this.#pending.filter((at) => at + LOST_AFTER_NS > now);
    const wanted = (expiresAt > now ? expiresAt : now) + COALESCE_NS;
    const latest = now + MAX_DELAY_NS;
    const at = wanted < latest ? wanted : latest;
    if (!this.#pending.some((pending) => pending <= at)) this.#set(at, now);
  }

  #wakeForNext(now: bigint): void {
    const due = this.#options.due().filter((at) => at !== undefined);
    if (due.length > 0)
      this.note(
        due.reduce((earliest, at) => (at < earliest ? at : earliest)),
        now,
      );
  }

  #set(at: bigint, now: bigint): void {
    this.#pending = [...this.#pending, at];
    setTimer(Number((at - now) / SECOND_NS), () => this.#run(at));
  }

  #run(at: bigint): void {
    this.#pending = this.#pending.filter((pending) => pending !== at);
    const now = time();
    const actor = canisterSelf().toUint8Array();
    const more = this.#options.tasks().map((task) => task(actor, now));
    this.#options.finish();
    // There is more to do, in a message of its own.
    if (more.includes(true)) this.#set(now, now);
    else this.#wakeForNext(now);
  }
}
