import type { CallerInfo } from '../messages/message.ts';

/** Who made a call, and so who gets its response. */
export type CallOrigin =
  | {
      readonly kind: 'ingress';
      readonly sender: Uint8Array;
      readonly requestId: Uint8Array;
      /** Absent where nothing is said, and in what was written before it was kept. */
      readonly callerInfo?: CallerInfo | undefined;
    }
  | {
      readonly kind: 'canister';
      readonly sender: Uint8Array;
      /** The callback of the caller that the response goes to. */
      readonly callbackId: bigint;
      /** ns since 1970, of a call with best-effort response; 0 for a guaranteed one. */
      readonly deadline: bigint;
    }
  /** The system itself: a timer or a heartbeat. Nobody waits for a response. */
  | { readonly kind: 'system' };

/** A call that a canister works on ("Call contexts"). */
export interface CallContext {
  readonly id: bigint;
  readonly origin: CallOrigin;
  /** Cycles that came with the call and were not accepted yet. */
  cyclesAvailable: bigint;
  responded: boolean;
  /** Calls made for it that have no response yet. */
  outstandingCalls: number;
  /** Of all its messages so far. */
  instructions: bigint;
  /** Its canister was uninstalled: responses to its calls run nothing. */
  deleted: boolean;
}

/** A function of the canister's table 0 and the value that it is called with. */
export interface Closure {
  readonly fun: number | bigint;
  readonly env: number | bigint;
}

/** What runs when the response to a call comes. */
export interface Callback {
  readonly callContextId: bigint;
  readonly onReply: Closure;
  readonly onReject: Closure;
  readonly onCleanup: Closure | undefined;
  /** Whom the call is to; absent in what was written before it was counted. */
  readonly callee?: Uint8Array;
  /** ns since 1970; 0 for a call with guaranteed response. */
  readonly deadline: bigint;
  /** Cycles that were set aside to receive and execute the response. */
  readonly reserve: bigint;
}
