import type { CertifiedState } from '../../certification/certified-state.ts';
import { executeCall } from '../../execution/execute-call.ts';
import { executeResponse } from '../../execution/execute-response.ts';
import { executeSystemTask } from '../../execution/execute-system-task.ts';
import type { CallTask, Task } from '../../execution/task.ts';
import type { ExecutionWorld } from '../../execution/world.ts';
import { managementCanister } from '../../management/management-canister.ts';
import { executeNativeCall } from '../../management/native-canister.ts';
import type { CertifiedMetrics } from './certified-metrics.ts';
import { chargeLater } from './charge-ingress.ts';
import type { DueTasks } from './due-tasks.ts';
import type { IngressHistory } from './ingress-history.ts';
import type { Natives } from './natives.ts';
import type { TaskQueue } from './task-queue.ts';

/**
 * How much is executed before other work of the process gets its turn: some 20 ms. It is counted and not timed so that
 * a round that is run again ends where it ended.
 */
const SLICE_INSTRUCTIONS = 100_000_000n;
/** What a message takes beside its instructions, so that cheap ones don't go on for ever. */
const MESSAGE_INSTRUCTIONS = 1_000_000n;

/** What tasks are executed in, and where it is noted that they are. */
export interface TaskExecutorOptions {
  readonly world: ExecutionWorld;
  readonly natives: Natives;
  readonly queue: TaskQueue;
  readonly due: DueTasks;
  readonly ingress: IngressHistory;
  readonly metrics: CertifiedMetrics;
  readonly state: CertifiedState | undefined;
}

/** Executes what waits in the queue, slice by slice. */
export class TaskExecutor {
  readonly #options: TaskExecutorOptions;
  #instructions = 0n;

  constructor(options: TaskExecutorOptions) {
    this.#options = options;
  }

  /** What the last slice executed. */
  get instructions(): bigint {
    return this.#instructions;
  }

  /** To be told of every execution. */
  noteInstructions(instructions: bigint): void {
    this.#instructions += instructions;
  }

  /** Executes tasks from the front of the queue until it is empty or a slice is full; `random` gives the random bytes of the round. */
  executeSlice(random: (length: number) => Uint8Array): void {
    this.#instructions = 0n;
    do {
      const task = this.#options.queue.shift();
      if (task === undefined) return;
      this.#execute(task, random);
      this.#instructions += MESSAGE_INSTRUCTIONS;
    } while (this.#instructions < SLICE_INSTRUCTIONS);
  }

  #execute(task: Task, random: (length: number) => Uint8Array): void {
    const { world, due } = this.#options;
    switch (task.kind) {
      case 'call':
        this.#executeCall(task, random);
        return;
      case 'response':
        executeResponse(world, task);
        return;
      case 'timer':
      case 'heartbeat':
      case 'low-memory':
        due.started(task);
        executeSystemTask(world, task);
        return;
    }
  }

  #executeCall(task: CallTask, random: (length: number) => Uint8Array): void {
    const { world, natives, metrics } = this.#options;
    metrics.noteUpdate();
    const native = natives.get(task.callee);
    if (native === undefined) executeCall(world, task);
    else executeNativeCall(world, native, task, random);
    if (task.origin.kind !== 'ingress') return;
    this.#noteProcessing(task.origin.requestId);
    if (native === managementCanister) chargeLater(world, { ...task, canisterId: task.callee });
  }

  /** A call that waits for others is shown as being worked on. */
  #noteProcessing(requestId: Uint8Array): void {
    const { ingress, state } = this.#options;
    const record = ingress.get(requestId);
    if (record?.status.kind !== 'received') return;
    record.status = { kind: 'processing' };
    state?.setRequestStatus(requestId, record.status);
  }
}
