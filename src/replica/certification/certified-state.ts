import type { RequestStatus } from '../messages/outcome.ts';
import type { SubnetMetrics } from './state-entries.ts';

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

/**
 * The certified state of the network. Execution writes to it as it commits; the HTTP interface reads certificates
 * from it. Writes are cheap (hashes are renewed along one path), and a signature is made only when a certificate
 * is asked for after a change.
 */
export interface CertifiedState {
  /** ns since 1970; every certificate carries it. */
  setTime(time: bigint): void;
  /** What `/subnet/<id>/metrics` tells from now on. */
  setMetrics(metrics: SubnetMetrics): void;
  setCanister(canisterId: Uint8Array, entry: CanisterEntry): void;
  removeCanister(canisterId: Uint8Array): void;
  setRequestStatus(requestId: Uint8Array, status: RequestStatus): void;
  removeRequestStatus(requestId: Uint8Array): void;
  /** The hash that a certificate signs, of 32 bytes. */
  rootHash(): Uint8Array;
  /** The CBOR certificate (tag 55799) that reveals `paths` (each a list of labels) and always /time. */
  certificate(paths: readonly (readonly Uint8Array[])[]): Uint8Array;
}
