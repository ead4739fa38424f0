import type { CertifiedState } from '../certification/certified-state.ts';
import { toHex, utf8 } from '../codec/bytes.ts';
import { executeCall } from '../execution/execute-call.ts';
import { executeQuery } from '../execution/execute-query.ts';
import { executeResponse } from '../execution/execute-response.ts';
import { executeSystemTask } from '../execution/execute-system-task.ts';
import { inspectMessage } from '../execution/inspect-message.ts';
import { Instances } from '../execution/instances.ts';
import { INSTRUCTION_LIMITS } from '../execution/limits.ts';
import type { Outbox } from '../execution/outbox.ts';
import { outOfCycles } from '../execution/rejects.ts';
import type { Task } from '../execution/task.ts';
import { type ExecutionReport, type ExecutionWorld, frozenCycles } from '../execution/world.ts';
import { answerOutcall, type OutcallResponse } from '../management/answer-outcall.ts';
import { managementCanister } from '../management/management-canister.ts';
import {
  executeNativeCall,
  inspectNativeCall,
  type NativeCanister,
  queryNative,
} from '../management/native-canister.ts';
import type { Canister } from '../state/canister.ts';
import type { CanisterIdRange } from '../state/canister-ids.ts';
import { Canisters } from '../state/canisters.ts';
import { memoryUse, totalBytes } from '../state/memory-use.ts';
import { type Outcall, Outcalls, type OutcallsImage } from '../state/outcalls.ts';
import { executionFee, ingressFee } from '../system-api/cycle-costs.ts';
import { type LedgerImages, openLedgers, saveLedgers } from '../system-canisters/ledgers.ts';
import { NATIVE_CANISTERS } from '../system-canisters/native-canisters.ts';
import { DueTasks } from './due-tasks.ts';
import { IngressHistory, type IngressRecord } from './ingress-history.ts';
import type { NetworkClock } from './network-clock.ts';
import { Scheduler } from './scheduler.ts';
import { StatePublisher } from './state-publisher.ts';
import type { IngressMessage, Message, Outcome, Reject, RequestStatus, Subnet } from './subnet.ts';
import { TaskQueue } from './task-queue.ts';

/** What a subnet is made of beside its canisters, as plain data. */
export interface SubnetImage {
  /** ns since 1970. */
  readonly time: bigint;
  readonly nextCanisterNumber: bigint;
  readonly queue: readonly Task[];
  readonly ingress: readonly IngressRecord[];
  readonly totals: SubnetTotals;
  /** Absent in what was written before there were ledgers. */
  readonly ledgers?: LedgerImages;
  /** Absent in what was written before there were outcalls. */
  readonly outcalls?: OutcallsImage;
}

/** Counted since the network was made. */
export interface SubnetTotals {
  readonly cyclesConsumed: bigint;
  readonly updates: bigint;
}

/** What a subnet starts with. */
export interface LocalSubnetOptions {
  readonly id: Uint8Array;
  /** DER. */
  readonly rootKey: Uint8Array;
  readonly clock: NetworkClock;
  /** Secret random bytes, for raw_rand. */
  readonly random: (length: number) => Uint8Array;
  /** Where it publishes what is certified; nowhere if left out. */
  readonly state?: CertifiedState | undefined;
  /** Where it goes on from. */
  readonly image?: SubnetImage | undefined;
  readonly canisters?: readonly Canister[] | undefined;
  /** The ids that its canisters can have; those of a network of one subnet unless told. */
  readonly canisterRanges?: readonly CanisterIdRange[] | undefined;
  /** The canisters that it answers for without Wasm; all that there are unless told. */
  readonly natives?: readonly NativeCanister[] | undefined;
  /** Takes what is for another subnet; false for what is for this one. Without it there is no other. */
  readonly forward?: ((task: Task) => boolean) | undefined;
  /** Whether rounds run by themselves (unless told), or only when `round` is called. */
  readonly rounds?: 'automatic' | 'on demand' | undefined;
  /** Told when something changed that a checkpoint should have. */
  readonly onChange?: (() => void) | undefined;
  /** Told of every execution. */
  readonly onExecuted?: ((report: ExecutionReport) => void) | undefined;
}

/** How many instructions a round on demand executes, after which it leaves the rest to the next. */
const ROUND_INSTRUCTIONS = 7_000_000_000n;
/** What each execution counts for in a round beside its own instructions, so that cheap ones don't go on for ever. */
const EXECUTION_OVERHEAD = 2_000_000n;
/** For how long messages are executed before other work of the process gets its turn, in ms. */
const SLICE_MS = 20;

/**
 * A subnet of one node. Messages run one at a time in the order in which they came, as soon as there are any; timers
 * when they are due, heartbeats every second.
 */
export class LocalSubnet implements Subnet {
  readonly id: Uint8Array;
  readonly canisters: Canisters;
  readonly #clock: NetworkClock;
  readonly #random: (length: number) => Uint8Array;
  readonly #state: CertifiedState | undefined;
  readonly #publisher: StatePublisher;
  readonly #queue: TaskQueue;
  readonly #ingress: IngressHistory;
  readonly #world: ExecutionWorld;
  readonly #onChange: () => void;
  readonly #natives: ReadonlyMap<string, NativeCanister>;
  readonly #forward: (task: Task) => boolean;
  readonly #due: DueTasks;
  readonly #scheduler: Scheduler;
  #idleWaiters: (() => void)[] = [];
  #cyclesConsumed: bigint;
  /** Since the subnet was made or opened, to limit rounds by. */
  #executedInstructions = 0n;
  #updates: bigint;

  constructor(options: LocalSubnetOptions) {
    const { id, rootKey, clock, random, state, image, canisters = [], onChange, onExecuted } = options;
    this.id = id;
    this.canisters = new Canisters(options.canisterRanges, image?.nextCanisterNumber);
    const natives = options.natives ?? NATIVE_CANISTERS;
    this.#natives = new Map(natives.map((native) => [toHex(native.id), native]));
    this.#forward = options.forward ?? (() => false);
    this.#clock = clock;
    this.#random = random;
    this.#state = state;
    this.#queue = new TaskQueue(image?.queue);
    this.#ingress = new IngressHistory(image?.ingress);
    this.#cyclesConsumed = image?.totals.cyclesConsumed ?? 0n;
    this.#updates = image?.totals.updates ?? 0n;
    this.#onChange = onChange ?? (() => undefined);
    this.#scheduler = new Scheduler(() => this.#round());
    if (options.rounds === 'on demand') this.#scheduler.close();
    const instances = new Instances();
    const outcalls = new Outcalls(image?.outcalls);
    this.#due = new DueTasks(this.canisters, instances, this.#queue, outcalls);
    this.#publisher = new StatePublisher(state, instances);
    this.#world = {
      canisters: this.canisters,
      instances,
      outbox: this.#outbox(),
      subnetId: id,
      rootKey,
      now: () => clock.now(),
      dataCertificate: state && ((canisterId) => dataCertificate(state, canisterId)),
      queryManagement: (message) => queryNative(this.#world, managementCanister, message),
      outcalls,
      ledgers: openLedgers(image?.ledgers),
      executed: (report) => {
        this.#cyclesConsumed += report.cycles;
        this.#executedInstructions += report.instructions + EXECUTION_OVERHEAD;
        onExecuted?.(report);
      },
    };
    for (const canister of canisters) {
      this.canisters.add(canister);
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
    const native = this.#native(call.canisterId);
    const refusal =
      native === undefined
        ? (inspectMessage(this.#world, call) ?? this.#chargeIngress(call))
        : inspectNativeCall(this.#world, native, call);
    if (refusal !== undefined) return refusal;
    this.#ingress.add(call);
    this.#state?.setRequestStatus(call.requestId, { kind: 'received' });
    this.#queue.push({
      kind: 'call',
      origin: { kind: 'ingress', sender: call.sender, requestId: call.requestId },
      callee: call.canisterId,
      methodName: call.methodName,
      arg: call.arg,
      cycles: 0n,
    });
    this.#scheduler.soon();
    return undefined;
  }

  async outcome(requestId: Uint8Array): Promise<Outcome> {
    return this.#ingress.outcome(requestId);
  }

  /** How far a message is; undefined for one that is not known, or not any more. */
  status(requestId: Uint8Array): RequestStatus | undefined {
    return this.#ingress.get(requestId)?.status;
  }

  async query(message: Message): Promise<Outcome> {
    this.refresh();
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

  isPrivateMetadata(canisterId: Uint8Array, name: string): boolean {
    const code = this.canisters.get(canisterId)?.code;
    if (code === undefined) return false;
    return this.#world.instances.moduleOf(code).customSections.get(name)?.visibility === 'private';
  }

  /** Brings the certified time and metrics up to now. */
  refresh(): void {
    this.#state?.setTime(this.#clock.now());
    this.#state?.setMetrics({
      numCanisters: BigInt(this.canisters.size),
      canisterStateBytes: [...this.canisters].reduce((sum, each) => sum + totalBytes(memoryUse(each)), 0n),
      consumedCyclesTotal: this.#cyclesConsumed,
      updateTransactionsTotal: this.#updates,
    });
  }

  /** Looks again at what is due, as after the time was moved. */
  wake(): void {
    this.#scheduler.soon();
  }

  /** Lets what is due run, and every heartbeat; resolves once nothing waits to be executed. */
  async tick(): Promise<void> {
    this.#due.enqueueHeartbeats(this.now());
    this.#scheduler.soon();
    await this.idle();
  }

  /**
   * Runs one round: what is due, every heartbeat, and what waits, with the calls that this makes, until nothing is left or
   * the round's instructions are used up. For a subnet whose rounds are on demand.
   */
  round(): void {
    this.#due.enqueueHeartbeats(this.now());
    const end = this.#executedInstructions + ROUND_INSTRUCTIONS;
    do this.#round();
    while (this.#queue.length > 0 && this.#executedInstructions < end);
    this.refresh();
  }

  /** Takes a call or a response from another subnet. */
  receive(task: Task): void {
    this.#queue.push(task);
    this.#scheduler.soon();
  }

  /** HTTP outcalls that wait for `answerOutcall`. */
  get outcalls(): readonly Outcall[] {
    return this.#world.outcalls.pending;
  }

  /** Gives a pending outcall its response; what its canister makes of it runs in the next round. False for an unknown id. */
  answerOutcall(id: bigint, response: OutcallResponse): boolean {
    const known = answerOutcall(this.#world, id, response);
    this.#onChange();
    this.#scheduler.soon();
    return known;
  }

  /** Takes up what somebody did to a canister from outside of it. */
  changed(canister: Canister): void {
    this.#world.outbox.changed(canister);
    this.#onChange();
    this.#scheduler.soon();
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
    this.#resolveIdle();
  }

  /** A canister installed under the id of a native one takes its place. */
  #native(canisterId: Uint8Array): NativeCanister | undefined {
    return this.canisters.get(canisterId) === undefined ? this.#natives.get(toHex(canisterId)) : undefined;
  }

  /** Takes the fee for receiving the message, where the canister can then still execute it. */
  #chargeIngress({ canisterId, methodName, arg }: IngressMessage): Reject | undefined {
    const canister = this.canisters.get(canisterId);
    if (canister === undefined) return undefined;
    const fee = ingressFee(methodName, arg);
    const needed = fee + executionFee(INSTRUCTION_LIMITS.U) + frozenCycles(canister);
    if (canister.cycles < needed) return outOfCycles(canisterId, needed - canister.cycles);
    canister.cycles -= fee;
    this.#cyclesConsumed += fee;
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
      changed: (canister) => this.#publisher.publish(canister),
      removed: (canister) => this.#publisher.withdraw(canister),
    };
  }

  #round(): void {
    this.refresh();
    for (const { requestId } of this.#ingress.removeExpired(this.now())) {
      this.#state?.removeRequestStatus(requestId);
    }
    this.#due.enqueue(this.now());
    if (this.#queue.length > 0) {
      this.#executeSlice();
      this.#onChange();
    }
    const next = this.#due.next();
    // A timer that was set to the past, or that a start has let loose, is due now, though nothing is queued for it yet.
    if (this.#queue.length > 0 || (next !== undefined && next <= this.now())) {
      this.#scheduler.soon();
      return;
    }
    if (next !== undefined) this.#scheduler.at(next, this.now());
    this.#resolveIdle();
  }

  #executeSlice(): void {
    const end = performance.now() + SLICE_MS;
    do {
      const task = this.#queue.shift();
      if (task === undefined) return;
      this.#execute(task);
    } while (performance.now() < end);
  }

  #resolveIdle(): void {
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  #execute(task: Task): void {
    switch (task.kind) {
      case 'call': {
        this.#updates += 1n;
        const native = this.#native(task.callee);
        if (native === undefined) executeCall(this.#world, task);
        else executeNativeCall(this.#world, native, task, this.#random);
        if (task.origin.kind === 'ingress') this.#noteProcessing(task.origin.requestId);
        return;
      }
      case 'response':
        executeResponse(this.#world, task);
        return;
      case 'timer':
      case 'heartbeat':
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
