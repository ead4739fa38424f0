import { IDL } from '@dfinity/candid';
import { noteConsumed } from '../execution/consume.ts';
import { respond } from '../execution/outbox.ts';
import { outcallFailed, rejected } from '../execution/rejects.ts';
import { executeTransform } from '../execution/run-query.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Outcome, RejectCode } from '../messages/outcome.ts';
import type { HttpHeader, Outcall } from '../state/outcalls.ts';
import { encodeResult } from './candid.ts';
import { HttpRequestResult, TransformArg } from './outcall-types.ts';

const NS_PER_MS = 1_000_000n;

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
  const { outcome, instructions } = outcomeOf(world, outcall, response);
  const fee = usageFee(world, outcall, { response, outcome, instructions });
  const canister = world.canisters.get(outcall.origin.sender);
  if (canister !== undefined && fee > 0n) noteConsumed(world, canister, 'http_outcalls', fee);
  respond(world.outbox, outcall.origin, outcome, outcall.refund - fee);
  return true;
}

/** What came of an outcall, and how many instructions its transform took. */
interface Answer {
  readonly outcome: Outcome;
  readonly instructions: bigint;
}

/** What is paid beside what was paid ahead; never more than is left of the cycles that came with the request. */
function usageFee(
  world: ExecutionWorld,
  { payAsUsed, refund }: Outcall,
  { response, outcome, instructions }: Answer & { readonly response: OutcallResponse },
): bigint {
  if (payAsUsed === undefined) return 0n;
  const usage = {
    roundtripMs: (world.now() - payAsUsed.asked) / NS_PER_MS,
    rawBytes: response.kind === 'replied' ? BigInt(responseBytes(response)) : 0n,
    transformedBytes: outcome.kind === 'replied' ? BigInt(outcome.reply.length) : 0n,
    transformInstructions: instructions,
  };
  const fee = world.costs.httpOutcallUsage(usage, payAsUsed.isReplicated);
  return fee < refund ? fee : refund;
}

function outcomeOf(world: ExecutionWorld, outcall: Outcall, response: OutcallResponse): Answer {
  if (response.kind === 'rejected') return outcallReject(response.code, response.message);
  const { maxResponseBytes } = outcall.request;
  const { body, headers, status } = response;
  if (responseBytes(response) > maxResponseBytes) {
    return outcallReject(1, `Http body exceeds size limit of ${maxResponseBytes} bytes.`);
  }
  const result = { status: BigInt(status), headers, body };
  const { transform, origin } = outcall;
  if (transform === undefined) {
    const reply = encodeResult(HttpRequestResult, result);
    return { outcome: { kind: 'replied', reply }, instructions: 0n };
  }
  const { methodName, context } = transform;
  const arg = encodeResult(TransformArg, { response: result, context });
  const answer = executeTransform(world, { canisterId: origin.sender, methodName, arg });
  const { outcome, instructions } = answer;
  if (outcome.kind === 'rejected') {
    return outcallReject(outcome.reject.code, outcome.reject.message, instructions);
  }
  if (!isResult(outcome.reply)) {
    return outcallReject(5, 'The transform does not return an HTTP response', instructions);
  }
  return answer;
}

/** Bytes of a response: its body and its headers. */
export function responseBytes({ headers, body }: Extract<OutcallResponse, { kind: 'replied' }>): number {
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

function outcallReject(code: RejectCode, message: string, instructions = 0n): Answer {
  return { outcome: rejected(outcallFailed(code, message)), instructions };
}
