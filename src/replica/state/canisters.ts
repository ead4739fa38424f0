import { toHex } from '../codec/bytes.ts';
import type { Canister } from './canister.ts';
import { canisterIdOf, FIRST_ORDINARY_NUMBER } from './canister-ids.ts';

/** The canisters of the network, by id. */
export class Canisters {
  readonly #canisters = new Map<string, Canister>();
  #nextNumber: bigint;

  /** `nextNumber` is where a loaded network goes on giving ids. */
  constructor(nextNumber = FIRST_ORDINARY_NUMBER) {
    this.#nextNumber = nextNumber;
  }

  get nextNumber(): bigint {
    return this.#nextNumber;
  }

  get size(): number {
    return this.#canisters.size;
  }

  get(id: Uint8Array): Canister | undefined {
    return this.#canisters.get(toHex(id));
  }

  add(canister: Canister): void {
    this.#canisters.set(toHex(canister.id), canister);
  }

  remove(id: Uint8Array): void {
    this.#canisters.delete(toHex(id));
  }

  /** In the order in which they were added. */
  [Symbol.iterator](): IterableIterator<Canister> {
    return this.#canisters.values();
  }

  /** An id that no canister has and had, unless one was created with a specified id ahead of the counter. */
  takeFreeId(): Uint8Array {
    for (;;) {
      const id = canisterIdOf(this.#nextNumber++);
      if (this.get(id) === undefined) return id;
    }
  }
}
