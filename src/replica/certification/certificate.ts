import { concatBytes, equalBytes } from '../codec/bytes.ts';
import { encodeCbor } from '../codec/cbor.ts';
import { domainSeparator } from '../codec/domain-separator.ts';
import type { BlsKey } from './bls-key.ts';
import { encodableHashTree } from './hash-tree.ts';
import type { LabeledMap } from './labeled-map.ts';
import { type Path, witness } from './witness.ts';

const STATE_ROOT = domainSeparator('ic-state-root');

/** Makes certificates ("Certificate") of states; a signature is made once for each state that is asked for. */
export class Certifier {
  readonly #key: BlsKey;
  #last: { readonly rootHash: Uint8Array; readonly signature: Uint8Array } | undefined;

  constructor(key: BlsKey) {
    this.#key = key;
  }

  /** The CBOR certificate that reveals these paths of the state. A root subnet's has no delegation. */
  certificate(state: LabeledMap, paths: readonly Path[]): Uint8Array {
    return encodeCbor({
      tree: encodableHashTree(witness(state, paths)),
      signature: this.#sign(state.hash),
    });
  }

  #sign(rootHash: Uint8Array): Uint8Array {
    if (this.#last === undefined || !equalBytes(this.#last.rootHash, rootHash)) {
      this.#last = { rootHash, signature: this.#key.sign(concatBytes(STATE_ROOT, rootHash)) };
    }
    return this.#last.signature;
  }
}
