import { IDL } from '@dfinity/candid';
import { respond } from '../execution/outbox.ts';
import { outcallFailed, rejected } from '../execution/rejects.ts';
import { executeTransform } from '../execution/run-query.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { HttpHeader, Outcall } from '../state/outcalls.ts';
import type { Outcome, RejectCode } from '../subnet/subnet.ts';
import { encodeResult } from './candid.ts';
import { HttpRequestResult, TransformArg } from './outcall-types.ts';

/** What an HTTP outcall is answered with. */
export type OutcallResponse =
  | {
      readonly kind: 'replied';
      readonly status: number;
      readonly headers: readonly HttpHeader[];
      readonly body: Uint8Array;
    }
  | { readonly kind: 'rejected'; readonly code: RejectCode; readonly message: string };

/** Answers a pending outcall: its canister gets the response, through its transform where it has one. False for an unknown id. */
export function answerOutcall(world: ExecutionWorld, id: bigint, response: OutcallResponse): boolean {
  const outcall = world.outcalls.take(id);
  if (outcall === undefined) return false;
  respond(world.outbox, outcall.origin, outcomeOf(world, outcall, response), outcall.refund);
  return true;
}

function outcomeOf(world: ExecutionWorld, outcall: Outcall, response: OutcallResponse): Outcome {
  if (response.kind === 'rejected') return outcallReject(response.code, response.message);
  const { maxResponseBytes } = outcall.request;
  const { body, headers, status } = response;
  if (sizeOf(response) > maxResponseBytes) {
    return outcallReject(1, `Http body exceeds size limit of ${maxResponseBytes} bytes.`);
  }
  const result = { status: BigInt(status), headers, body };
  const { transform, origin } = outcall;
  if (transform === undefined) return { kind: 'replied', reply: encodeResult(HttpRequestResult, result) };
  const { methodName, context } = transform;
  const arg = encodeResult(TransformArg, { response: result, context });
  const outcome = executeTransform(world, { canisterId: origin.sender, methodName, arg });
  if (outcome.kind === 'rejected') return outcallReject(outcome.reject.code, outcome.reject.message);
  if (!isResult(outcome.reply)) return outcallReject(5, 'The transform does not return an HTTP response');
  return outcome;
}

function sizeOf({ headers, body }: Extract<OutcallResponse, { kind: 'replied' }>): number {
  return headers.reduce((sum, { name, value }) => sum + name.length + value.length, body.length);
}

function isResult(reply: Uint8Array): boolean {
  try {
    IDL.decode([HttpRequestResult], reply.slice());
    return true;
  } catch {
    return false;
  }
}

function outcallReject(code: RejectCode, message: string): Outcome {
  return rejected(outcallFailed(code, message));
}
