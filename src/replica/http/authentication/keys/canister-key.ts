import { CertificateError } from '../../../certification/certificate-error.ts';
import type { CertificateVerifier } from '../../../certification/certificate-verifier.ts';
import { reconstruct } from '../../../certification/hash-tree.ts';
import { mapOf, parseCertificate, treeOf } from '../../../certification/parsed-certificate.ts';
import { lookup } from '../../../certification/read-hash-tree.ts';
import { equalBytes, utf8 } from '../../../codec/bytes.ts';
import { sha256 } from '../../../codec/sha256.ts';
import { Refusal } from '../../refusal.ts';
import type { PublicKey } from './public-key.ts';

const PRINCIPAL_MAX_BYTES = 29;

/** The canister that a key stands for, and which of its keys it is. */
export interface CanisterKey {
  readonly canisterId: Uint8Array;
  readonly seed: Uint8Array;
}

/** Reads the content of a canister's key: `|id| · id · seed`. Refuses what is not of that form. */
export function readCanisterKey(content: Uint8Array): CanisterKey {
  const [length] = content;
  if (length === undefined || length > PRINCIPAL_MAX_BYTES || content.length < 1 + length) {
    throw new Refusal('authentication', 'The public key of a canister does not have a canister id');
  }
  return { canisterId: content.slice(1, 1 + length), seed: content.slice(1 + length) };
}

/**
 * A key whose signatures are paths in the certified data of a canister ("Canister signatures"), as Internet Identity makes them.
 * A certificate is as good as it was: the specification looks at no time in it.
 */
export function parseCanisterKey(content: Uint8Array, certificates: CertificateVerifier): PublicKey {
  const { canisterId, seed } = readCanisterKey(content);
  return {
    verifies(message, signature) {
      try {
        const map = mapOf(signature);
        const tree = treeOf(map, 'tree');
        const certificate = map.get('certificate');
        if (!(certificate instanceof Uint8Array)) {
          throw new CertificateError('"certificate" is not a byte string');
        }
        const parsed = parseCertificate(certificate);
        // What costs least comes first: whoever signs for nothing must not make this network pair curves.
        const signed = lookup(tree, [utf8('sig'), sha256(seed), sha256(message)]);
        if (signed?.length !== 0) throw new CertificateError('its tree does not have the message');
        const certified = lookup(parsed.tree, [utf8('canister'), canisterId, utf8('certified_data')]);
        if (certified === undefined || !equalBytes(certified, reconstruct(tree))) {
          throw new CertificateError("the canister's certified data is not the hash of the tree");
        }
        certificates.verifyFor(canisterId, parsed);
        return true;
      } catch (cause) {
        if (!(cause instanceof CertificateError)) throw cause;
        throw new Refusal('authentication', `Invalid signature of a canister: ${cause.message}`, { cause });
      }
    },
  };
}
