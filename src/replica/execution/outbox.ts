import type { Outcome } from '../messages/outcome.ts';
import type { CallOrigin } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { Task } from './task.ts';

/** Where execution leaves what it causes. */
export interface Outbox {
  /** Sends to the subnet of the canister that it is for. */
  enqueue(task: Task): void;
  /** An ingress message has its answer. */
  finish(requestId: Uint8Array, outcome: Outcome): void;
  /** The canister's committed state changed. */
  changed(canister: Canister): void;
  /** The canister is no more. */
  removed(canister: Canister): void;
}

/** Sends a response to whoever made the call; cycles that are left go back with it. */
export function respond(outbox: Outbox, origin: CallOrigin, outcome: Outcome, refund: bigint): void {
  switch (origin.kind) {
    case 'ingress':
      outbox.finish(origin.requestId, outcome);
      return;
    case 'canister':
      outbox.enqueue({
        kind: 'response',
        to: origin.sender,
        callbackId: origin.callbackId,
        outcome,
        refund,
      });
      return;
    case 'system':
      return;
  }
}
