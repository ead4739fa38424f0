import { utf8 } from '../codec/bytes.ts';
import { encodeCbor } from '../codec/cbor.ts';
import { encodeUnsignedLeb128 } from '../codec/leb128.ts';
import type { RequestStatus } from '../messages/outcome.ts';
import { LabeledMap, Leaf, type StateNode } from './labeled-map.ts';
import type { NetworkKeys } from './network-keys.ts';

/** What the state tree shows of a canister ("The system state tree"). */
export interface CanisterEntry {
  readonly controllers: readonly Uint8Array[];
  /** SHA-256 of the module as it was uploaded; undefined for an empty canister. */
  readonly moduleHash: Uint8Array | undefined;
  /** Custom sections `icp:public <name>` and `icp:private <name>`, by name without the prefix. */
  readonly metadata: ReadonlyMap<string, Uint8Array>;
  /** When it was created, and its code was deployed or a snapshot loaded last, in ns since 1970; undefined where that is not known, or never was. */
  readonly createdAt?: bigint | undefined;
  readonly installedAt?: bigint | undefined;
  /** At most 32 bytes; empty until set. */
  readonly certifiedData: Uint8Array;
}

/** A closed interval of canister ids. */
export type CanisterRange = readonly [first: Uint8Array, last: Uint8Array];

/** What kind of subnet the state tree says this is; icp asks a "cloud_engine" for other system canisters. */
export type SubnetType = 'application' | 'system' | 'verified_application' | 'cloud_engine';

/** What the state tree says of the subnet itself. */
export interface SubnetEntry {
  readonly keys: NetworkKeys;
  readonly type: SubnetType;
  /** Ordered, without overlap, at least one. */
  readonly canisterRanges: readonly CanisterRange[];
}

/** What `/subnet/<id>/metrics` tells ("Subnet information"). Never lower than it was, except the first two. */
export interface SubnetMetrics {
  readonly numCanisters: bigint;
  readonly canisterStateBytes: bigint;
  readonly consumedCyclesTotal: bigint;
  readonly updateTransactionsTotal: bigint;
}

/** Of a subnet that has done nothing yet. */
export const NO_METRICS: SubnetMetrics = {
  numCanisters: 0n,
  canisterStateBytes: 0n,
  consumedCyclesTotal: 0n,
  updateTransactionsTotal: 0n,
};

/** A map with text labels; a field without a value is left out. */
export function fields(entries: Readonly<Record<string, StateNode | undefined>>): LabeledMap {
  return LabeledMap.of(
    ...Object.entries(entries).flatMap(([label, node]) =>
      node === undefined ? [] : [[utf8(label), node] as const],
    ),
  );
}

/** The subtree `/canister/<id>` ("Canister information"). */
export function canisterNode(entry: CanisterEntry): StateNode {
  const metadata = [...entry.metadata].map(([name, content]) => [utf8(name), new Leaf(content)] as const);
  return fields({
    canister_creation_timestamp: timeLeaf(entry.createdAt),
    certified_data: new Leaf(entry.certifiedData),
    controllers: new Leaf(encodeCbor(entry.controllers)),
    last_install_timestamp: timeLeaf(entry.installedAt),
    metadata: metadata.length > 0 ? LabeledMap.of(...metadata) : undefined,
    module_hash: entry.moduleHash && new Leaf(entry.moduleHash),
  });
}

function timeLeaf(time: bigint | undefined): Leaf | undefined {
  return time === undefined ? undefined : new Leaf(encodeUnsignedLeb128(time));
}

/** The subtree `/request_status/<id>` ("Request status"). */
export function requestStatusNode(status: RequestStatus): StateNode {
  const kind = new Leaf(utf8(status.kind));
  switch (status.kind) {
    case 'received':
    case 'processing':
    case 'done':
      return fields({ status: kind });
    case 'replied':
      return fields({ status: kind, reply: new Leaf(status.reply) });
    case 'rejected':
      return fields({
        status: kind,
        reject_code: new Leaf(encodeUnsignedLeb128(BigInt(status.reject.code))),
        reject_message: new Leaf(utf8(status.reject.message)),
        error_code: new Leaf(utf8(status.reject.errorCode)),
      });
  }
}

/** The subtree `/subnet/<id>` ("Subnet information"). */
export function subnetNode({ keys, type, canisterRanges }: SubnetEntry, metrics: SubnetMetrics): StateNode {
  return fields({
    canister_ranges: new Leaf(encodeCbor(canisterRanges)),
    metrics: new Leaf(encodeMetrics(metrics)),
    node: LabeledMap.of([keys.nodeId, fields({ public_key: new Leaf(keys.node.publicKeyDer) })]),
    public_key: new Leaf(keys.root.publicKeyDer),
    type: new Leaf(utf8(type)),
  });
}

/** The subtree `/canister_ranges/<subnet>`, in one shard ("Canister ranges"). */
export function canisterRangesNode(ranges: readonly CanisterRange[]): StateNode {
  const first = ranges[0]?.[0];
  return first === undefined ? LabeledMap.empty : LabeledMap.of([first, new Leaf(encodeCbor(ranges))]);
}

function encodeMetrics(metrics: SubnetMetrics): Uint8Array {
  const low = BigInt.asUintN(64, metrics.consumedCyclesTotal);
  const high = metrics.consumedCyclesTotal >> 64n;
  return encodeCbor({
    num_canisters: metrics.numCanisters,
    canister_state_bytes: metrics.canisterStateBytes,
    // The halves go under the keys 0 and 1, as the replica writes them and agents read them.
    consumed_cycles_total: new Map(high > 0n ? [[0, low] as const, [1, high] as const] : [[0, low] as const]),
    update_transactions_total: metrics.updateTransactionsTotal,
  });
}
