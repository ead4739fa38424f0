import { notKept } from '../execution/rejects.ts';
import type { Task } from '../execution/task.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { OutcallResponse } from '../management/answer-outcall.ts';
import type { IngressMessage, Message } from '../messages/message.ts';
import type { Outcome, Reject, RequestStatus } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import type { Canisters } from '../state/canisters.ts';
import type { Outcall } from '../state/outcalls.ts';
import { Intake } from './intake.ts';
import type { LocalSubnetOptions } from './local-subnet-options.ts';
import type { NetworkClock } from './network-clock.ts';
import { replay } from './replay.ts';
import type { ClockReading, JournalEntry } from './round/batch.ts';
import { BatchRunner } from './round/batch-runner.ts';
import { Scheduler } from './scheduler.ts';
import type { Subnet } from './subnet.ts';
import type { SubnetImage } from './subnet-image.ts';

/** How much a round on demand executes, after which it leaves the rest to the next. */
const ROUND_INSTRUCTIONS = 7_000_000_000n;

/** For how long nothing is tried after the journal could not be written, in ns. */
const RETRY_NS = 1_000_000_000n;

/**
 * A subnet of one node. Messages run one at a time in the order in which they came, as soon as there are any; timers
 * when they are due, heartbeats every second. It tells the batch runner the time, and when to run.
 */
export class LocalSubnet implements Subnet {
  readonly id: Uint8Array;
  readonly #runner: BatchRunner;
  readonly #clock: NetworkClock;
  readonly #intake: Intake;
  readonly #scheduler: Scheduler;
  readonly #keep: (message: IngressMessage) => boolean;
  readonly #onChange: () => void;
  readonly #isOnDemand: boolean;
  #idleWaiters: (() => void)[] = [];

  constructor(options: LocalSubnetOptions) {
    const { id, clock, random, journal } = options;
    this.id = id;
    this.#clock = clock;
    this.#runner = new BatchRunner(options);
    this.#intake = new Intake({
      clock,
      random,
      canisters: this.canisters,
      rootHash: () => this.rootHash(),
      journal,
    });
    this.#keep = options.keep ?? (() => true);
    this.#onChange = options.onChange ?? (() => undefined);
    this.#scheduler = new Scheduler(() => this.#round());
    this.#isOnDemand = options.rounds === 'on demand';
    if (this.#isOnDemand) this.#scheduler.close();
    this.refresh();
    this.#scheduler.soon();
  }

  get canisters(): Canisters {
    return this.#runner.canisters;
  }

  now(): bigint {
    return this.#clock.now();
  }

  async submit(call: IngressMessage): Promise<Reject | undefined> {
    if (this.status(call.requestId) !== undefined) return undefined;
    const time = this.#timeOfQueries();
    const refusal = this.#runner.inspect(call, time);
    if (refusal !== undefined) return refusal;
    this.#scheduler.soon();
    if (this.#intake.keeps) return this.#intake.add(call);
    return this.#keep(call) ? this.#runner.induct(call, time) : notKept();
  }

  async outcome(requestId: Uint8Array): Promise<Outcome> {
    return this.#runner.ingress.outcome(requestId);
  }

  /** How far a message is; undefined for one that is not known, or not any more. */
  status(requestId: Uint8Array): RequestStatus | undefined {
    return this.#runner.ingress.get(requestId)?.status;
  }

  async query(message: Message): Promise<Outcome> {
    return this.#runner.query(message, this.#timeOfQueries());
  }

  requester(
    requestId: Uint8Array,
  ): { readonly sender: Uint8Array; readonly effectiveCanisterId: Uint8Array } | undefined {
    return this.#runner.ingress.get(requestId);
  }

  controllers(canisterId: Uint8Array): readonly Uint8Array[] | undefined {
    return this.canisters.get(canisterId)?.settings.controllers;
  }

  /** Whether there is a canister of that id, with Wasm or answered without. */
  hasCanister(canisterId: Uint8Array): boolean {
    return this.#runner.hasCanister(canisterId);
  }

  isPrivateMetadata(canisterId: Uint8Array, name: string): boolean {
    const code = this.canisters.get(canisterId)?.code;
    if (code === undefined) return false;
    return this.world.instances.moduleOf(code).customSections.get(name)?.visibility === 'private';
  }

  /** When the last round ran, in ns since 1970; 0 before the first. */
  get lastRound(): bigint {
    return this.#runner.batchTime;
  }

  /** Brings the certified metrics up to date, and the certified time to now. */
  refresh(): void {
    this.#runner.refresh(this.now());
  }

  /** Of the certified state at the time of the last batch: the same batches on the same state lead to the same one. */
  rootHash(): Uint8Array {
    return this.#runner.rootHash();
  }

  /**
   * Does again what a journal has, before anything else happens. Returns where it leads the clock; undefined where there is
   * nothing. Throws a RangeError where the state is not the one that the next entry was made for.
   */
  replay(entries: Iterable<JournalEntry>): ClockReading | undefined {
    return replay(this.#runner, entries);
  }

  /** Looks again at what is due, as after the time was moved. */
  wake(): void {
    this.#intake.wake();
    this.#scheduler.soon();
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
      executed += this.#runner.instructions;
    } while (this.#runner.hasQueued && executed < ROUND_INSTRUCTIONS);
    this.refresh();
  }

  /** Whether a round now would find nothing to execute. */
  get isIdle(): boolean {
    return !this.#hasWork(this.#runner.nextDue());
  }

  /** Takes a call or a response from another subnet. For a network in memory. */
  receive(task: Task): void {
    this.#changeUnkept((time) => this.#runner.receive(task, time));
  }

  /** What its messages are executed in, for canisters of other subnets that are answered without Wasm. */
  get world(): ExecutionWorld {
    return this.#runner.world;
  }

  /** HTTP outcalls that wait for `answerOutcall`. */
  get outcalls(): readonly Outcall[] {
    return this.world.outcalls.pending.filter(({ id }) => !this.#intake.isAnswered(id));
  }

  /**
   * Gives a pending outcall its response; what its canister makes of it runs in the next round. False for an unknown id. Where the
   * process is killed before that is in the journal, the outcall waits again for a response.
   */
  answerOutcall(id: bigint, response: OutcallResponse): boolean {
    const answer = { id, response };
    if (!this.#intake.keeps) return this.#changeUnkept((time) => this.#runner.answer(answer, time));
    const isPending = this.outcalls.some((outcall) => outcall.id === id);
    if (isPending) this.#intake.answer(answer);
    this.#scheduler.soon();
    return isPending;
  }

  /** Takes up what somebody did to a canister from outside of it. For a network in memory. */
  changed(canister: Canister): void {
    this.#changeUnkept((time) => this.#runner.changed(canister, time));
  }

  /** Resolves when nothing waits to be executed. */
  async idle(): Promise<void> {
    if (!this.#scheduler.isBusy) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** All beside the canisters, between two messages. */
  image(): SubnetImage {
    return { time: this.#clock.now(), advanced: this.#clock.advanced, ...this.#runner.image() };
  }

  /** Executes nothing any more. */
  close(): void {
    this.#scheduler.close();
    this.#intake.close();
    this.#resolveIdle();
  }

  /** Queries see the state that is certified, so that time which nobody ran a round for has not come yet for them. */
  #timeOfQueries(): bigint {
    return this.#isOnDemand ? this.#runner.certifiedTime : this.#clock.now();
  }

  /** Does what is in no batch, so that nothing can do it again. */
  #changeUnkept<T>(change: (time: bigint) => T): T {
    if (this.#intake.keeps) {
      throw new Error(
        'The state of a network with a state folder changes by messages, responses to outcalls and time only: what else was done would be missing when its journal is done again. Use a network in memory.',
      );
    }
    const result = change(this.#clock.now());
    this.#scheduler.soon();
    return result;
  }

  #round(): void {
    if (this.#hasWork(this.#runner.nextDue())) {
      const batch = this.#intake.take();
      if (batch === undefined) {
        this.#scheduler.at(this.now() + RETRY_NS, this.now());
        this.#resolveIdle();
        return;
      }
      this.#runner.run(batch, (message, verdict) => this.#intake.decide(message, verdict));
      this.#onChange();
    }
    const next = this.#runner.nextDue();
    if (this.#hasWork(next)) {
      this.#scheduler.soon();
      return;
    }
    if (next !== undefined) this.#scheduler.at(next, this.now());
    this.#resolveIdle();
  }

  /** A timer that was set to the past, or that a start has let loose, is due now, though nothing is queued for it yet. */
  #hasWork(next: bigint | undefined): boolean {
    return this.#runner.hasQueued || this.#intake.isWaiting || (next !== undefined && next <= this.now());
  }

  #resolveIdle(): void {
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }
}
