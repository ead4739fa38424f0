import type { OutcallResponse } from '../management/answer-outcall.ts';
import type { IngressMessage } from '../messages/message.ts';
import type { QueryStats } from '../subnet/round/batch.ts';

/**
 * What comes to an instance from outside: the same events in the same order on the same state do the same, to the instruction.
 * Plain data.
 */
export type InstanceEvent =
  | { readonly kind: 'time' }
  | {
      readonly kind: 'round';
      /** A hash of the certified states of all subnets. */
      readonly stateBefore: Uint8Array;
      /** Of canisters that were queried since the last round: queries are no events, and canister_status counts them. */
      readonly queryStats: readonly QueryStats[];
      /** ns since 1970; absent in what was written when each round was a nanosecond after the event. */
      readonly at?: bigint;
    }
  /** A new subnet that has the ids around the number of a canister. */
  | { readonly kind: 'subnet'; readonly number: bigint }
  | { readonly kind: 'message'; readonly subnetId: Uint8Array; readonly message: IngressMessage }
  | {
      readonly kind: 'outcall';
      readonly subnetId: Uint8Array;
      readonly id: bigint;
      readonly response: OutcallResponse;
    }
  | { readonly kind: 'cycles'; readonly canisterId: Uint8Array; readonly amount: bigint }
  | { readonly kind: 'stable memory'; readonly canisterId: Uint8Array; readonly content: Uint8Array };

/** An event, and the time at which it came, in ns since 1970. */
export interface InstanceRecord {
  readonly time: bigint;
  readonly event: InstanceEvent;
}
