import type { CertificateVerifier } from '../certification/certificate-verifier.ts';
import type { CertifiedState } from '../certification/certified-state.ts';
import type { NetworkKeys } from '../certification/network-keys.ts';
import type { Subnet } from '../subnet/subnet.ts';

/** A subnet, as it is served. */
export interface ServedSubnet {
  readonly subnet: Subnet;
  readonly state: CertifiedState;
  readonly keys: NetworkKeys;
}

/** What the endpoints work with. */
export interface HttpContext extends ServedSubnet {
  /** ns since 1970: decides on expiries and is the timestamp of query signatures. */
  readonly clock: () => bigint;
  /** Knows whose certificates canister signatures may have. */
  readonly certificates: CertificateVerifier;
  /** How long a synchronous call waits for its outcome before it answers 202. */
  readonly callTimeoutMs: number;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
}
