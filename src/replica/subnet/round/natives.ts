import { toHex } from '../../codec/bytes.ts';
import type { NativeCanister } from '../../management/native-canister.ts';
import type { Canisters } from '../../state/canisters.ts';
import { NATIVE_CANISTERS } from '../../system-canisters/native-canisters.ts';

/** The canisters that a subnet answers for without Wasm. */
export class Natives {
  readonly #canisters: Canisters;
  readonly #natives: ReadonlyMap<string, NativeCanister>;

  /** All that there are, unless `natives` names some. */
  constructor(canisters: Canisters, natives: readonly NativeCanister[] = NATIVE_CANISTERS) {
    this.#canisters = canisters;
    this.#natives = new Map(natives.map((native) => [toHex(native.id), native]));
  }

  /** The one of that id; undefined where there is none. A canister installed under the id takes its place. */
  get(canisterId: Uint8Array): NativeCanister | undefined {
    return this.#canisters.get(canisterId) === undefined ? this.#natives.get(toHex(canisterId)) : undefined;
  }
}
