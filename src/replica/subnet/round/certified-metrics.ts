import type { CertifiedState } from '../../certification/certified-state.ts';
import type { Canister } from '../../state/canister.ts';
import type { Canisters } from '../../state/canisters.ts';
import { MemoryTotal } from '../../state/memory-total.ts';

/** Counted since the network was made. */
export interface SubnetTotals {
  readonly cyclesConsumed: bigint;
  readonly updates: bigint;
}

/** Counts what the certified state tells of the subnet as a whole, and brings it there with the time. */
export class CertifiedMetrics {
  readonly #state: CertifiedState | undefined;
  readonly #canisters: Canisters;
  readonly #memory = new MemoryTotal();
  #cyclesConsumed: bigint;
  #updates: bigint;
  #time = 0n;

  constructor(state: CertifiedState | undefined, canisters: Canisters, totals?: SubnetTotals) {
    this.#state = state;
    this.#canisters = canisters;
    this.#cyclesConsumed = totals?.cyclesConsumed ?? 0n;
    this.#updates = totals?.updates ?? 0n;
  }

  get totals(): SubnetTotals {
    return { cyclesConsumed: this.#cyclesConsumed, updates: this.#updates };
  }

  /** What is certified as the time, in ns since 1970. */
  get time(): bigint {
    return this.#time;
  }

  /** Certifies what was counted so far, as of `time` (ns since 1970). */
  refresh(time: bigint): void {
    this.#time = time;
    this.#state?.setTime(time);
    this.#state?.setMetrics({
      numCanisters: BigInt(this.#canisters.size),
      canisterStateBytes: this.#memory.bytes,
      consumedCyclesTotal: this.#cyclesConsumed,
      updateTransactionsTotal: this.#updates,
    });
  }

  /** The canister is new, or takes more or less memory than before. */
  noteMemory(canister: Canister): void {
    this.#memory.note(canister);
  }

  /** The canister is no more. */
  forget(canister: Canister): void {
    this.#memory.forget(canister);
  }

  /** Cycles were consumed; less than none where some come back. */
  noteCycles(cycles: bigint): void {
    this.#cyclesConsumed += cycles;
  }

  /** An update call is executed. */
  noteUpdate(): void {
    this.#updates += 1n;
  }
}
