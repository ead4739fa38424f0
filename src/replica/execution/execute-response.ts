import { utf8 } from '../codec/bytes.ts';
import type { Outcome } from '../messages/outcome.ts';
import type { Callback, CallContext } from '../state/call-context.ts';
import type { Canister } from '../state/canister.ts';
import type { InstalledCode } from '../state/installed-code.ts';
import type { MessageInput } from '../system-api/execution-state.ts';
import { consume } from './consume.ts';
import { messageForCaller, noModule } from './rejects.ts';
import { type MessageResult, runMessage } from './run-message.ts';
import { endCall, settle } from './settle.ts';
import type { ResponseTask } from './task.ts';
import type { ExecutionWorld } from './world.ts';

/** Gives a response to the canister that called: its cycles and what was set aside at once, the rest by the callback. */
export function executeResponse(world: ExecutionWorld, task: ResponseTask): void {
  const canister = world.canisters.get(task.to);
  const callback = canister?.callbacks.get(task.callbackId);
  // A call that timed out, or whose canister is gone, has nobody who waits.
  if (canister === undefined || callback === undefined) return;
  canister.callbacks.delete(task.callbackId);
  canister.cycles += task.refund + callback.reserve;
  consume(
    world,
    canister,
    'request_and_response_transmission',
    world.costs.response(responseBytes(task.outcome)),
  );
  const context = canister.callContexts.get(callback.callContextId);
  if (context === undefined) return;
  context.outstandingCalls -= 1;
  if (context.deleted || canister.code === undefined) {
    if (context.outstandingCalls === 0) endCall(world, canister, context, () => noModule(canister.id));
    return;
  }
  settle(world, canister, context, runCallback(world, canister, canister.code, context, callback, task));
}

function responseBytes(outcome: Outcome): number {
  return outcome.kind === 'replied' ? outcome.reply.length : utf8(outcome.reject.message).length;
}

function runCallback(
  world: ExecutionWorld,
  canister: Canister,
  code: InstalledCode,
  context: CallContext,
  callback: Callback,
  { outcome, refund }: ResponseTask,
): MessageResult {
  const { onReply, onReject, onCleanup } = callback;
  const replied = outcome.kind === 'replied';
  const input = callbackInput(context, outcome, refund);
  const result = runMessage(world, {
    canister,
    code,
    context,
    entryPoint: replied ? 'Ry' : 'Rt',
    input,
    body: (instance, state) => instance.runClosure(state, replied ? onReply : onReject),
  });
  if (result.kind === 'completed' || onCleanup === undefined) return result;
  // What the cleanup does is kept; the call is told of the callback's failure, not of the cleanup's.
  runMessage(world, {
    canister,
    code,
    context,
    entryPoint: 'C',
    input,
    body: (instance, state) => instance.runClosure(state, onCleanup),
  });
  return result;
}

/** What a callback can ask for: who made the call it belongs to, and the response. */
export function callbackInput(
  context: CallContext,
  outcome: Outcome,
  refund: bigint,
  told = messageForCaller,
): MessageInput {
  const { origin } = context;
  const caller = origin.kind === 'system' ? new Uint8Array() : origin.sender;
  const deadline = origin.kind === 'canister' ? origin.deadline : 0n;
  const callerInfo = origin.kind === 'ingress' ? origin.callerInfo : undefined;
  const common = { caller, callerInfo, deadline, cyclesRefunded: refund };
  return outcome.kind === 'replied'
    ? { ...common, arg: outcome.reply }
    : { ...common, reject: { code: outcome.reject.code, message: told(outcome.reject) } };
}
