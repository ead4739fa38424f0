import type { Outcome } from '../messages/outcome.ts';
import type { CallOrigin } from '../state/call-context.ts';

/** A call that waits for its execution. */
export interface CallTask {
  readonly kind: 'call';
  readonly origin: CallOrigin & { readonly kind: 'ingress' | 'canister' };
  readonly callee: Uint8Array;
  readonly methodName: string;
  readonly arg: Uint8Array;
  readonly cycles: bigint;
}

/** A response on its way to the canister that called. */
export interface ResponseTask {
  readonly kind: 'response';
  readonly to: Uint8Array;
  readonly callbackId: bigint;
  readonly outcome: Outcome;
  /** Cycles that come back. */
  readonly refund: bigint;
}

/** The system's own calls of a canister. */
export interface SystemTask {
  readonly kind: 'timer' | 'heartbeat' | 'low-memory';
  readonly canisterId: Uint8Array;
}

/** What waits to be executed, one message each. Plain data, so that it can be saved. */
export type Task = CallTask | ResponseTask | SystemTask;
