import { Principal } from '@dfinity/principal';
import type { Outcome } from '../../../src/replica/messages/outcome.ts';
import { encodeArgument, MANAGEMENT_METHOD_NAMES } from '../support/management-types.ts';
import { mutate } from '../support/mutate.ts';
import { stranger } from '../support/setup-network.ts';
import { Finding, type FuzzTarget } from './finding.ts';
import type { FuzzedNetwork } from './fuzzed-network.ts';

/** Makes canisters and cycles for anybody, as is their purpose. */
const GENEROUS: ReadonlySet<string> = new Set([
  'provisional_create_canister_with_cycles',
  'provisional_top_up_canister',
]);

/** Calls of the management canister by a stranger, their arguments changed: none of them may change a canister. */
export function strangersCalls(network: FuzzedNetwork): FuzzTarget {
  const methods = MANAGEMENT_METHOD_NAMES.filter((name) => !GENEROUS.has(name));
  const id = Principal.fromUint8Array(network.canisterId);
  const none = new Uint8Array();
  const value = {
    ...{ canister_id: id, target_canister: id, settings: {}, mode: { reinstall: null }, chunk: none },
    ...{ snapshot_id: none, wasm_module: none, wasm_module_hash: none, arg: none, chunk_hashes_list: [] },
    ...{ name: 'secret', amount: 1n, kind: { wasm_module: { offset: 0n, size: 1n } }, certified_data: none },
    ...{ url: 'https://example.org/', method: { get: null }, headers: [] },
    ...{ globals: [], wasm_module_size: 8n, wasm_memory_size: 0n, stable_memory_size: 0n },
  };
  const [first = 'canister_status', ...rest] = methods;
  return {
    name: "a stranger's calls",
    run: async (random) => {
      const method = random.pick([first, ...rest]);
      const arg = encodeArgument(method, value);
      const input = random.oneIn(4) ? arg : mutate(arg, random);
      let outcome: Outcome;
      try {
        outcome = await network.test.call(new Uint8Array(), method, input, stranger);
      } catch (error) {
        throw new Finding(`${method} throws`, input, error);
      }
      return outcome.kind;
    },
  };
}
