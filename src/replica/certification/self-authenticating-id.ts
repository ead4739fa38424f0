import { concatBytes } from '../codec/bytes.ts';
import { sha224 } from '../codec/sha256.ts';

const SELF_AUTHENTICATING = Uint8Array.of(0x02);

/** The principal of a DER-encoded public key, 29 bytes ("Special forms of Principals"). */
export function selfAuthenticatingId(publicKeyDer: Uint8Array): Uint8Array {
  return concatBytes(sha224(publicKeyDer), SELF_AUTHENTICATING);
}
