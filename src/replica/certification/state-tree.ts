import { utf8 } from '../codec/bytes.ts';
import { encodeUnsignedLeb128 } from '../codec/leb128.ts';
import type { RequestStatus } from '../messages/outcome.ts';
import { Certifier, type Delegation } from './certificate.ts';
import type { CertifiedState } from './certified-state.ts';
import { LabeledMap, Leaf } from './labeled-map.ts';
import {
  type CanisterEntry,
  canisterNode,
  canisterRangesNode,
  fields,
  NO_METRICS,
  requestStatusNode,
  type SubnetEntry,
  type SubnetMetrics,
  subnetNode,
} from './state-entries.ts';
import type { Path } from './witness.ts';

const TIME: Path = [utf8('time')];

/** The system state tree ("The system state tree") of a subnet, which signs its certificates itself. */
export class StateTree implements CertifiedState {
  readonly #subnet: SubnetEntry;
  readonly #certifier: Certifier;
  #time = 0n;
  #metrics = NO_METRICS;
  #canisters = LabeledMap.empty;
  #requests = LabeledMap.empty;
  /** The whole tree, until the next change. */
  #root: LabeledMap | undefined;

  /** A subnet that is not the root of its network says with `delegation` who trusts its key. */
  constructor(subnet: SubnetEntry, delegation?: () => Delegation) {
    this.#subnet = subnet;
    this.#certifier = new Certifier(subnet.keys.root, delegation);
  }

  setTime(time: bigint): void {
    this.#time = time;
    this.#root = undefined;
  }

  /** What `/subnet/<id>/metrics` tells from now on; all is zero until it is set. */
  setMetrics(metrics: SubnetMetrics): void {
    this.#metrics = metrics;
    this.#root = undefined;
  }

  setCanister(canisterId: Uint8Array, entry: CanisterEntry): void {
    this.#canisters = this.#canisters.set(canisterId, canisterNode(entry));
    this.#root = undefined;
  }

  removeCanister(canisterId: Uint8Array): void {
    this.#canisters = this.#canisters.delete(canisterId);
    this.#root = undefined;
  }

  setRequestStatus(requestId: Uint8Array, status: RequestStatus): void {
    this.#requests = this.#requests.set(requestId, requestStatusNode(status));
    this.#root = undefined;
  }

  removeRequestStatus(requestId: Uint8Array): void {
    this.#requests = this.#requests.delete(requestId);
    this.#root = undefined;
  }

  rootHash(): Uint8Array {
    return this.#whole().hash;
  }

  certificate(paths: readonly Path[]): Uint8Array {
    return this.#certifier.certificate(this.#whole(), [TIME, ...paths]);
  }

  #whole(): LabeledMap {
    this.#root ??= this.#assemble();
    return this.#root;
  }

  #assemble(): LabeledMap {
    const { keys, canisterRanges } = this.#subnet;
    return fields({
      canister: this.#canisters,
      canister_ranges: LabeledMap.of([keys.subnetId, canisterRangesNode(canisterRanges)]),
      request_status: this.#requests,
      subnet: LabeledMap.of([keys.subnetId, subnetNode(this.#subnet, this.#metrics)]),
      time: new Leaf(encodeUnsignedLeb128(this.#time)),
    });
  }
}
