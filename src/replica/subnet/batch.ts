import { hkdfSync } from 'node:crypto';
import type { OutcallResponse } from '../management/answer-outcall.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { Canister } from '../state/canister.ts';
import type { ClockReading } from './network-clock.ts';

/** Bytes of a batch's seed. */
export const SEED_BYTES = 32;

/**
 * All that a round depends on beside the state before it: the same batches on the same state do the same, to the
 * instruction. Plain data. `time` is what every message of the round sees.
 */
export interface Batch extends ClockReading {
  /** Secret random bytes that nobody knew before. */
  readonly seed: Uint8Array;
  /** Whether heartbeats run also when a second has not passed. */
  readonly beats: boolean;
  /** Ingress messages that were taken, in order. */
  readonly messages: readonly IngressMessage[];
  /** Responses to HTTP outcalls; absent in what was written before they were kept. */
  readonly answers?: readonly OutcallAnswer[];
  /** Of canisters that were queried since the last batch: queries are not in it, and canister_status counts them. */
  readonly queryStats: readonly QueryStats[];
}

/** The response to a pending HTTP outcall. */
export interface OutcallAnswer {
  readonly id: bigint;
  readonly response: OutcallResponse;
}

/** A canister's statistics of queries, in total. */
export interface QueryStats {
  readonly canisterId: Uint8Array;
  readonly stats: Canister['queryStats'];
}

/** A batch is written as one record, which has to stay small enough to be held in memory some times over. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** What an item takes beside its content, at most. */
const ITEM_BYTES = 1024;

/** The items that come first, as many as fit into a batch, and one at least; `sizeOf` tells the bytes of an item's content. */
export function firstThatFit<T>(items: Iterable<T>, sizeOf: (item: T) => number): readonly T[] {
  const first: T[] = [];
  let bytes = 0;
  for (const item of items) {
    bytes += sizeOf(item) + ITEM_BYTES;
    if (first.length > 0 && bytes > MAX_BATCH_BYTES) break;
    first.push(item);
  }
  return first;
}

/** A batch, and the root hash of the certified state that it was run on. */
export interface JournalEntry {
  readonly stateBefore: Uint8Array;
  readonly batch: Batch;
}

/** The random bytes of a round: what is drawn in it, one after the other, comes from its seed. */
export function batchRandomness(seed: Uint8Array): (length: number) => Uint8Array {
  let drawn = 0;
  return (length) => new Uint8Array(hkdfSync('sha256', seed, '', `draw ${drawn++}`, length));
}

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
