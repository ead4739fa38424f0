import { hkdfSync } from 'node:crypto';
import type { OutcallResponse } from '../../management/answer-outcall.ts';
import type { IngressMessage } from '../../messages/message.ts';
import type { Canister } from '../../state/canister.ts';

/** How far a clock is. */
export interface ClockReading {
  /** ns since 1970. */
  readonly time: bigint;
  /** ns by which it was moved ahead of its source, in all. */
  readonly advanced: bigint;
}

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
