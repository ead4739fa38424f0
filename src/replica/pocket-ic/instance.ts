import { equalBytes, toHex, utf8 } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { sha256 } from '../codec/sha256.ts';
import { notKept } from '../execution/rejects.ts';
import type { HttpInterfaceOptions } from '../http/http-interface.ts';
import type { OutcallResponse } from '../management/answer-outcall.ts';
import type { IngressMessage, Message } from '../messages/message.ts';
import type { Outcome, Reject, RequestStatus } from '../messages/outcome.ts';
import type { Canister } from '../state/canister.ts';
import { numberOf } from '../state/canister-ids.ts';
import { StableMemory } from '../state/stable-memory.ts';
import { WASM_PAGE_BYTES } from '../state/stable-pages.ts';
import { NetworkClock } from '../subnet/network-clock.ts';
import { QueriedCanisters } from '../subnet/queried-canisters.ts';
import type { QueryStats } from '../subnet/round/batch.ts';
import { BadRequest } from './bad-request.ts';
import { calleeOf, type EffectivePrincipal, specifiedIdOf } from './call-route.ts';
import { type IcpFeature, MINTING_START } from './icp-features.ts';
import type { InstanceEvent, InstanceRecord } from './instance-event.ts';
import { InstanceSubnets } from './instance-subnets.ts';
import type { PocketSubnet, PocketSubnetImage } from './pocket-subnet.ts';
import type { SubnetSpec } from './topology.ts';

/** When an instance begins unless told, ns since 1970: 6 May 2021, as PocketIC does. */
const DEFAULT_START = 1_620_328_630_000_000_000n;
/** An answer stays readable for as long as the instance lives, however far its time is moved. */
const NEVER = 1n << 63n;
/** After how many rounds an unanswered message is not waited for any more. */
const MAX_ROUNDS = 100;

/** A message, and where its client says that it goes. */
export interface RoutedMessage extends Message {
  readonly effective: EffectivePrincipal;
}

/** A message that was submitted. */
export interface SubmittedMessage {
  readonly effective: EffectivePrincipal;
  readonly requestId: Uint8Array;
}

/** What a new instance starts with. */
export interface InstanceOptions {
  /** One for each subnet. */
  readonly subnets: readonly SubnetSpec[];
  /** Canisters that it has from the start. */
  readonly features?: readonly IcpFeature[];
  /** ns since 1970. */
  readonly time?: bigint | undefined;
}

/** What an instance is beside its canisters, as plain data. */
export interface InstanceImage {
  /** ns since 1970. */
  readonly time: bigint;
  /** Ingress messages that were taken. */
  readonly messages: number;
  readonly features: readonly IcpFeature[];
  readonly subnets: readonly PocketSubnetImage[];
}

/** An instance at a moment between two events. */
export interface SavedInstance {
  readonly image: InstanceImage;
  readonly canisters: readonly Canister[];
}

/** Keeps what comes to an instance before it happens; false where it cannot, and nothing of it may happen then. */
export type InstanceJournal = (record: InstanceRecord) => boolean;

/**
 * A network of several subnets in this process, of which nothing moves by itself: `tick` runs a round of each subnet. The
 * subnets share the time. A call to a canister of another subnet is put into that subnet's queue.
 */
export class PocketIcInstance {
  readonly subnets: InstanceSubnets;
  /** Shared by all subnets; it moves only as it is told to. */
  readonly #clock = new NetworkClock(() => 0n);
  readonly #features: readonly IcpFeature[];
  #messages: number;
  #journal: InstanceJournal | undefined;
  #queried = new QueriedCanisters();

  /** A new one, or `saved` as it was, of which the subnets and features are then. */
  constructor({ subnets, features = [], time = startOf(features) }: InstanceOptions, saved?: SavedInstance) {
    this.#features = saved?.image.features ?? features;
    this.#messages = saved?.image.messages ?? 0;
    this.#clock.advance(saved?.image.time ?? time);
    this.subnets = new InstanceSubnets(
      saved === undefined ? subnets : { images: saved.image.subnets, canisters: saved.canisters },
      {
        clock: this.#clock,
        features: this.#features,
        keep: (home, message) => this.#keepMessage(home, message),
      },
    );
  }

  /** What the HTTP interface serves of it. */
  get http(): HttpInterfaceOptions {
    return {
      ...(this.subnets.root ?? this.subnets.default),
      clock: () => this.now(),
      rootKeys: () => this.subnets.rootKeys,
      route: ({ kind, id }) => (kind === 'canister' ? this.subnets.of(id) : this.subnets.withId(id)),
    };
  }

  /** Whether a round now would find nothing to execute. */
  get isIdle(): boolean {
    return this.subnets.list.every(({ subnet }) => subnet.isIdle);
  }

  /** What it is now, between two events. */
  saved(): SavedInstance {
    return {
      image: {
        time: this.now(),
        messages: this.#messages,
        features: this.#features,
        subnets: this.subnets.list.map((subnet) => subnet.image()),
      },
      canisters: [...this.subnets.canisters()],
    };
  }

  /** Has every event in the journal from now on, before it happens. */
  keepIn(journal: InstanceJournal): void {
    this.#journal = journal;
  }

  /** Does again what a journal has. Throws a RangeError where the state is not the one that an event came to. */
  async replay(records: Iterable<InstanceRecord>): Promise<void> {
    for (const { time, event } of records) {
      this.#clock.advance(time - this.now());
      await this.#repeat(event);
    }
  }

  /** ns since 1970. */
  now(): bigint {
    return this.#clock.now();
  }

  /** Moves the time to so many ns since 1970. Refuses to go back. */
  setTime(time: bigint): void {
    const ahead = time - this.#clock.now();
    if (ahead < 0n) {
      throw new BadRequest(
        `SettingTimeIntoPast: the time is ${this.#clock.now()} ns, ${time} is before that`,
      );
    }
    this.#keep({ kind: 'time' }, time);
    this.#clock.advance(ahead);
  }

  /** As `setTime`, and certifies the time at once. */
  setCertifiedTime(time: bigint): void {
    this.setTime(time);
    this.subnets.refresh();
  }

  /** Follows a clock, in ns since 1970, which is certified. It is kept with the next event only; a time that is past does nothing. */
  followTime(time: bigint): void {
    const ahead = time - this.now();
    if (ahead > 0n) this.#clock.advance(ahead);
    this.subnets.refresh();
  }

  /** Runs a round of each subnet: at the time that the instance was moved to, or a nanosecond after the last. */
  tick(): void {
    const at = this.#timeOfNextRound();
    if (this.#journal !== undefined) {
      const queryStats = this.#queried.take(this.subnets.canisters());
      try {
        this.#keep({ kind: 'round', stateBefore: this.subnets.stateHash(), queryStats, at });
      } catch (error) {
        // Whose statistics were to be in it has to be looked for again.
        this.#queried = new QueriedCanisters();
        throw error;
      }
    }
    this.#round(at);
  }

  #timeOfNextRound(): bigint {
    const last = this.subnets.lastRound;
    return this.now() > last ? this.now() : last + 1n;
  }

  /** Gives a canister cycles from nothing; returns what it has then. */
  addCycles(canisterId: Uint8Array, amount: bigint): bigint {
    this.subnets.requireCanister(canisterId);
    this.#keep({ kind: 'cycles', canisterId, amount });
    return this.#addCycles(canisterId, amount);
  }

  /** Puts the content in the place of a canister's stable memory. */
  setStableMemory(canisterId: Uint8Array, content: Uint8Array): void {
    this.subnets.requireCanister(canisterId);
    this.#keep({ kind: 'stable memory', canisterId, content });
    this.#setStableMemory(canisterId, content);
  }

  /** Gives a pending HTTP outcall of a subnet its response. Refuses an unknown one. */
  answerOutcall(subnetId: Uint8Array, id: bigint, response: OutcallResponse): void {
    const { subnet } = this.subnets.require(subnetId);
    if (!subnet.outcalls.some((outcall) => outcall.id === id)) {
      throw new BadRequest(
        `InvalidCanisterHttpRequestId: no outcall ${id} of the subnet waits for a response`,
      );
    }
    this.#keep({ kind: 'outcall', subnetId, id, response });
    subnet.answerOutcall(id, response);
  }

  async query(message: RoutedMessage): Promise<Outcome> {
    return this.#route(message).subnet.query(message);
  }

  /** Takes a message in, which runs in the next round; answers the reject of one that is refused. */
  async submit(message: RoutedMessage): Promise<SubmittedMessage | Reject> {
    const home = this.#route(message);
    const { sender, callerInfo, canisterId, methodName, arg } = message;
    const requestId = sha256(utf8(`message ${this.#messages}`));
    const reject = await home.subnet.submit({
      sender,
      callerInfo,
      canisterId,
      methodName,
      arg,
      requestId,
      ingressExpiry: NEVER,
      effectiveCanisterId: canisterId,
    });
    return reject ?? { requestId, effective: { kind: 'subnet', id: home.subnet.id } };
  }

  /** Who submitted the message, and how far it is; undefined for an unknown one. */
  statusOf(
    requestId: Uint8Array,
  ): { readonly sender: Uint8Array; readonly status: RequestStatus | undefined } | undefined {
    for (const { subnet } of this.subnets.list) {
      const request = subnet.requester(requestId);
      if (request !== undefined) return { sender: request.sender, status: subnet.status(requestId) };
    }
    return undefined;
  }

  /** Runs rounds until the message has its answer. Refuses after a hundred. */
  async outcome(requestId: Uint8Array): Promise<Outcome> {
    for (let rounds = 0; rounds <= MAX_ROUNDS; rounds++) {
      const known = this.statusOf(requestId);
      if (known === undefined) throw new BadRequest(`There is no message ${toHex(requestId)}`);
      const { status } = known;
      if (status?.kind === 'replied' || status?.kind === 'rejected') return status;
      this.tick();
      // Others get their turn between two rounds.
      await new Promise((resolve) => setImmediate(resolve));
    }
    throw new BadRequest(`The message ${toHex(requestId)} has no answer after ${MAX_ROUNDS} rounds`);
  }

  close(): void {
    for (const { subnet } of this.subnets.list) subnet.close();
  }

  /** The subnet that executes a message. Refuses one that no subnet would. */
  #route(message: RoutedMessage): PocketSubnet {
    const { canisterId, methodName, arg, effective } = message;
    if (effective?.kind === 'subnet') return this.subnets.require(effective.id);
    const specified = canisterId.length === 0 ? specifiedIdOf(methodName, arg) : undefined;
    const target = specified ?? calleeOf({ callee: canisterId, methodName, arg }) ?? effective?.id;
    if (target === undefined) return this.subnets.default;
    const home = this.subnets.of(target) ?? (specified && this.#addSubnetFor(specified));
    if (home === undefined) {
      throw new BadRequest(`The canister ${principalText(target)} does not belong to any subnet`);
    }
    return home;
  }

  /** Makes an application subnet that has the ids around one that no subnet has, as PocketIC does. */
  #addSubnetFor(canisterId: Uint8Array): PocketSubnet | undefined {
    const number = numberOf(canisterId);
    if (number === undefined) return undefined;
    this.#keep({ kind: 'subnet', number });
    return this.subnets.addApplication(number);
  }

  /** Has the event in the journal. Refuses where it cannot be written. */
  #keep(event: InstanceEvent, time = this.now()): void {
    if (this.#journal?.({ time, event }) === false) throw new BadRequest(notKept().message, 503);
  }

  #keepMessage({ subnet: { id } }: PocketSubnet, message: IngressMessage): boolean {
    const isKept =
      this.#journal?.({ time: this.now(), event: { kind: 'message', subnetId: id, message } }) ?? true;
    if (isKept) this.#messages += 1;
    return isKept;
  }

  async #repeat(event: InstanceEvent): Promise<void> {
    switch (event.kind) {
      case 'time':
        return;
      case 'round': {
        const state = this.subnets.stateHash();
        if (!equalBytes(state, event.stateBefore)) {
          throw new RangeError(
            `before the round of ${this.now()} the certified state is ${toHex(state)}, and was ${toHex(event.stateBefore)}`,
          );
        }
        this.#noteQueries(event.queryStats);
        this.#round(event.at ?? this.now() + 1n);
        return;
      }
      case 'subnet':
        this.subnets.addApplication(event.number);
        return;
      case 'message':
        await this.subnets.require(event.subnetId).subnet.submit(event.message);
        return;
      case 'outcall':
        this.subnets.require(event.subnetId).subnet.answerOutcall(event.id, event.response);
        return;
      case 'cycles':
        this.#addCycles(event.canisterId, event.amount);
        return;
      case 'stable memory':
        this.#setStableMemory(event.canisterId, event.content);
        return;
    }
  }

  #round(at: bigint): void {
    this.#clock.advance(at - this.now());
    for (const { subnet } of [...this.subnets.list]) subnet.round();
  }

  #addCycles(canisterId: Uint8Array, amount: bigint): bigint {
    const { canister, home } = this.subnets.requireCanister(canisterId);
    canister.cycles += amount;
    home.subnet.changed(canister);
    return canister.cycles;
  }

  #setStableMemory(canisterId: Uint8Array, content: Uint8Array): void {
    const { canister, home } = this.subnets.requireCanister(canisterId);
    const memory = new StableMemory(canister.stable);
    memory.clear();
    memory.grow(Math.ceil(content.length / WASM_PAGE_BYTES));
    memory.write(0, content);
    memory.commit();
    home.subnet.changed(canister);
  }

  #noteQueries(queryStats: readonly QueryStats[]): void {
    for (const { canisterId, stats } of queryStats) {
      this.subnets.requireCanister(canisterId).canister.queryStats = { ...stats };
    }
  }
}

function startOf(features: readonly IcpFeature[]): bigint {
  return features.includes('cycles_minting') ? MINTING_START : DEFAULT_START;
}
