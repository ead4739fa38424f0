import { equalBytes, toHex, utf8 } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { sha256 } from '../codec/sha256.ts';
import type { Task } from '../execution/task.ts';
import type { HttpInterfaceOptions } from '../http/http-interface.ts';
import type { Canister } from '../state/canister.ts';
import { isCanisterIdIn, numberOf } from '../state/canister-ids.ts';
import { NetworkClock } from '../subnet/network-clock.ts';
import type { Message, Outcome, Reject, RequestStatus } from '../subnet/subnet.ts';
import { BadRequest } from './bad-request.ts';
import { calleeOf, destinationOf, type EffectivePrincipal, specifiedIdOf } from './call-route.ts';
import { createPocketSubnet, type PocketSubnet } from './pocket-subnet.ts';
import { canisterRangesOf, type SubnetKind } from './topology.ts';

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

/** What an instance starts with. */
export interface InstanceOptions {
  /** One for each subnet. */
  readonly kinds: readonly SubnetKind[];
  /** ns since 1970. */
  readonly time?: bigint | undefined;
}

/**
 * A network of several subnets in this process, of which nothing moves by itself: `tick` runs a round of each subnet. The
 * subnets share the time. A call to a canister of another subnet is put into that subnet's queue.
 */
export class PocketIcInstance {
  readonly #subnets: PocketSubnet[] = [];
  /** Shared by all subnets; it moves only as it is told to. */
  readonly #clock = new NetworkClock(() => 0n);
  #messages = 0;

  constructor({ kinds, time = DEFAULT_START }: InstanceOptions) {
    this.#clock.advance(time);
    // The subnet that vouches for the others has to be there before them; its ids are those of its place all the same.
    const places = [...kinds.entries()].sort(([, a], [, b]) => Number(b === 'NNS') - Number(a === 'NNS'));
    for (const [index, kind] of places) this.#addSubnet(kind, index);
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
    this.#clock.advance(ahead);
  }

  /** As `setTime`, and certifies the time at once. */
  setCertifiedTime(time: bigint): void {
    this.setTime(time);
    for (const { subnet } of this.#subnets) subnet.refresh();
  }

  /** Runs a round of each subnet, a nanosecond after the last. */
  tick(): void {
    this.#clock.advance(1n);
    for (const { subnet } of [...this.#subnets]) subnet.round();
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
  find(canisterId: Uint8Array): { readonly canister: Canister; readonly home: PocketSubnet } | undefined {
    const home = this.subnetOf(canisterId);
    const canister = home?.subnet.canisters.get(canisterId);
    return home && canister && { canister, home };
  }

  async query(message: RoutedMessage): Promise<Outcome> {
    return this.#route(message).subnet.query(message);
  }

  /** Takes a message in, which runs in the next round; answers the reject of one that is refused. */
  async submit(message: RoutedMessage): Promise<SubmittedMessage | Reject> {
    const home = this.#route(message);
    const requestId = sha256(utf8(`message ${this.#messages++}`));
    const reject = await home.subnet.submit({
      ...message,
      requestId,
      ingressExpiry: NEVER,
      effectiveCanisterId: message.canisterId,
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
    return number === undefined ? undefined : this.#addSubnet('Application', this.#subnets.length, number);
  }

  #addSubnet(kind: SubnetKind, index: number, number?: bigint): PocketSubnet {
    const subnet = createPocketSubnet({
      kind,
      index,
      canisterRanges: canisterRangesOf(kind, index, number),
      root: this.#root,
      clock: this.#clock,
      forward: (from, task) => this.#forward(from, task),
    });
    this.#subnets.push(subnet);
    return subnet;
  }

  /** Puts what is for a canister of another subnet into that one's queue; false where it stays. */
  #forward(from: PocketSubnet, task: Task): boolean {
    const destination = destinationOf(task);
    const home = destination === undefined ? from : this.subnetOf(destination);
    if (home === undefined || home === from) return false;
    home.subnet.receive(task);
    return true;
  }
}
