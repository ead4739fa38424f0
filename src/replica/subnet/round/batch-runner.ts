import type { CertifiedState } from '../../certification/certified-state.ts';
import { utf8 } from '../../codec/bytes.ts';
import { chargeIdle } from '../../execution/charge-idle.ts';
import { executeQuery } from '../../execution/execute-query.ts';
import { inspectMessage } from '../../execution/inspect-message.ts';
import { Instances } from '../../execution/instances.ts';
import { APPLICATION_LIMITS } from '../../execution/limits.ts';
import { scheduleLowMemoryHook } from '../../execution/low-memory-hook.ts';
import type { Outbox } from '../../execution/outbox.ts';
import type { Task } from '../../execution/task.ts';
import { type ExecutionWorld, neededToRun } from '../../execution/world.ts';
import { answerOutcall } from '../../management/answer-outcall.ts';
import { managementCanister } from '../../management/management-canister.ts';
import { inspectNativeCall, queryNative } from '../../management/native-canister.ts';
import type { IngressMessage, Message } from '../../messages/message.ts';
import type { Outcome, Reject } from '../../messages/outcome.ts';
import type { Canister } from '../../state/canister.ts';
import { Canisters } from '../../state/canisters.ts';
import { Outcalls } from '../../state/outcalls.ts';
import { SubnetCosts } from '../../system-api/subnet-costs.ts';
import { openLedgers, saveLedgers } from '../../system-canisters/ledgers.ts';
import { type Batch, batchRandomness, type OutcallAnswer } from './batch.ts';
import type { BatchRunnerOptions } from './batch-runner-options.ts';
import { CertifiedMetrics } from './certified-metrics.ts';
import { chargeIngress } from './charge-ingress.ts';
import { DueTasks } from './due-tasks.ts';
import { IngressHistory } from './ingress-history.ts';
import { Natives } from './natives.ts';
import type { RoundImage } from './round-image.ts';
import { StatePublisher } from './state-publisher.ts';
import { TaskExecutor } from './task-executor.ts';
import { TaskQueue } from './task-queue.ts';

/**
 * The canisters of a subnet, and what happens to them. Every time (ns since 1970) is an argument, and randomness comes with a
 * batch, so that the same batches on the same state always lead to the same state.
 */
export class BatchRunner {
  readonly canisters: Canisters;
  readonly ingress: IngressHistory;
  /** What its messages are executed in. */
  readonly world: ExecutionWorld;
  readonly #state: CertifiedState | undefined;
  readonly #publisher: StatePublisher;
  readonly #metrics: CertifiedMetrics;
  readonly #queue: TaskQueue;
  readonly #natives: Natives;
  readonly #forward: (task: Task) => boolean;
  readonly #due: DueTasks;
  readonly #executor: TaskExecutor;
  #batchTime: bigint;
  /** What execution sees as the time. */
  #time: bigint;

  constructor(options: BatchRunnerOptions) {
    const { state, image, canisters = [] } = options;
    this.canisters = new Canisters(options.canisterRanges, image?.nextCanisterNumber);
    this.ingress = new IngressHistory(image?.ingress);
    this.#state = state;
    this.#natives = new Natives(this.canisters, options.natives);
    this.#forward = options.forward ?? (() => false);
    this.#metrics = new CertifiedMetrics(state, this.canisters, image?.totals);
    this.#queue = new TaskQueue(image?.queue);
    this.#batchTime = image?.batchTime ?? 0n;
    this.#time = this.#batchTime;
    const instances = new Instances();
    const outcalls = new Outcalls(image?.outcalls);
    this.#publisher = new StatePublisher(state, instances);
    const { limits = APPLICATION_LIMITS, fees = {}, onExecuted } = options;
    this.world = {
      canisters: this.canisters,
      instances,
      outbox: this.#outbox(),
      chainKeys: options.chainKeys,
      subnetId: options.id,
      isElsewhere: options.isElsewhere,
      limits,
      costs: new SubnetCosts({ ...fees, responseInstructions: limits.Ry }),
      subnets: options.subnets ?? (() => ({ all: [this.world], open: [this.world] })),
      subnetAdmins: options.subnetAdmins ?? [],
      rootKey: options.rootKey,
      now: () => this.#time,
      dataCertificate: state && ((canisterId) => dataCertificate(state, canisterId)),
      queryManagement: (message) => queryNative(this.world, managementCanister, message),
      outcalls,
      onHostCall: options.onHostCall,
      ledgers: openLedgers(image?.ledgers),
      consumed: (cycles) => this.#metrics.noteCycles(cycles),
      executed: (report) => {
        this.#executor.noteInstructions(report.instructions);
        onExecuted?.(report);
      },
    };
    this.#due = new DueTasks({
      canisters: this.canisters,
      instances,
      queue: this.#queue,
      outcalls,
      neededToRun: (canister) => neededToRun(this.world, canister),
      lastHeartbeat: image?.lastHeartbeat,
    });
    this.#executor = new TaskExecutor({
      world: this.world,
      natives: this.#natives,
      queue: this.#queue,
      due: this.#due,
      ingress: this.ingress,
      metrics: this.#metrics,
      state,
    });
    for (const canister of canisters) {
      this.canisters.add(canister);
      this.#metrics.noteMemory(canister);
      this.#publisher.publish(canister);
    }
    for (const { requestId, status } of image?.ingress ?? []) state?.setRequestStatus(requestId, status);
  }

  /** When the last batch ran; 0 before the first. */
  get batchTime(): bigint {
    return this.#batchTime;
  }

  /** What is certified as the time. */
  get certifiedTime(): bigint {
    return this.#metrics.time;
  }

  /** What the last batch executed. */
  get instructions(): bigint {
    return this.#executor.instructions;
  }

  /** Whether something waits to be executed. */
  get hasQueued(): boolean {
    return this.#queue.length > 0;
  }

  /** When something is due next; undefined if nothing will be. Old answers are: what they say may not stay where no other call comes. */
  nextDue(): bigint | undefined {
    const [task, removal] = [this.#due.next(), this.ingress.nextRemoval()];
    if (task === undefined || removal === undefined) return task ?? removal;
    return task < removal ? task : removal;
  }

  /** Whether there is a canister of that id, with Wasm or answered without. */
  hasCanister(canisterId: Uint8Array): boolean {
    return this.canisters.get(canisterId) !== undefined || this.#natives.get(canisterId) !== undefined;
  }

  /** Brings the certified metrics up to date, and the certified time to `time`. */
  refresh(time: bigint): void {
    this.#metrics.refresh(time);
  }

  /** Of the certified state at the time of the last batch: the same batches on the same state lead to the same one. */
  rootHash(): Uint8Array {
    const certified = this.#metrics.time;
    this.refresh(this.#batchTime);
    const hash = this.#state?.rootHash() ?? new Uint8Array();
    this.refresh(certified);
    return hash;
  }

  /** Asks whether a message would be taken at that time; a reject says why it would not. */
  inspect(message: Message, time: bigint): Reject | undefined {
    this.#time = time;
    const native = this.#natives.get(message.canisterId);
    return native === undefined
      ? inspectMessage(this.world, message)
      : inspectNativeCall(this.world, native, message);
  }

  /** Answers a query at that time, of which nothing is kept but its statistics. */
  query(message: Message, time: bigint): Outcome {
    this.#time = time;
    this.refresh(time);
    const native = this.#natives.get(message.canisterId);
    return native === undefined
      ? executeQuery(this.world, message)
      : queryNative(this.world, native, message);
  }

  /** Takes a message in outside of a batch, as `run` does within. */
  induct(message: IngressMessage, time: bigint): Reject | undefined {
    this.#time = time;
    return this.#induct(message);
  }

  /** Takes a call or a response from another subnet. */
  receive(task: Task, time: bigint): void {
    this.#time = time;
    this.#queue.push(task);
  }

  /** Gives a pending outcall its response outside of a batch; false for an unknown id. */
  answer({ id, response }: OutcallAnswer, time: bigint): boolean {
    this.#time = time;
    return answerOutcall(this.world, id, response);
  }

  /** Takes up what somebody did to a canister from outside of it. */
  changed(canister: Canister, time: bigint): void {
    this.#time = time;
    this.world.outbox.changed(canister);
  }

  /**
   * Runs a batch, and of what waits as much as a slice has room for. `decide` is told of each of its messages whether it was
   * taken: undefined, or the reject that says why not. Depends on nothing but the batch and the state.
   */
  run(
    { time, seed, beats, messages, answers = [], queryStats }: Batch,
    decide: (message: IngressMessage, verdict: Reject | undefined) => void = () => undefined,
  ): void {
    this.#batchTime = time;
    this.#time = time;
    for (const { requestId } of this.ingress.removeExpired(time)) {
      this.#state?.removeRequestStatus(requestId);
    }
    for (const { canisterId, stats } of queryStats) {
      const canister = this.canisters.get(canisterId);
      if (canister !== undefined) canister.queryStats = { ...stats };
    }
    for (const message of messages) decide(message, this.#induct(message));
    for (const { id, response } of answers) answerOutcall(this.world, id, response);
    chargeIdle(this.world);
    if (beats) this.#due.enqueueHeartbeats(time);
    this.#due.enqueue(time);
    this.#executor.executeSlice(batchRandomness(seed));
  }

  /** All beside the canisters, between two messages. */
  image(): RoundImage {
    return {
      batchTime: this.#batchTime,
      lastHeartbeat: this.#due.lastHeartbeat,
      nextCanisterNumber: this.canisters.nextNumber,
      queue: this.#queue.toArray(),
      ingress: this.ingress.toArray(),
      totals: this.#metrics.totals,
      ledgers: saveLedgers(this.world.ledgers),
      outcalls: this.world.outcalls.image(),
    };
  }

  /** Takes a message in: its fee is paid, and it is known and queued. A reject says why it is not. */
  #induct(call: IngressMessage): Reject | undefined {
    const refusal = chargeIngress(this.world, call);
    if (refusal !== undefined) return refusal;
    this.ingress.add(call);
    this.#state?.setRequestStatus(call.requestId, { kind: 'received' });
    const { sender, requestId, callerInfo, canisterId, methodName, arg } = call;
    const origin = { kind: 'ingress', sender, requestId, callerInfo } as const;
    this.#queue.push({ kind: 'call', origin, callee: canisterId, methodName, arg, cycles: 0n });
    return undefined;
  }

  #outbox(): Outbox {
    return {
      enqueue: (task) => {
        if (!this.#forward(task)) this.#queue.push(task);
      },
      finish: (requestId, outcome) => {
        this.#state?.setRequestStatus(requestId, outcome);
        this.ingress.finish(requestId, outcome);
      },
      changed: (canister) => {
        this.#publisher.publish(canister);
        this.#metrics.noteMemory(canister);
        scheduleLowMemoryHook(this.world, canister);
      },
      removed: (canister) => {
        this.#publisher.withdraw(canister);
        this.#metrics.forget(canister);
      },
    };
  }
}

function dataCertificate(state: CertifiedState, canisterId: Uint8Array): Uint8Array {
  return state.certificate([[utf8('canister'), canisterId, utf8('certified_data')]]);
}
