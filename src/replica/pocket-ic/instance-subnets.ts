import { ChainKeys } from '../chain-keys/chain-keys.ts';
import { concatBytes, equalBytes, utf8 } from '../codec/bytes.ts';
import { principalText } from '../codec/principal-text.ts';
import { sha256 } from '../codec/sha256.ts';
import type { Task } from '../execution/task.ts';
import type { NetworkSubnets } from '../execution/world.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { Canister } from '../state/canister.ts';
import { isCanisterIdIn } from '../state/canister-ids.ts';
import type { NetworkClock } from '../subnet/network-clock.ts';
import { BadRequest } from './bad-request.ts';
import { calleeOf, destinationOf } from './call-route.ts';
import type { IcpFeature } from './icp-features.ts';
import { createPocketSubnet, type PocketSubnet, type PocketSubnetImage } from './pocket-subnet.ts';
import { canisterRangesOf, type SubnetKind, type SubnetPlace, type SubnetSpec } from './topology.ts';

/** Where PocketIC has the keys that sign for canisters: an instance with none of them signs nothing. */
const KEY_HOLDERS: ReadonlySet<SubnetKind> = new Set(['II', 'Fiduciary', 'TestThresholdKeys']);
/** The same for all instances, so that a test sees the same keys each time. */
const KEY_SEED = sha256(utf8('pocket-ic chain keys'));

/** A canister of an instance, and where it is. */
export interface FoundCanister {
  readonly canister: Canister;
  readonly home: PocketSubnet;
}

/** What the subnets of an instance have in common. */
export interface InstanceSubnetsOptions {
  readonly clock: NetworkClock;
  readonly features: readonly IcpFeature[];
  /** Told of each ingress message before it is taken; false where it must not be. */
  readonly keep: (home: PocketSubnet, message: IngressMessage) => boolean;
}

/** The subnets of an instance, one of them at least. What is for a canister of another subnet goes into that one's queue. */
export class InstanceSubnets {
  readonly #subnets: PocketSubnet[] = [];
  readonly #options: InstanceSubnetsOptions;
  readonly #chainKeys: ChainKeys | undefined;

  /** New ones of these kinds, or those that were saved, with their canisters. */
  constructor(
    start:
      | readonly SubnetSpec[]
      | { readonly images: readonly PocketSubnetImage[]; readonly canisters: readonly Canister[] },
    options: InstanceSubnetsOptions,
  ) {
    this.#options = options;
    const specs = 'images' in start ? start.images : start;
    if (specs.some(({ kind }) => KEY_HOLDERS.has(kind))) this.#chainKeys = new ChainKeys(KEY_SEED);
    if ('images' in start) {
      for (const image of start.images) this.#add(image, { image, canisters: start.canisters });
      return;
    }
    // The subnet that vouches for the others has to be there before them; its ids are those of its place all the same.
    const places = [...specs.entries()].sort(
      ([, a], [, b]) => Number(b.kind === 'NNS') - Number(a.kind === 'NNS'),
    );
    for (const [index, spec] of places) this.#add({ ...spec, index });
  }

  /** In the order in which they were made, the root subnet first. */
  get list(): readonly PocketSubnet[] {
    return this.#subnets;
  }

  /** The subnet that vouches for the others; undefined where each is trusted itself. */
  get root(): PocketSubnet | undefined {
    return this.#subnets.find(({ kind }) => kind === 'NNS');
  }

  /** The keys, DER, that need nobody to vouch for them. */
  get rootKeys(): readonly Uint8Array[] {
    const roots = this.root === undefined ? this.#subnets : [this.root];
    return roots.map(({ keys }) => keys.root.publicKeyDer);
  }

  /** Where canisters are created unless told: an application subnet if there is any. */
  get default(): PocketSubnet {
    const subnet = this.#subnets.find(({ kind }) => kind === 'Application') ?? this.#subnets[0];
    if (subnet === undefined) throw new Error('an instance has a subnet');
    return subnet;
  }

  /** The subnet in whose ranges the canister id lies, whether there is such a canister or not. */
  of(canisterId: Uint8Array): PocketSubnet | undefined {
    return this.#subnets.find(({ canisterRanges }) => isCanisterIdIn(canisterRanges, canisterId));
  }

  withId(subnetId: Uint8Array): PocketSubnet | undefined {
    return this.#subnets.find(({ subnet }) => equalBytes(subnet.id, subnetId));
  }

  /** As `withId`. Refuses an id that no subnet has. */
  require(subnetId: Uint8Array): PocketSubnet {
    const home = this.withId(subnetId);
    if (home === undefined)
      throw new BadRequest(`SubnetNotFound: there is no subnet ${principalText(subnetId)}`);
    return home;
  }

  /** A canister and its subnet. Refuses an id that no canister has. */
  requireCanister(canisterId: Uint8Array): FoundCanister {
    const home = this.of(canisterId);
    const canister = home?.subnet.canisters.get(canisterId);
    if (home === undefined || canister === undefined)
      throw new BadRequest(`CanisterNotFound: there is no canister ${principalText(canisterId)}`);
    return { canister, home };
  }

  /** All canisters, subnet after subnet. */
  *canisters(): Generator<Canister> {
    for (const { subnet } of this.#subnets) yield* subnet.canisters;
  }

  /** A hash of the certified states of all. */
  stateHash(): Uint8Array {
    return sha256(concatBytes(...this.#subnets.map(({ subnet }) => subnet.rootHash())));
  }

  /** When the last round ran, in ns since 1970; 0 before the first. */
  get lastRound(): bigint {
    return this.#subnets.reduce(
      (last, { subnet }) => (subnet.lastRound > last ? subnet.lastRound : last),
      0n,
    );
  }

  /** Certifies the time, as it is now. */
  refresh(): void {
    for (const { subnet } of this.#subnets) subnet.refresh();
  }

  /** Adds an application subnet that has the ids around the number of a canister. */
  addApplication(number: bigint): PocketSubnet {
    return this.#add({ kind: 'Application', index: this.#subnets.length, number });
  }

  #add(
    place: SubnetPlace,
    saved?: { readonly image: PocketSubnetImage; readonly canisters: readonly Canister[] },
  ): PocketSubnet {
    const { clock, features, keep } = this.#options;
    const ranges = canisterRangesOf(place);
    const subnet = createPocketSubnet({
      place,
      root: this.root,
      features,
      chainKeys: this.#chainKeys,
      subnets: () => this.#networkSubnets(),
      clock,
      forward: (from, task) => this.#forward(from, task),
      isElsewhere: (from, call) => this.#homeOf(from, calleeOf(call)) !== from,
      keep,
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
    const home = this.#homeOf(from, destinationOf(task));
    if (home === from) return false;
    home.subnet.receive(task);
    return true;
  }

  /** The subnet of a canister; that which asks where there is none. */
  #homeOf(from: PocketSubnet, canisterId: Uint8Array | undefined): PocketSubnet {
    return (canisterId === undefined ? undefined : this.of(canisterId)) ?? from;
  }
}
