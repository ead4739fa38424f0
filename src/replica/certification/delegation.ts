import { utf8 } from '../codec/bytes.ts';
import { encodeUnsignedLeb128 } from '../codec/leb128.ts';
import type { BlsKey } from './bls-key.ts';
import { Certifier, type Delegation } from './certificate.ts';
import { LabeledMap, Leaf } from './labeled-map.ts';
import { canisterRangesNode, fields, NO_METRICS, type SubnetEntry, subnetNode } from './state-entries.ts';

/**
 * The root subnet's word that a subnet has its key and its canister ids ("Delegation"): a certificate of the root key that
 * reveals both, in the old and in the new place of the ranges. `time` in ns since 1970.
 */
export function delegate(root: BlsKey, subnet: SubnetEntry, time: bigint): Delegation {
  const { subnetId } = subnet.keys;
  const state = fields({
    canister_ranges: LabeledMap.of([subnetId, canisterRangesNode(subnet.canisterRanges)]),
    subnet: LabeledMap.of([subnetId, subnetNode(subnet, NO_METRICS)]),
    time: new Leaf(encodeUnsignedLeb128(time)),
  });
  const revealed = ['public_key', 'canister_ranges', 'type'].map((name) => [
    utf8('subnet'),
    subnetId,
    utf8(name),
  ]);
  const paths = [[utf8('time')], [utf8('canister_ranges'), subnetId], ...revealed];
  return { subnetId, certificate: new Certifier(root).certificate(state, paths) };
}
