import { BlsKey } from './bls-key.ts';
import { NodeKey } from './node-key.ts';
import { selfAuthenticatingId } from './self-authenticating-id.ts';

/** The secrets that a network keeps over restarts, 32 bytes each. Who has them can forge its certificates. */
export interface NetworkSeeds {
  readonly root: Uint8Array;
  readonly node: Uint8Array;
}

/** The keys of a subnet with one node. */
export interface NetworkKeys {
  /** What they are made from. */
  readonly seeds: NetworkSeeds;
  /** Signs the subnet's state: the root of trust, unless another subnet's delegation vouches for it. */
  readonly root: BlsKey;
  /** Signs query replies. */
  readonly node: NodeKey;
  /** The principal of the subnet. */
  readonly subnetId: Uint8Array;
  /** The principal of the node. */
  readonly nodeId: Uint8Array;
}

/** New seeds from a source of secret random bytes. */
export function createNetworkSeeds(random: (length: number) => Uint8Array): NetworkSeeds {
  return { root: random(32), node: random(32) };
}

/** The keys that the seeds stand for: the same seeds give the same root key, subnet id and node id. */
export function createNetworkKeys(seeds: NetworkSeeds): NetworkKeys {
  const root = new BlsKey(seeds.root);
  const node = new NodeKey(seeds.node);
  return {
    seeds,
    root,
    node,
    subnetId: selfAuthenticatingId(root.publicKeyDer),
    nodeId: selfAuthenticatingId(node.publicKeyDer),
  };
}
