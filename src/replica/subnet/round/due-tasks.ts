import { toHex } from '../../codec/bytes.ts';
import type { Instances } from '../../execution/instances.ts';
import { outcallTimedOut, rejected, timedOut } from '../../execution/rejects.ts';
import type { SystemTask } from '../../execution/task.ts';
import type { Canister } from '../../state/canister.ts';
import type { Canisters } from '../../state/canisters.ts';
import type { Outcalls } from '../../state/outcalls.ts';
import type { TaskQueue } from './task-queue.ts';

/** How often heartbeats run, in ns. */
const HEARTBEAT_NS = 1_000_000_000n;

/** What is looked at for what is due, and where it is queued. */
export interface DueTasksOptions {
  readonly canisters: Canisters;
  readonly instances: Instances;
  readonly queue: TaskQueue;
  readonly outcalls: Outcalls;
  /** Cycles that a canister has to have for a message. */
  readonly neededToRun: (canister: Canister) => bigint;
  /** Where a loaded network goes on, in ns since 1970. */
  readonly lastHeartbeat?: bigint | undefined;
}

/** What the passing of time brings into the queue: timers, heartbeats, and the ends of best-effort calls and of HTTP outcalls. */
export class DueTasks {
  readonly #canisters: Canisters;
  readonly #instances: Instances;
  readonly #queue: TaskQueue;
  readonly #outcalls: Outcalls;
  readonly #neededToRun: (canister: Canister) => bigint;
  /** Which are in the queue, so that none is in it twice. */
  readonly #queued = new Set<string>();
  #lastHeartbeat: bigint;

  constructor({ canisters, instances, queue, outcalls, neededToRun, lastHeartbeat = 0n }: DueTasksOptions) {
    this.#neededToRun = neededToRun;
    this.#lastHeartbeat = lastHeartbeat;
    this.#canisters = canisters;
    this.#instances = instances;
    this.#queue = queue;
    this.#outcalls = outcalls;
    for (const task of queue.toArray()) {
      if (task.kind === 'timer' || task.kind === 'heartbeat') this.#queued.add(keyOf(task));
    }
  }

  /** When the heartbeats were queued last, in ns since 1970. */
  get lastHeartbeat(): bigint {
    return this.#lastHeartbeat;
  }

  /** Queues what is due at that time. */
  enqueue(now: bigint): void {
    for (const canister of this.#canisters) {
      if (this.#timerOf(canister) <= now) this.#enqueueOnce({ kind: 'timer', canisterId: canister.id });
      this.#endOverdueCalls(canister, now);
    }
    this.#endOverdueOutcalls(now);
    if (this.#lastHeartbeat + HEARTBEAT_NS <= now) this.enqueueHeartbeats(now);
  }

  /** Queues every heartbeat, whenever it ran last. */
  enqueueHeartbeats(now: bigint): void {
    this.#lastHeartbeat = now;
    for (const canister of this.#canisters) {
      if (this.#beats(canister)) this.#enqueueOnce({ kind: 'heartbeat', canisterId: canister.id });
    }
  }

  /** A task left the queue. */
  started(task: SystemTask): void {
    this.#queued.delete(keyOf(task));
  }

  /** When something is due next, in ns since 1970; undefined if nothing will be. */
  next(): bigint | undefined {
    let earliest: bigint | undefined;
    const consider = (time: bigint) => {
      if (earliest === undefined || time < earliest) earliest = time;
    };
    if (this.#outcalls.nextDeadline !== undefined) consider(this.#outcalls.nextDeadline);
    for (const canister of this.#canisters) {
      const timer = this.#timerOf(canister);
      if (timer !== NEVER) consider(timer);
      for (const { deadline } of canister.callbacks.values()) if (deadline > 0n) consider(deadline);
      if (this.#beats(canister)) consider(this.#lastHeartbeat + HEARTBEAT_NS);
    }
    return earliest;
  }

  #endOverdueCalls(canister: Canister, now: bigint): void {
    for (const [callbackId, { deadline }] of canister.callbacks) {
      if (deadline === 0n || deadline > now) continue;
      const outcome = rejected(timedOut());
      this.#queue.push({ kind: 'response', to: canister.id, callbackId, outcome, refund: 0n });
    }
  }

  #endOverdueOutcalls(now: bigint): void {
    for (const { id, deadline, origin, refund } of this.#outcalls.pending) {
      // All wait equally long, so those that were made later are given up later.
      if (deadline > now) return;
      this.#outcalls.take(id);
      const outcome = rejected(outcallTimedOut());
      this.#queue.push({
        kind: 'response',
        to: origin.sender,
        callbackId: origin.callbackId,
        outcome,
        refund,
      });
    }
  }

  #enqueueOnce(task: SystemTask): void {
    const key = keyOf(task);
    if (this.#queued.has(key)) return;
    this.#queued.add(key);
    this.#queue.push(task);
  }

  /** When the canister's timer can run; never while the canister is stopped, has no code for it, or is frozen. */
  #timerOf(canister: Canister): bigint {
    const { globalTimer, runState, code } = canister;
    if (globalTimer === 0n || runState !== 'running' || code === undefined) return NEVER;
    if (!this.#instances.moduleOf(code).exports.hasGlobalTimer) return NEVER;
    return canister.cycles < this.#neededToRun(canister) ? NEVER : globalTimer;
  }

  #beats({ code, runState }: Canister): boolean {
    return (
      code !== undefined && runState === 'running' && this.#instances.moduleOf(code).exports.hasHeartbeat
    );
  }
}

/** Later than any time. */
const NEVER = 1n << 64n;

function keyOf({ kind, canisterId }: SystemTask): string {
  return `${kind} ${toHex(canisterId)}`;
}
