import type { StateTree } from '../../../src/replica/certification/state-tree.ts';
import { utf8 } from '../../../src/replica/codec/bytes.ts';

/** Makes a hash the certified data of a canister, and gives a certificate of that. */
export type CertificateMaker = (hash: Uint8Array) => Promise<Uint8Array>;

/** As a canister with that id in that state would. */
export function certifiedIn(state: StateTree, canisterId: Uint8Array): CertificateMaker {
  return async (hash) => {
    state.setTime(1n);
    state.setCanister(canisterId, {
      controllers: [],
      moduleHash: undefined,
      metadata: new Map(),
      certifiedData: hash,
    });
    return state.certificate([[utf8('canister'), canisterId, utf8('certified_data')]]);
  };
}
