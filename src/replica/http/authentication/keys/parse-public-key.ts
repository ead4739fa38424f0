import type { CertificateVerifier } from '../../../certification/certificate-verifier.ts';
import { Refusal } from '../../refusal.ts';
import { parseCanisterKey, readCanisterKey } from './canister-key.ts';
import { PLAIN_SCHEMES, parsePlainKey } from './plain-key.ts';
import type { PublicKey } from './public-key.ts';
import { parseWebAuthnKey } from './web-authn-key.ts';
import { unwrapKey } from './wrapped-key.ts';

/** OIDs 1.3.6.1.4.1.56387.1.1 and .2, as DER writes them. */
const WEB_AUTHN = '2b0601040183b8430101';
const CANISTER = '2b0601040183b8430102';

/**
 * Reads a DER-encoded public key. Refuses schemes that the specification does not have, and what is no key of its scheme.
 * Certificates of canister signatures are checked by `certificates`.
 */
export function parsePublicKey(der: Uint8Array, certificates: CertificateVerifier): PublicKey {
  const plain = parsePlainKey(der);
  if (plain !== undefined) return plain;
  const wrapped = unwrapKey(der);
  switch (wrapped?.oid) {
    case WEB_AUTHN:
      return parseWebAuthnKey(wrapped.content);
    case CANISTER:
      return parseCanisterKey(wrapped.content, certificates);
    default: {
      const known = [...PLAIN_SCHEMES, 'WebAuthn (COSE)', 'canister signatures'].join(', ');
      throw new Refusal('authentication', `Unsupported public key: this network takes ${known}, DER-encoded`);
    }
  }
}

/** The canister that a DER-encoded key belongs to; undefined for a key of another scheme. */
export function canisterOfKey(der: Uint8Array): Uint8Array | undefined {
  const wrapped = unwrapKey(der);
  return wrapped?.oid === CANISTER ? readCanisterKey(wrapped.content).canisterId : undefined;
}
