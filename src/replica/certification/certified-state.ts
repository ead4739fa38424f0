import type { RequestStatus } from '../messages/outcome.ts';
import type { CanisterEntry, SubnetMetrics } from './state-entries.ts';

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
