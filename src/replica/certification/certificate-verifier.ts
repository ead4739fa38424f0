import { compareBytes, concatBytes, toHex, utf8 } from '../codec/bytes.ts';
import { CborError, decodeCbor, elementsOf } from '../codec/cbor.ts';
import { domainSeparator } from '../codec/domain-separator.ts';
import { sha256 } from '../codec/sha256.ts';
import { isSignedBy } from './bls-key.ts';
import { CertificateError } from './certificate-error.ts';
import { type HashTree, reconstruct } from './hash-tree.ts';
import type { ParsedCertificate } from './parsed-certificate.ts';
import { lookup, lookupAll } from './read-hash-tree.ts';

const STATE_ROOT = domainSeparator('ic-state-root');
/** So many signatures are known again: somebody who is signed in sends the same one with each request. */
const MOST_KNOWN = 1_000;

/** Checks certificates against the keys that are trusted ("Certificate", "Delegation"). */
export class CertificateVerifier {
  readonly #roots: () => readonly Uint8Array[];
  /** Digests of signatures that were found right; what is wrong is looked at anew each time. */
  readonly #known = new Set<string>();

  /** `roots` are the DER-encoded keys that need no delegation. */
  constructor(roots: () => readonly Uint8Array[]) {
    this.#roots = roots;
  }

  /**
   * Throws a CertificateError unless the certificate is signed by a root key, or by the key of a subnet to which a root key
   * delegates, and which may certify for the canister.
   */
  verifyFor(canisterId: Uint8Array, { tree, signature, delegation }: ParsedCertificate): void {
    if (delegation === undefined) {
      this.#requireRoot(tree, signature, 'the certificate');
      return;
    }
    const { subnetId, certificate } = delegation;
    const field = (name: string) => lookup(certificate.tree, [utf8('subnet'), subnetId, utf8(name)]);
    const key = field('public_key');
    const type = field('type');
    if (key === undefined) throw new CertificateError('the delegation does not tell the key of the subnet');
    if (type === undefined) throw new CertificateError('the delegation does not tell the type of the subnet');
    if (new TextDecoder().decode(type) === 'cloud_engine') {
      throw new CertificateError('canisters of a cloud engine cannot sign');
    }
    if (!isDelegatedFor(canisterId, certificate.tree, subnetId)) {
      throw new CertificateError('the signing canister is outside of the canister ranges of the delegation');
    }
    this.#requireRoot(certificate.tree, certificate.signature, "the delegation's certificate");
    if (!this.#isSigned(key, tree, signature)) {
      throw new CertificateError('the certificate is not signed by the key of the delegation');
    }
  }

  #requireRoot(tree: HashTree, signature: Uint8Array, what: string): void {
    if (this.#roots().some((root) => this.#isSigned(root, tree, signature))) return;
    throw new CertificateError(`${what} is not signed by a root key that this network trusts`);
  }

  #isSigned(key: Uint8Array, tree: HashTree, signature: Uint8Array): boolean {
    const rootHash = reconstruct(tree);
    const digest = toHex(sha256(sha256(key), rootHash, signature));
    if (this.#known.has(digest)) return true;
    if (!isSignedBy(key, concatBytes(STATE_ROOT, rootHash), signature)) return false;
    if (this.#known.size >= MOST_KNOWN) this.#known.clear();
    this.#known.add(digest);
    return true;
  }
}

/** Whether the delegation's ranges have the canister, at their new place in the state tree or at their old one. */
function isDelegatedFor(canisterId: Uint8Array, tree: HashTree, subnetId: Uint8Array): boolean {
  const old = lookup(tree, [utf8('subnet'), subnetId, utf8('canister_ranges')]);
  const shards = lookupAll(tree, [utf8('canister_ranges'), subnetId]);
  return [...shards, ...(old === undefined ? [] : [old])].some((encoded) =>
    rangesOf(encoded).some(
      ([first, last]) => compareBytes(first, canisterId) <= 0 && compareBytes(canisterId, last) <= 0,
    ),
  );
}

function rangesOf(encoded: Uint8Array): readonly (readonly [Uint8Array, Uint8Array])[] {
  try {
    return (elementsOf(decodeCbor(encoded)) ?? []).flatMap((range) => {
      const [first, last] = elementsOf(range) ?? [];
      return first instanceof Uint8Array && last instanceof Uint8Array ? [[first, last] as const] : [];
    });
  } catch (error) {
    if (error instanceof CborError) return [];
    throw error;
  }
}
