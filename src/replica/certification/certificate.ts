import { concatBytes, equalBytes } from '../codec/bytes.ts';
import { encodeCbor } from '../codec/cbor.ts';
import { domainSeparator } from '../codec/domain-separator.ts';
import type { BlsKey } from './bls-key.ts';
import { encodableHashTree } from './hash-tree.ts';
import type { LabeledMap } from './labeled-map.ts';
import { type Path, witness } from './witness.ts';

const STATE_ROOT = domainSeparator('ic-state-root');

/** Why a subnet's key is to be trusted ("Delegation"): a certificate of the root subnet about it. */
export interface Delegation {
  readonly subnetId: Uint8Array;
  readonly certificate: Uint8Array;
}

/** Makes certificates ("Certificate") of states; a signature is made once for each state that is asked for. */
export class Certifier {
  readonly #key: BlsKey;
  readonly #delegation: (() => Delegation) | undefined;
  #last: { readonly rootHash: Uint8Array; readonly signature: Uint8Array } | undefined;

  /** A root subnet's certificates have no delegation; another's is asked for with each certificate. */
  constructor(key: BlsKey, delegation?: () => Delegation) {
    this.#key = key;
    this.#delegation = delegation;
  }

  /** The CBOR certificate that reveals these paths of the state. */
  certificate(state: LabeledMap, paths: readonly Path[]): Uint8Array {
    const certificate = {
      tree: encodableHashTree(witness(state, paths)),
      signature: this.#sign(state.hash),
    };
    if (this.#delegation === undefined) return encodeCbor(certificate);
    const { subnetId, certificate: of } = this.#delegation();
    return encodeCbor({ ...certificate, delegation: { subnet_id: subnetId, certificate: of } });
  }

  #sign(rootHash: Uint8Array): Uint8Array {
    if (this.#last === undefined || !equalBytes(this.#last.rootHash, rootHash)) {
      this.#last = { rootHash, signature: this.#key.sign(concatBytes(STATE_ROOT, rootHash)) };
    }
    return this.#last.signature;
  }
}
