import { ChainKeys } from '../chain-keys/chain-keys.ts';
import { concatBytes, equalBytes, toHex, utf8 } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { sha256 } from '../codec/sha256.ts';
import { notKept } from '../execution/rejects.ts';
import type { Task } from '../execution/task.ts';
import type { NetworkSubnets } from '../execution/world.ts';
import type { HttpInterfaceOptions } from '../http/http-interface.ts';
import type { OutcallResponse } from '../management/answer-outcall.ts';
import type { Canister } from '../state/canister.ts';
import { isCanisterIdIn, numberOf } from '../state/canister-ids.ts';
import { StableMemory } from '../state/stable-memory.ts';
import { WASM_PAGE_BYTES } from '../state/stable-pages.ts';
import { QueriedCanisters, type QueryStats } from '../subnet/batch.ts';
import { NetworkClock } from '../subnet/network-clock.ts';
import type { IngressMessage, Message, Outcome, Reject, RequestStatus } from '../subnet/subnet.ts';
import { BadRequest } from './bad-request.ts';
import { calleeOf, destinationOf, type EffectivePrincipal, specifiedIdOf } from './call-route.ts';
import { type IcpFeature, MINTING_START } from './icp-features.ts';
import type { InstanceEvent, InstanceRecord } from './instance-event.ts';
import { createPocketSubnet, type PocketSubnet, type PocketSubnetImage } from './pocket-subnet.ts';
import { canisterRangesOf, type SubnetKind, type SubnetPlace } from './topology.ts';

/** When an instance begins unless told, ns since 1970: 6 May 2021, as PocketIC does. */
const DEFAULT_START = 1_620_328_630_000_000_000n;
/** Where PocketIC has the keys that sign for canisters: an instance with none of them signs nothing. */
const KEY_HOLDERS: ReadonlySet<SubnetKind> = new Set(['II', 'Fiduciary', 'TestThresholdKeys']);
/** The same for all instances, so that a test sees the same keys each time. */
const KEY_SEED = sha256(utf8('pocket-ic chain keys'));
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
  readonly kinds: readonly SubnetKind[];
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
  readonly #subnets: PocketSubnet[] = [];
  /** Shared by all subnets; it moves only as it is told to. */
  readonly #clock = new NetworkClock(() => 0n);
  readonly #features: readonly IcpFeature[];
  readonly #chainKeys: ChainKeys | undefined;
  #messages = 0;
  #journal: InstanceJournal | undefined;
  #queried = new QueriedCanisters();

  /** A new one, or `saved` as it was, of which the subnets and features are then; it must have those that are asked for. */
  constructor({ kinds, features = [], time = startOf(features) }: InstanceOptions, saved?: SavedInstance) {
    this.#features = saved?.image.features ?? features;
    this.#clock.advance(saved?.image.time ?? time);
    const present = saved?.image.subnets.map(({ kind }) => kind) ?? kinds;
    if (present.some((kind) => KEY_HOLDERS.has(kind))) this.#chainKeys = new ChainKeys(KEY_SEED);
    if (saved !== undefined) {
      this.#messages = saved.image.messages;
      for (const image of saved.image.subnets) this.#addSubnet(image, { image, canisters: saved.canisters });
      return;
    }
    // The subnet that vouches for the others has to be there before them; its ids are those of its place all the same.
    const places = [...kinds.entries()].sort(([, a], [, b]) => Number(b === 'NNS') - Number(a === 'NNS'));
    for (const [index, kind] of places) this.#addSubnet({ kind, index });
  }

  get subnets(): readonly PocketSubnet[] {
    return this.#subnets;
  }

  /** What the HTTP interface serves of it. */
  get http(): HttpInterfaceOptions {
    return {
      ...(this.#root ?? this.defaultSubnet),
      clock: () => this.now(),
      route: ({ kind, id }) => (kind === 'canister' ? this.subnetOf(id) : this.subnetWithId(id)),
    };
  }

  /** Whether a round now would find nothing to execute. */
  get isIdle(): boolean {
    return this.#subnets.every(({ subnet }) => subnet.isIdle);
  }

  /** What it is now, between two events. */
  saved(): SavedInstance {
    return {
      image: {
        time: this.now(),
        messages: this.#messages,
        features: this.#features,
        subnets: this.#subnets.map((subnet) => subnet.image()),
      },
      canisters: [...this.#canisters()],
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
    this.#refresh();
  }

  /** Follows a clock, in ns since 1970, which is certified. It is kept with the next event only; a time that is past does nothing. */
  followTime(time: bigint): void {
    const ahead = time - this.now();
    if (ahead > 0n) this.#clock.advance(ahead);
    this.#refresh();
  }

  /** Runs a round of each subnet, a nanosecond after the last. */
  tick(): void {
    if (this.#journal !== undefined) {
      const queryStats = this.#queried.take(this.#canisters());
      try {
        this.#keep({ kind: 'round', stateBefore: this.#stateHash(), queryStats });
      } catch (error) {
        // Whose statistics were to be in it has to be looked for again.
        this.#queried = new QueriedCanisters();
        throw error;
      }
    }
    this.#round();
  }

  /** The subnet in whose ranges the canister id lies, whether there is such a canister or not. */
  subnetOf(canisterId: Uint8Array): PocketSubnet | undefined {
    return this.#subnets.find(({ canisterRanges }) => isCanisterIdIn(canisterRanges, canisterId));
  }

  subnetWithId(subnetId: Uint8Array): PocketSubnet | undefined {
    return this.#subnets.find(({ subnet }) => equalBytes(subnet.id, subnetId));
  }

  /** As `subnetWithId`. Refuses an id that no subnet has. */
  requireSubnet(subnetId: Uint8Array): PocketSubnet {
    const home = this.subnetWithId(subnetId);
    if (home === undefined)
      throw new BadRequest(`SubnetNotFound: there is no subnet ${principalText(subnetId)}`);
    return home;
  }

  /** A canister and its subnet; undefined where there is none. */
  find(canisterId: Uint8Array): FoundCanister | undefined {
    const home = this.subnetOf(canisterId);
    const canister = home?.subnet.canisters.get(canisterId);
    return home && canister && { canister, home };
  }

  /** As `find`. Refuses an id that no canister has. */
  requireCanister(canisterId: Uint8Array): FoundCanister {
    const found = this.find(canisterId);
    if (found === undefined)
      throw new BadRequest(`CanisterNotFound: there is no canister ${principalText(canisterId)}`);
    return found;
  }

  /** Gives a canister cycles from nothing; returns what it has then. */
  addCycles(canisterId: Uint8Array, amount: bigint): bigint {
    this.requireCanister(canisterId);
    this.#keep({ kind: 'cycles', canisterId, amount });
    return this.#addCycles(canisterId, amount);
  }

  /** Puts the content in the place of a canister's stable memory. */
  setStableMemory(canisterId: Uint8Array, content: Uint8Array): void {
    this.requireCanister(canisterId);
    this.#keep({ kind: 'stable memory', canisterId, content });
    this.#setStableMemory(canisterId, content);
  }

  /** Gives a pending HTTP outcall of a subnet its response. Refuses an unknown one. */
  answerOutcall(subnetId: Uint8Array, id: bigint, response: OutcallResponse): void {
    const { subnet } = this.requireSubnet(subnetId);
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
    const { sender, canisterId, methodName, arg } = message;
    const requestId = sha256(utf8(`message ${this.#messages}`));
    const reject = await home.subnet.submit({
      sender,
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
    for (const { subnet } of this.#subnets) {
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
    for (const { subnet } of this.#subnets) subnet.close();
  }

  get #root(): PocketSubnet | undefined {
    return this.#subnets.find(({ kind }) => kind === 'NNS');
  }

  /** Where canisters are created unless told: an application subnet if there is any. */
  get defaultSubnet(): PocketSubnet {
    const subnet = this.#subnets.find(({ kind }) => kind === 'Application') ?? this.#subnets[0];
    if (subnet === undefined) throw new Error('an instance has a subnet');
    return subnet;
  }

  /** The subnet that executes a message. Refuses one that no subnet would. */
  #route(message: RoutedMessage): PocketSubnet {
    const { canisterId, methodName, arg, effective } = message;
    if (effective?.kind === 'subnet') return this.requireSubnet(effective.id);
    const specified = canisterId.length === 0 ? specifiedIdOf(methodName, arg) : undefined;
    const target = specified ?? calleeOf({ callee: canisterId, methodName, arg }) ?? effective?.id;
    if (target === undefined) return this.defaultSubnet;
    const home = this.subnetOf(target) ?? (specified && this.#addSubnetFor(specified));
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
    return this.#addApplicationSubnet(number);
  }

  #addApplicationSubnet(number: bigint): PocketSubnet {
    return this.#addSubnet({ kind: 'Application', index: this.#subnets.length, number });
  }

  #addSubnet(
    place: SubnetPlace,
    saved?: { readonly image: PocketSubnetImage; readonly canisters: readonly Canister[] },
  ): PocketSubnet {
    const ranges = canisterRangesOf(place);
    const subnet = createPocketSubnet({
      place,
      root: this.#root,
      features: this.#features,
      chainKeys: this.#chainKeys,
      subnets: () => this.#networkSubnets(),
      clock: this.#clock,
      forward: (from, task) => this.#forward(from, task),
      keep: (home, message) => this.#keepMessage(home, message),
      saved: saved && { ...saved, canisters: saved.canisters.filter(({ id }) => isCanisterIdIn(ranges, id)) },
    });
    this.#subnets.push(subnet);
    return subnet;
  }

  #networkSubnets(): NetworkSubnets {
    const worlds = (subnets: readonly PocketSubnet[]) => subnets.map(({ subnet }) => subnet.world);
    return {
      all: worlds(this.#subnets),
      open: worlds(this.#subnets.filter(({ kind }) => kind === 'Application')),
    };
  }

  /** Puts what is for a canister of another subnet into that one's queue; false where it stays. */
  #forward(from: PocketSubnet, task: Task): boolean {
    const destination = destinationOf(task);
    const home = destination === undefined ? from : this.subnetOf(destination);
    if (home === undefined || home === from) return false;
    home.subnet.receive(task);
    return true;
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
        const state = this.#stateHash();
        if (!equalBytes(state, event.stateBefore)) {
          throw new RangeError(
            `before the round of ${this.now()} the certified state is ${toHex(state)}, and was ${toHex(event.stateBefore)}`,
          );
        }
        this.#noteQueries(event.queryStats);
        this.#round();
        return;
      }
      case 'subnet':
        this.#addApplicationSubnet(event.number);
        return;
      case 'message':
        await this.requireSubnet(event.subnetId).subnet.submit(event.message);
        return;
      case 'outcall':
        this.requireSubnet(event.subnetId).subnet.answerOutcall(event.id, event.response);
        return;
      case 'cycles':
        this.#addCycles(event.canisterId, event.amount);
        return;
      case 'stable memory':
        this.#setStableMemory(event.canisterId, event.content);
        return;
    }
  }

  #round(): void {
    this.#clock.advance(1n);
    for (const { subnet } of [...this.#subnets]) subnet.round();
  }

  #refresh(): void {
    for (const { subnet } of this.#subnets) subnet.refresh();
  }

  #addCycles(canisterId: Uint8Array, amount: bigint): bigint {
    const { canister, home } = this.requireCanister(canisterId);
    canister.cycles += amount;
    home.subnet.changed(canister);
    return canister.cycles;
  }

  #setStableMemory(canisterId: Uint8Array, content: Uint8Array): void {
    const { canister, home } = this.requireCanister(canisterId);
    const memory = new StableMemory(canister.stable);
    memory.clear();
    memory.grow(Math.ceil(content.length / WASM_PAGE_BYTES));
    memory.write(0, content);
    memory.commit();
    home.subnet.changed(canister);
  }

  #noteQueries(queryStats: readonly QueryStats[]): void {
    for (const { canisterId, stats } of queryStats) {
      this.requireCanister(canisterId).canister.queryStats = { ...stats };
    }
  }

  *#canisters(): Generator<Canister> {
    for (const { subnet } of this.#subnets) yield* subnet.canisters;
  }

  #stateHash(): Uint8Array {
    return sha256(concatBytes(...this.#subnets.map(({ subnet }) => subnet.rootHash())));
  }
}

function startOf(features: readonly IcpFeature[]): bigint {
  return features.includes('cycles_minting') ? MINTING_START : DEFAULT_START;
}

/** A canister of an instance, and where it is. */
export interface FoundCanister {
  readonly canister: Canister;
  readonly home: PocketSubnet;
}
