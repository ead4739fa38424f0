import type { CertifiedState } from '../certification/certified-state.ts';
import { equalBytes, toHex, utf8 } from '../codec/bytes.ts';
import { chargeIdle } from '../execution/charge-idle.ts';
import { executeCall } from '../execution/execute-call.ts';
import { executeQuery } from '../execution/execute-query.ts';
import { executeResponse } from '../execution/execute-response.ts';
import { executeSystemTask } from '../execution/execute-system-task.ts';
import { inspectMessage } from '../execution/inspect-message.ts';
import { Instances } from '../execution/instances.ts';
import { APPLICATION_LIMITS } from '../execution/limits.ts';
import { scheduleLowMemoryHook } from '../execution/low-memory-hook.ts';
import type { Outbox } from '../execution/outbox.ts';
import { notKept } from '../execution/rejects.ts';
import type { Task } from '../execution/task.ts';
import { type ExecutionWorld, neededToRun } from '../execution/world.ts';
import { answerOutcall, type OutcallResponse } from '../management/answer-outcall.ts';
import { managementCanister } from '../management/management-canister.ts';
import {
  executeNativeCall,
  inspectNativeCall,
  type NativeCanister,
  queryNative,
} from '../management/native-canister.ts';
import type { IngressMessage, Message } from '../messages/message.ts';
import type { Outcome, Reject, RequestStatus } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import { Canisters } from '../state/canisters.ts';
import { MemoryTotal } from '../state/memory-total.ts';
import { type Outcall, Outcalls } from '../state/outcalls.ts';
import { SubnetCosts } from '../system-api/subnet-costs.ts';
import { openLedgers, saveLedgers } from '../system-canisters/ledgers.ts';
import { NATIVE_CANISTERS } from '../system-canisters/native-canisters.ts';
import { type Batch, batchRandomness, type JournalEntry } from './batch.ts';
import { chargeIngress, chargeLater } from './charge-ingress.ts';
import { DueTasks } from './due-tasks.ts';
import { IngressHistory } from './ingress-history.ts';
import { Intake } from './intake.ts';
import type { LocalSubnetOptions } from './local-subnet-options.ts';
import type { ClockReading, NetworkClock } from './network-clock.ts';
import { Scheduler } from './scheduler.ts';
import { StatePublisher } from './state-publisher.ts';
import type { Subnet } from './subnet.ts';
import type { SubnetImage } from './subnet-image.ts';
import { TaskQueue } from './task-queue.ts';

/**
 * How much is executed before other work of the process gets its turn: some 20 ms. It is counted and not timed so that
 * a round that is run again ends where it ended.
 */
const SLICE_INSTRUCTIONS = 100_000_000n;
/** How much a round on demand executes, after which it leaves the rest to the next. */
const ROUND_INSTRUCTIONS = 7_000_000_000n;
/** What a message takes beside its instructions, so that cheap ones don't go on for ever. */
const MESSAGE_INSTRUCTIONS = 1_000_000n;

/** For how long nothing is tried after the journal could not be written, in ns. */
const RETRY_NS = 1_000_000_000n;

/**
 * A subnet of one node. Messages run one at a time in the order in which they came, as soon as there are any; timers
 * when they are due, heartbeats every second.
 */
export class LocalSubnet implements Subnet {
  readonly id: Uint8Array;
  readonly canisters: Canisters;
  readonly #clock: NetworkClock;
  readonly #state: CertifiedState | undefined;
  readonly #publisher: StatePublisher;
  readonly #memory = new MemoryTotal();
  readonly #queue: TaskQueue;
  readonly #ingress: IngressHistory;
  readonly #world: ExecutionWorld;
  readonly #onChange: () => void;
  readonly #natives: ReadonlyMap<string, NativeCanister>;
  readonly #forward: (task: Task) => boolean;
  readonly #keep: (message: IngressMessage) => boolean;
  readonly #due: DueTasks;
  readonly #intake: Intake;
  readonly #scheduler: Scheduler;
  #idleWaiters: (() => void)[] = [];
  #cyclesConsumed: bigint;
  #updates: bigint;
  /** What execution sees as the time, in ns since 1970. */
  #time: bigint;
  #batchTime: bigint;
  /** What is certified as the time, in ns since 1970. */
  #certifiedTime = 0n;
  readonly #isOnDemand: boolean;
  /** In the last slice. */
  #instructions = 0n;

  constructor(options: LocalSubnetOptions) {
    const { id, rootKey, clock, random, state, image, canisters = [], journal } = options;
    const { onChange, onExecuted } = options;
    this.id = id;
    this.canisters = new Canisters(options.canisterRanges, image?.nextCanisterNumber);
    const natives = options.natives ?? NATIVE_CANISTERS;
    this.#natives = new Map(natives.map((native) => [toHex(native.id), native]));
    this.#forward = options.forward ?? (() => false);
    this.#keep = options.keep ?? (() => true);
    this.#clock = clock;
    this.#state = state;
    this.#queue = new TaskQueue(image?.queue);
    this.#ingress = new IngressHistory(image?.ingress);
    this.#cyclesConsumed = image?.totals.cyclesConsumed ?? 0n;
    this.#updates = image?.totals.updates ?? 0n;
    this.#batchTime = image?.batchTime ?? 0n;
    this.#time = this.#batchTime;
    this.#onChange = onChange ?? (() => undefined);
    this.#scheduler = new Scheduler(() => this.#round());
    this.#isOnDemand = options.rounds === 'on demand';
    if (this.#isOnDemand) this.#scheduler.close();
    const instances = new Instances();
    const outcalls = new Outcalls(image?.outcalls);
    this.#due = new DueTasks({
      canisters: this.canisters,
      instances,
      queue: this.#queue,
      outcalls,
      neededToRun: (canister) => neededToRun(this.#world, canister),
      lastHeartbeat: image?.lastHeartbeat,
    });
    this.#intake = new Intake({
      clock,
      random,
      canisters: this.canisters,
      rootHash: () => this.rootHash(),
      journal,
    });
    this.#publisher = new StatePublisher(state, instances);
    const { limits = APPLICATION_LIMITS, fees = {} } = options;
    this.#world = {
      canisters: this.canisters,
      instances,
      outbox: this.#outbox(),
      chainKeys: options.chainKeys,
      subnetId: id,
      isElsewhere: options.isElsewhere,
      limits,
      costs: new SubnetCosts({ ...fees, responseInstructions: limits.Ry }),
      subnets: options.subnets ?? (() => ({ all: [this.#world], open: [this.#world] })),
      subnetAdmins: options.subnetAdmins ?? [],
      rootKey,
      now: () => this.#time,
      dataCertificate: state && ((canisterId) => dataCertificate(state, canisterId)),
      queryManagement: (message) => queryNative(this.#world, managementCanister, message),
      outcalls,
      onHostCall: options.onHostCall,
      ledgers: openLedgers(image?.ledgers),
      consumed: (cycles) => {
        this.#cyclesConsumed += cycles;
      },
      executed: (report) => {
        this.#instructions += report.instructions;
        onExecuted?.(report);
      },
    };
    for (const canister of canisters) {
      this.canisters.add(canister);
      this.#memory.note(canister);
      this.#publisher.publish(canister);
    }
    for (const { requestId, status } of image?.ingress ?? []) state?.setRequestStatus(requestId, status);
    this.refresh();
    this.#scheduler.soon();
  }

  now(): bigint {
    return this.#clock.now();
  }

  async submit(call: IngressMessage): Promise<Reject | undefined> {
    if (this.#ingress.get(call.requestId) !== undefined) return undefined;
    this.#time = this.#timeOfQueries();
    const native = this.#native(call.canisterId);
    const refusal =
      native === undefined ? inspectMessage(this.#world, call) : inspectNativeCall(this.#world, native, call);
    if (refusal !== undefined) return refusal;
    this.#scheduler.soon();
    if (this.#intake.keeps) return this.#intake.add(call);
    return this.#keep(call) ? this.#induct(call) : notKept();
  }

  async outcome(requestId: Uint8Array): Promise<Outcome> {
    return this.#ingress.outcome(requestId);
  }

  /** How far a message is; undefined for one that is not known, or not any more. */
  status(requestId: Uint8Array): RequestStatus | undefined {
    return this.#ingress.get(requestId)?.status;
  }

  async query(message: Message): Promise<Outcome> {
    this.#time = this.#timeOfQueries();
    this.refresh(this.#time);
    const native = this.#native(message.canisterId);
    return native === undefined
      ? executeQuery(this.#world, message)
      : queryNative(this.#world, native, message);
  }

  requester(
    requestId: Uint8Array,
  ): { readonly sender: Uint8Array; readonly effectiveCanisterId: Uint8Array } | undefined {
    return this.#ingress.get(requestId);
  }

  controllers(canisterId: Uint8Array): readonly Uint8Array[] | undefined {
    return this.canisters.get(canisterId)?.settings.controllers;
  }

  /** Whether there is a canister of that id, with Wasm or answered without. */
  hasCanister(canisterId: Uint8Array): boolean {
    return this.canisters.get(canisterId) !== undefined || this.#native(canisterId) !== undefined;
  }

  isPrivateMetadata(canisterId: Uint8Array, name: string): boolean {
    const code = this.canisters.get(canisterId)?.code;
    if (code === undefined) return false;
    return this.#world.instances.moduleOf(code).customSections.get(name)?.visibility === 'private';
  }

  /** When the last round ran, in ns since 1970; 0 before the first. */
  get lastRound(): bigint {
    return this.#batchTime;
  }

  /** Brings the certified metrics up to date, and the time, in ns since 1970, to now or to what it is told. */
  refresh(time = this.#clock.now()): void {
    this.#certifiedTime = time;
    this.#state?.setTime(time);
    this.#state?.setMetrics({
      numCanisters: BigInt(this.canisters.size),
      canisterStateBytes: this.#memory.bytes,
      consumedCyclesTotal: this.#cyclesConsumed,
      updateTransactionsTotal: this.#updates,
    });
  }

  /** Of the certified state at the time of the last batch: the same batches on the same state lead to the same one. */
  rootHash(): Uint8Array {
    const certified = this.#certifiedTime;
    this.refresh(this.#batchTime);
    const hash = this.#state?.rootHash() ?? new Uint8Array();
    this.refresh(certified);
    return hash;
  }

  /**
   * Does again what a journal has, before anything else happens. Returns where it leads the clock; undefined where there is
   * nothing. Throws a RangeError where the state is not the one that the next entry was made for.
   */
  replay(entries: Iterable<JournalEntry>): ClockReading | undefined {
    let reading: ClockReading | undefined;
    for (const { stateBefore, batch } of entries) {
      if (!equalBytes(stateBefore, this.rootHash())) {
        throw new RangeError(
          `before the batch of ${batch.time} the certified state is ${toHex(this.rootHash())}, and was ${toHex(stateBefore)}`,
        );
      }
      this.#run(batch);
      reading = batch;
    }
    return reading;
  }

  /** Looks again at what is due, as after the time was moved. */
  wake(): void {
    this.#intake.wake();
    this.#scheduler.soon();
  }

  /** Queries see the state that is certified, so that time which nobody ran a round for has not come yet for them. */
  #timeOfQueries(): bigint {
    return this.#isOnDemand ? this.#certifiedTime : this.#clock.now();
  }

  /** Lets what is due run, and every heartbeat; resolves once nothing waits to be executed. */
  async tick(): Promise<void> {
    this.#intake.tick();
    this.#scheduler.soon();
    await this.idle();
  }

  /**
   * Runs one round: what is due, every heartbeat, and what waits, with the calls that this makes, until nothing is left or
   * the round's instructions are used up. For a subnet whose rounds are on demand.
   */
  round(): void {
    this.#intake.tick();
    let executed = 0n;
    do {
      this.#round();
      executed += this.#instructions;
    } while (this.#queue.length > 0 && executed < ROUND_INSTRUCTIONS);
    this.refresh();
  }

  /** Whether a round now would find nothing to execute. */
  get isIdle(): boolean {
    return !this.#hasWork(this.#due.next());
  }

  /** Takes a call or a response from another subnet. For a network in memory. */
  receive(task: Task): void {
    this.#changeUnkept(() => this.#queue.push(task));
  }

  /** What its messages are executed in, for canisters of other subnets that are answered without Wasm. */
  get world(): ExecutionWorld {
    return this.#world;
  }

  /** HTTP outcalls that wait for `answerOutcall`. */
  get outcalls(): readonly Outcall[] {
    return this.#world.outcalls.pending.filter(({ id }) => !this.#intake.isAnswered(id));
  }

  /**
   * Gives a pending outcall its response; what its canister makes of it runs in the next round. False for an unknown id. Where the
   * process is killed before that is in the journal, the outcall waits again for a response.
   */
  answerOutcall(id: bigint, response: OutcallResponse): boolean {
    if (!this.#intake.keeps) return this.#changeUnkept(() => answerOutcall(this.#world, id, response));
    const isPending = this.outcalls.some((outcall) => outcall.id === id);
    if (isPending) this.#intake.answer({ id, response });
    this.#scheduler.soon();
    return isPending;
  }

  /** Takes up what somebody did to a canister from outside of it. For a network in memory. */
  changed(canister: Canister): void {
    this.#changeUnkept(() => this.#world.outbox.changed(canister));
  }

  /** Does what is in no batch, so that nothing can do it again. */
  #changeUnkept<T>(change: () => T): T {
    if (this.#intake.keeps) {
      throw new Error(
        'The state of a network with a state folder changes by messages, responses to outcalls and time only: what else was done would be missing when its journal is done again. Use a network in memory.',
      );
    }
    this.#time = this.#clock.now();
    const result = change();
    this.#scheduler.soon();
    return result;
  }

  /** Resolves when nothing waits to be executed. */
  async idle(): Promise<void> {
    if (!this.#scheduler.isBusy) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** All beside the canisters, between two messages. */
  image(): SubnetImage {
    return {
      time: this.#clock.now(),
      advanced: this.#clock.advanced,
      batchTime: this.#batchTime,
      lastHeartbeat: this.#due.lastHeartbeat,
      nextCanisterNumber: this.canisters.nextNumber,
      queue: this.#queue.toArray(),
      ingress: this.#ingress.toArray(),
      totals: { cyclesConsumed: this.#cyclesConsumed, updates: this.#updates },
      ledgers: saveLedgers(this.#world.ledgers),
      outcalls: this.#world.outcalls.image(),
    };
  }

  /** Executes nothing any more. */
  close(): void {
    this.#scheduler.close();
    this.#intake.close();
    this.#resolveIdle();
  }

  /** A canister installed under the id of a native one takes its place. */
  #native(canisterId: Uint8Array): NativeCanister | undefined {
    return this.canisters.get(canisterId) === undefined ? this.#natives.get(toHex(canisterId)) : undefined;
  }

  /** Takes a message in: its fee is paid, and it is known and queued. A reject says why it is not. */
  #induct(call: IngressMessage): Reject | undefined {
    const refusal = chargeIngress(this.#world, call);
    if (refusal !== undefined) return refusal;
    this.#ingress.add(call);
    this.#state?.setRequestStatus(call.requestId, { kind: 'received' });
    this.#queue.push({
      kind: 'call',
      origin: {
        kind: 'ingress',
        sender: call.sender,
        requestId: call.requestId,
        callerInfo: call.callerInfo,
      },
      callee: call.canisterId,
      methodName: call.methodName,
      arg: call.arg,
      cycles: 0n,
    });
    return undefined;
  }

  #outbox(): Outbox {
    return {
      enqueue: (task) => {
        if (!this.#forward(task)) this.#queue.push(task);
      },
      finish: (requestId, outcome) => {
        this.#state?.setRequestStatus(requestId, outcome);
        this.#ingress.finish(requestId, outcome);
      },
      changed: (canister) => {
        this.#publisher.publish(canister);
        this.#memory.note(canister);
        scheduleLowMemoryHook(this.#world, canister);
      },
      removed: (canister) => {
        this.#publisher.withdraw(canister);
        this.#memory.forget(canister);
      },
    };
  }

  #round(): void {
    if (this.#hasWork(this.#due.next())) {
      const batch = this.#intake.take();
      if (batch === undefined) {
        this.#scheduler.at(this.now() + RETRY_NS, this.now());
        this.#resolveIdle();
        return;
      }
      this.#run(batch);
      this.#onChange();
    }
    const next = this.#due.next();
    if (this.#hasWork(next)) {
      this.#scheduler.soon();
      return;
    }
    if (next !== undefined) this.#scheduler.at(next, this.now());
    this.#resolveIdle();
  }

  /** A timer that was set to the past, or that a start has let loose, is due now, though nothing is queued for it yet. */
  #hasWork(next: bigint | undefined): boolean {
    return this.#queue.length > 0 || this.#intake.isWaiting || (next !== undefined && next <= this.now());
  }

  /** Depends on nothing but the batch and the state. */
  #run({ time, seed, beats, messages, answers = [], queryStats }: Batch): void {
    this.#batchTime = time;
    this.#time = time;
    for (const { requestId } of this.#ingress.removeExpired(time)) {
      this.#state?.removeRequestStatus(requestId);
    }
    for (const { canisterId, stats } of queryStats) {
      const canister = this.canisters.get(canisterId);
      if (canister !== undefined) canister.queryStats = { ...stats };
    }
    for (const message of messages) this.#intake.decide(message, this.#induct(message));
    for (const { id, response } of answers) answerOutcall(this.#world, id, response);
    chargeIdle(this.#world);
    if (beats) this.#due.enqueueHeartbeats(time);
    this.#due.enqueue(time);
    this.#executeSlice(batchRandomness(seed));
  }

  #executeSlice(random: (length: number) => Uint8Array): void {
    this.#instructions = 0n;
    do {
      const task = this.#queue.shift();
      if (task === undefined) return;
      this.#execute(task, random);
      this.#instructions += MESSAGE_INSTRUCTIONS;
    } while (this.#instructions < SLICE_INSTRUCTIONS);
  }

  #resolveIdle(): void {
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  #execute(task: Task, random: (length: number) => Uint8Array): void {
    switch (task.kind) {
      case 'call': {
        this.#updates += 1n;
        const native = this.#native(task.callee);
        if (native === undefined) executeCall(this.#world, task);
        else executeNativeCall(this.#world, native, task, random);
        if (task.origin.kind === 'ingress') {
          this.#noteProcessing(task.origin.requestId);
          if (native === managementCanister) chargeLater(this.#world, { ...task, canisterId: task.callee });
        }
        return;
      }
      case 'response':
        executeResponse(this.#world, task);
        return;
      case 'timer':
      case 'heartbeat':
      case 'low-memory':
        this.#due.started(task);
        executeSystemTask(this.#world, task);
        return;
    }
  }

  /** A call that waits for others is shown as being worked on. */
  #noteProcessing(requestId: Uint8Array): void {
    const record = this.#ingress.get(requestId);
    if (record?.status.kind !== 'received') return;
    record.status = { kind: 'processing' };
    this.#state?.setRequestStatus(requestId, record.status);
  }
}

function dataCertificate(state: CertifiedState, canisterId: Uint8Array): Uint8Array {
  return state.certificate([[utf8('canister'), canisterId, utf8('certified_data')]]);
}
