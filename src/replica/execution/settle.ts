import type { Outcome, Reject } from '../messages/outcome.ts';
import type { Callback, CallContext } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { CanisterResponse, ExecutionState, OutgoingCall } from '../system-api/execution-state.ts';
import { noteConsumed } from './consume.ts';
import { respond } from './outbox.ts';
import { canisterReject, noReply, rejected } from './rejects.ts';
import type { MessageResult } from './run-message.ts';
import { completeStop } from './stopping.ts';
import type { ExecutionWorld } from './world.ts';

const NS_PER_SECOND = 1_000_000_000n;

/** Does for a call what its message asked for: sends its calls and its response, and ends it when nothing is left. */
export function settle(
  world: ExecutionWorld,
  canister: Canister,
  context: CallContext,
  result: MessageResult,
): void {
  if (result.kind === 'completed') {
    const reserve = world.costs.responseReserve(result.state.start.instance.memory64);
    for (const call of result.state.calls) sendCall(world, canister, context, { ...call, reserve });
    sendResponse(world, context, result.state);
  }
  if (context.outstandingCalls > 0) return;
  endCall(world, canister, context, () => (result.kind === 'failed' ? result.reject : noReply(canister.id)));
}

/** Ends a call to which no response will come any more; one without an answer is rejected for the given reason. */
export function endCall(
  world: ExecutionWorld,
  canister: Canister,
  context: CallContext,
  reason: () => Reject,
): void {
  if (!context.responded) answer(world, context, rejected(reason()));
  canister.callContexts.delete(context.id);
  completeStop(world, canister);
}

/** Answers a call, and sends back the cycles that were not accepted. */
export function answer(world: ExecutionWorld, context: CallContext, outcome: Outcome): void {
  const refund = context.cyclesAvailable;
  context.responded = true;
  context.cyclesAvailable = 0n;
  respond(world.outbox, context.origin, outcome, refund);
}

function sendResponse(world: ExecutionWorld, context: CallContext, { response }: ExecutionState): void {
  if (response !== undefined) answer(world, context, toOutcome(response));
}

/** The answer of a canister as its caller sees it. */
export function toOutcome(response: CanisterResponse): Outcome {
  return response.kind === 'reply'
    ? { kind: 'replied', reply: response.data }
    : rejected(canisterReject(response.message));
}

function sendCall(
  world: ExecutionWorld,
  canister: Canister,
  context: CallContext,
  call: OutgoingCall & Pick<Callback, 'reserve'>,
): void {
  const { callee, methodName, arg, cycles, onReply, onReject, onCleanup, timeoutSeconds, reserve } = call;
  const callbackId = canister.nextCallId();
  const deadline = timeoutSeconds === undefined ? 0n : world.now() + BigInt(timeoutSeconds) * NS_PER_SECOND;
  const closures = { onReply, onReject, onCleanup };
  canister.callbacks.set(callbackId, {
    callContextId: context.id,
    ...closures,
    callee,
    deadline,
    reserve,
  });
  context.outstandingCalls += 1;
  noteConsumed(world, canister, 'request_and_response_transmission', world.costs.call(methodName, arg));
  world.outbox.enqueue({
    kind: 'call',
    origin: { kind: 'canister', sender: canister.id, callbackId, deadline },
    callee,
    methodName,
    arg,
    cycles,
  });
}
