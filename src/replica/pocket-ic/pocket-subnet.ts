import type { Delegation } from '../certification/certificate.ts';
import { delegate } from '../certification/delegation.ts';
import { createNetworkKeys } from '../certification/network-keys.ts';
import { StateTree } from '../certification/state-tree.ts';
import { concatBytes, utf8 } from '../codec/bytes.ts';
import { sha256 } from '../codec/sha256.ts';
import type { Task } from '../execution/task.ts';
import type { ServedSubnet } from '../http/http-context.ts';
import { managementCanister } from '../management/management-canister.ts';
import type { CanisterIdRange } from '../state/canister-ids.ts';
import { LocalSubnet } from '../subnet/local-subnet.ts';
import type { NetworkClock } from '../subnet/network-clock.ts';
import { KINDS, type SubnetKind } from './topology.ts';

/** A subnet of an instance. */
export interface PocketSubnet extends ServedSubnet {
  readonly kind: SubnetKind;
  readonly subnet: LocalSubnet;
  /** 32 bytes, from which its keys and its randomness come. */
  readonly seed: Uint8Array;
  readonly canisterRanges: readonly CanisterIdRange[];
}

/** What a subnet of an instance is made of. */
export interface PocketSubnetOptions {
  readonly kind: SubnetKind;
  /** Which of the instance's subnets it is. */
  readonly index: number;
  /** In order; ids are given in turn from the last. */
  readonly canisterRanges: readonly CanisterIdRange[];
  /** The subnet that vouches for this one; undefined where clients trust its own key. */
  readonly root: PocketSubnet | undefined;
  readonly clock: NetworkClock;
  readonly forward: (from: PocketSubnet, task: Task) => boolean;
}

/**
 * Makes a subnet, whose rounds run on demand. Its keys and its randomness follow from its kind and index alone, so that a
 * test sees the same ids and numbers each time; nobody has a secret to keep here.
 */
export function createPocketSubnet(options: PocketSubnetOptions): PocketSubnet {
  const { kind, index, canisterRanges, root, clock, forward } = options;
  const seed = sha256(utf8(`pocket-ic subnet ${kind} ${index}`));
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
    random: seededBytes(seed),
    state,
    canisterRanges,
    natives: [managementCanister],
    rounds: 'on demand',
    forward: (task) => forward(created, task),
  });
  const created: PocketSubnet = { kind, subnet, state, keys, seed, canisterRanges };
  return created;
}

/** Bytes that follow from the seed, others with each call. */
function seededBytes(seed: Uint8Array): (length: number) => Uint8Array {
  let count = 0;
  return (length) => {
    const blocks: Uint8Array[] = [];
    for (let bytes = 0; bytes < length; bytes += 32) {
      blocks.push(sha256(concatBytes(seed, utf8(`random ${count++}`))));
    }
    return concatBytes(...blocks).slice(0, length);
  };
}
