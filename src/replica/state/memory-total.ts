import type { Canister } from './canister.ts';
import { memoryUse, totalBytes } from './memory-use.ts';

/** Bytes that all canisters take together, counted where one changes and not where the sum is asked for. */
export class MemoryTotal {
  readonly #bytesOf = new Map<Canister, bigint>();
  #bytes = 0n;

  get bytes(): bigint {
    return this.#bytes;
  }

  /** The canister is new, or takes more or less than before. */
  note(canister: Canister): void {
    const bytes = totalBytes(memoryUse(canister));
    this.#bytes += bytes - (this.#bytesOf.get(canister) ?? 0n);
    this.#bytesOf.set(canister, bytes);
  }

  /** The canister is no more. */
  forget(canister: Canister): void {
    this.#bytes -= this.#bytesOf.get(canister) ?? 0n;
    this.#bytesOf.delete(canister);
  }
}
