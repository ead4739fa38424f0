import type { Delegation } from '../certification/certificate.ts';
import { delegate } from '../certification/delegation.ts';
import { createNetworkKeys } from '../certification/network-keys.ts';
import { StateTree } from '../certification/state-tree.ts';
import type { ChainKeys } from '../chain-keys/chain-keys.ts';
import { concatBytes, utf8 } from '../codec/bytes.ts';
import { sha256 } from '../codec/sha256.ts';
import {
  APPLICATION_LIMITS,
  BENCHMARKING_LIMITS,
  type InstructionLimits,
  SYSTEM_LIMITS,
} from '../execution/limits.ts';
import type { CallTask, Task } from '../execution/task.ts';
import type { NetworkSubnets } from '../execution/world.ts';
import type { ServedSubnet } from '../http/http-context.ts';
import { managementCanister } from '../management/management-canister.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { Canister } from '../state/canister.ts';
import type { CanisterIdRange } from '../state/canister-ids.ts';
import { LocalSubnet } from '../subnet/local-subnet.ts';
import type { NetworkClock } from '../subnet/network-clock.ts';
import type { SubnetImage } from '../subnet/subnet-image.ts';
import { featuredCanisters, type IcpFeature } from './icp-features.ts';
import { SeededBytes } from './seeded-bytes.ts';
import { canisterRangesOf, KINDS, type SubnetPlace, type SubnetSpec } from './topology.ts';

/** A subnet of an instance. */
export interface PocketSubnet extends ServedSubnet, SubnetSpec {
  readonly subnet: LocalSubnet;
  /** 32 bytes, from which its keys and its randomness come. */
  readonly seed: Uint8Array;
  /** In order; ids are given in turn from the last. */
  readonly canisterRanges: readonly CanisterIdRange[];
  image(): PocketSubnetImage;
}

/** What there is of a subnet beside its canisters, as plain data. */
export interface PocketSubnetImage extends SubnetPlace {
  /** How far its randomness is. */
  readonly blocksDrawn: number;
  readonly subnet: SubnetImage;
}

/** What a subnet of an instance is made of. */
export interface PocketSubnetOptions {
  readonly place: SubnetPlace;
  /** The subnet that vouches for this one; undefined where clients trust its own key. */
  readonly root: PocketSubnet | undefined;
  readonly clock: NetworkClock;
  /** Of the instance; the subnet has the canisters of those that belong to it. */
  readonly features: readonly IcpFeature[];
  readonly subnets: () => NetworkSubnets;
  /** The instance's, which all its subnets sign with. */
  readonly chainKeys: ChainKeys | undefined;
  readonly forward: (from: PocketSubnet, task: Task) => boolean;
  readonly isElsewhere: (
    from: PocketSubnet,
    call: Pick<CallTask, 'callee' | 'methodName' | 'arg'>,
  ) => boolean;
  /** Told of each ingress message before it is taken; false where it must not be. */
  readonly keep: (home: PocketSubnet, message: IngressMessage) => boolean;
  /** Where it goes on from. */
  readonly saved?: { readonly image: PocketSubnetImage; readonly canisters: readonly Canister[] } | undefined;
}

/**
 * Makes a subnet, whose rounds run on demand. Its keys and its randomness follow from its kind and index alone, so that a
 * test sees the same ids and numbers each time; nobody has a secret to keep here.
 */
export function createPocketSubnet(options: PocketSubnetOptions): PocketSubnet {
  const { place, root, clock, features, subnets, chainKeys, forward, isElsewhere, keep, saved } = options;
  const { kind, index, costSchedule, instructions } = place;
  const isSystem = KINDS[kind].type === 'system';
  const canisterRanges = canisterRangesOf(place);
  const seed = sha256(utf8(`pocket-ic subnet ${kind} ${index}`));
  const random = new SeededBytes(seed, saved?.image.blocksDrawn ?? 0);
  const keys = createNetworkKeys({ root: seed, node: sha256(concatBytes(seed, utf8('node'))) });
  const entry = { keys, type: KINDS[kind].type, canisterRanges };
  let delegation: Delegation | undefined;
  const state = new StateTree(
    entry,
    root && (() => (delegation ??= delegate(root.keys.root, entry, clock.now()))),
  );
  const subnet: LocalSubnet = new LocalSubnet({
    id: keys.subnetId,
    rootKey: (root?.keys ?? keys).root.publicKeyDer,
    clock,
    random: (length) => random.draw(length),
    state,
    canisterRanges,
    natives: [managementCanister, ...featuredCanisters(features, kind)],
    subnets,
    fees: { nodes: BigInt(KINDS[kind].size), isFree: isSystem || costSchedule === 'Free' },
    limits: limitsOf(isSystem, instructions),
    chainKeys,
    rounds: 'on demand',
    forward: (task) => forward(created, task),
    isElsewhere: (call) => isElsewhere(created, call),
    keep: (message) => keep(created, message),
    image: saved?.image.subnet,
    canisters: saved?.canisters,
  });
  const image = (): PocketSubnetImage => ({ ...place, blocksDrawn: random.blocks, subnet: subnet.image() });
  const created: PocketSubnet = {
    kind,
    costSchedule,
    instructions,
    subnet,
    state,
    keys,
    seed,
    canisterRanges,
    image,
  };
  return created;
}

function limitsOf(isSystem: boolean, instructions: SubnetSpec['instructions']): InstructionLimits {
  if (instructions === 'Benchmarking') return BENCHMARKING_LIMITS;
  return isSystem ? SYSTEM_LIMITS : APPLICATION_LIMITS;
}
