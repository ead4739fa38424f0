import type { Canister } from '../state/canister.ts';
import type { QueryStats } from './round/batch.ts';

/** Finds the canisters whose queries were counted since they were looked at last. */
export class QueriedCanisters {
  readonly #seen = new WeakMap<Canister, bigint>();

  take(canisters: Iterable<Canister>): readonly QueryStats[] {
    const found: QueryStats[] = [];
    for (const canister of canisters) {
      const { id, queryStats } = canister;
      if ((this.#seen.get(canister) ?? 0n) === queryStats.calls) continue;
      this.#seen.set(canister, queryStats.calls);
      found.push({ canisterId: id, stats: { ...queryStats } });
    }
    return found;
  }
}
