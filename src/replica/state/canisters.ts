import { toHex } from '../codec/bytes.ts';
import type { Canister } from './canister.ts';
import {
  CANISTER_RANGES,
  type CanisterIdRange,
  canisterIdOf,
  isCanisterIdIn,
  numberOf,
} from './canister-ids.ts';

/** The canisters of a subnet, by id. */
export class Canisters {
  readonly #canisters = new Map<string, Canister>();
  readonly #ranges: readonly CanisterIdRange[];
  #nextNumber: bigint;

  /** Ids are given from the last range on; `nextNumber` is where a loaded network goes on giving them. */
  constructor(ranges: readonly CanisterIdRange[] = CANISTER_RANGES, nextNumber?: bigint) {
    this.#ranges = ranges;
    const first = ranges.at(-1)?.[0];
    this.#nextNumber = nextNumber ?? (first && numberOf(first)) ?? 0n;
  }

  /** Whether a canister of the subnet can have the id. */
  isInRange(id: Uint8Array): boolean {
    return isCanisterIdIn(this.#ranges, id);
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
