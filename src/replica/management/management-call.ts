import type { Principal } from '@dfinity/principal';
import type { ExecutionWorld } from '../execution/world.ts';
import type { CallOrigin } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';

/** A call of the management canister. */
export interface ManagementCall {
  readonly world: ExecutionWorld;
  readonly origin: CallOrigin & { readonly kind: 'ingress' | 'canister' };
  readonly arg: Uint8Array;
  /** Cycles that came with it. */
  readonly cycles: bigint;
  /** Secret random bytes. */
  readonly random: (length: number) => Uint8Array;
}

/** What a method answers, and the cycles that it took of those that came. */
export interface ManagementReply {
  readonly data: Uint8Array;
  readonly accepted?: bigint;
}

/** The canister, for a sender that may see what is asked of it. Throws a ManagementError for others. */
export type ViewerCheck = (world: ExecutionWorld, id: Principal, sender: Uint8Array) => Canister;

/** A method of the management canister. */
export interface ManagementMethod {
  /**
   * Who may call: `anyone`, only other `canisters`, or these and by ingress the subnet's admins, or by ingress only the target's
   * controllers, or the subnet's admins too, or those whom a check of the target lets.
   */
  readonly callers:
    | 'anyone'
    | 'canisters'
    | 'canisters and admins'
    | 'controllers'
    | 'controllers and admins'
    | { readonly viewers: ViewerCheck };
  /** Answers, or throws a ManagementError; undefined where the answer comes later. */
  readonly run: (call: ManagementCall) => ManagementReply | undefined;
}
