import { canisterSelf, clearTimer, setTimer, time } from 'azle';
import { EXPIRY_BATCH } from '../policy/limits.ts';
import type { ExpirySchedule } from '../services/expiry-schedule.ts';

const SECOND_NS = 1_000_000_000n;

/** What expires within the same minute is handled together: each run of a timer has a fee. */
const COALESCE_NS = 60n * SECOND_NS;

/** A timer that should have run this long ago is gone: its message trapped, or the canister was stopped. */
const LOST_AFTER_NS = 10n * COALESCE_NS;

interface ExpiringRecords {
  expire(batch: number, actor: Uint8Array, now: bigint): { visited: number };
}

interface ExpiryTimerOptions {
  readonly expiring: () => readonly ExpiringRecords[];
  /** The time (ns) at which the next record expires. */
  readonly earliest: () => bigint | undefined;
}

/** Expires what is due by itself, a bounded batch a message. */
export class ExpiryTimer implements ExpirySchedule {
  readonly #options: ExpiryTimerOptions;
  #armed: { id: bigint; at: bigint } | undefined;

  constructor(options: ExpiryTimerOptions) {
    this.#options = options;
  }

  /** Sets the timer for what is stored; timers do not outlive an upgrade. */
  start(): void {
    this.#arm(this.#options.earliest(), time());
  }

  note(expiresAt: bigint, now: bigint): void {
    const armed = this.#armed;
    if (armed !== undefined && armed.at <= expiresAt + COALESCE_NS && armed.at + LOST_AFTER_NS > now) return;
    this.#arm(expiresAt, now);
  }

  #arm(expiresAt: bigint | undefined, now: bigint): void {
    if (this.#armed !== undefined) clearTimer(this.#armed.id);
    this.#armed = undefined;
    if (expiresAt === undefined) return;
    const delay = (expiresAt > now ? expiresAt - now : 0n) + COALESCE_NS;
    const id = setTimer(Number(delay / SECOND_NS), () => this.#run());
    this.#armed = { id, at: now + delay };
  }

  #run(): void {
    this.#armed = undefined;
    const now = time();
    const actor = canisterSelf().toUint8Array();
    const full = this.#options
      .expiring()
      .map((records) => records.expire(EXPIRY_BATCH, actor, now).visited === EXPIRY_BATCH);
    if (full.includes(true)) this.#armNow(now);
    else this.#arm(this.#options.earliest(), now);
  }

  /** There is more to do, in a message of its own. */
  #armNow(now: bigint): void {
    this.#armed = { id: setTimer(0, () => this.#run()), at: now };
  }
}
