import type { CallContext } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';

/** Begins a call context of the canister. */
export function openCall(canister: Canister, origin: CallContext['origin'], cycles: bigint): CallContext {
  const context: CallContext = {
    id: canister.nextCallId(),
    origin,
    cyclesAvailable: cycles,
    responded: false,
    outstandingCalls: 0,
    instructions: 0n,
    deleted: false,
  };
  canister.callContexts.set(context.id, context);
  return context;
}
