import { principalText } from '../codec/principal-text.ts';
import type { OutcallResponse } from '../management/answer-outcall.ts';
import type { CallerInfo } from '../messages/message.ts';
import type { Outcome, Reject, RejectCode } from '../messages/outcome.ts';
import type { Outcall } from '../state/outcalls.ts';
import { BadRequest } from './bad-request.ts';
import type { EffectivePrincipal } from './call-route.ts';
import { errorName, rejectName } from './error-names.ts';
import type { PocketIcInstance, RoutedMessage, SubmittedMessage } from './instance.ts';
import { JsonFields, toBase64 } from './json-fields.ts';
import { KINDS } from './topology.ts';

/** A JSON value of an answer; a bigint is written as an integer, a field that is undefined is left out. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [field: string]: Json | undefined };

/** What a call or query answered. `certified` says whether a reject was of an accepted message. */
export function encodeOutcome(outcome: Outcome, certified: boolean): Json {
  return outcome.kind === 'replied'
    ? { Ok: toBase64(outcome.reply) }
    : encodeReject(outcome.reject, certified);
}

export function encodeReject(reject: Reject, certified: boolean): Json {
  return {
    Err: {
      reject_code: rejectName(reject),
      reject_message: reject.message,
      error_code: errorName(reject),
      certified,
    },
  };
}

/** A call or query of a client, who need not prove who it is. */
export function decodeMessage(fields: JsonFields): RoutedMessage {
  return {
    sender: fields.blob('sender'),
    canisterId: fields.blob('canister_id'),
    methodName: fields.text('method'),
    arg: fields.blob('payload'),
    effective: decodeEffective(fields),
    callerInfo: decodeSenderInfo(fields),
  };
}

function decodeSenderInfo(fields: JsonFields): CallerInfo | undefined {
  if (!fields.has('sender_info')) return undefined;
  const told = fields.fields('sender_info');
  return { info: told.blob('info'), signer: told.blob('signer') };
}

export function encodeSubmitted({ effective, requestId }: SubmittedMessage): Json {
  return { effective_principal: encodeEffective(effective), message_id: toBase64(requestId) };
}

/** The id of a message that was submitted. */
export function decodeRequestId(fields: JsonFields): Uint8Array {
  return fields.blob('message_id');
}

function decodeEffective(fields: JsonFields): EffectivePrincipal {
  const raw = fields.raw('effective_principal');
  if (raw === undefined || raw === 'None') return undefined;
  const named = fields.fields('effective_principal');
  if (named.has('CanisterId')) return { kind: 'canister', id: named.blob('CanisterId') };
  if (named.has('SubnetId')) return { kind: 'subnet', id: named.blob('SubnetId') };
  throw new BadRequest('effective_principal is not "None", a CanisterId or a SubnetId');
}

function encodeEffective(effective: EffectivePrincipal): Json {
  if (effective === undefined) return 'None';
  return { [effective.kind === 'canister' ? 'CanisterId' : 'SubnetId']: toBase64(effective.id) };
}

/** What subnets an instance has. */
export function encodeTopology({ subnets }: PocketIcInstance): Json {
  const configs = subnets.list.map(({ kind, costSchedule, instructions, subnet, seed, canisterRanges }) => {
    const config = {
      subnet_kind: kind,
      cost_schedule: costSchedule ?? 'Normal',
      instruction_config: instructions ?? 'Production',
      subnet_seed: [...seed],
      canister_ranges: canisterRanges.map(([first, last]) => ({
        start: { canister_id: toBase64(first) },
        end: { canister_id: toBase64(last) },
      })),
      size: KINDS[kind].size,
    };
    return [principalText(subnet.id), config] as const;
  });
  const first = subnets.default.canisterRanges.at(-1)?.[0] ?? new Uint8Array();
  return {
    subnet_configs: Object.fromEntries(configs),
    default_effective_canister_id: { canister_id: toBase64(first) },
  };
}

/** An outcall that waits for its response. */
export function encodeOutcall(subnetId: Uint8Array, { id, request }: Outcall): Json {
  const { url, method, headers, body, maxResponseBytes } = request;
  return {
    subnet_id: { subnet_id: toBase64(subnetId) },
    request_id: id,
    http_method: method.toUpperCase(),
    url,
    headers: headers.map(({ name, value }) => ({ name, value })),
    body: toBase64(body),
    max_response_bytes: maxResponseBytes,
  };
}

/** The response that a client makes up for an outcall. */
export function decodeOutcallResponse(fields: JsonFields): OutcallResponse {
  if (fields.has('CanisterHttpReply')) {
    const reply = fields.fields('CanisterHttpReply');
    return {
      kind: 'replied',
      status: reply.smallNatural('status', 65_535),
      headers: reply
        .list('headers')
        .map((header) => ({ name: header.text('name'), value: header.text('value') })),
      body: reply.blob('body'),
    };
  }
  const reject = fields.fields('CanisterHttpReject');
  return {
    kind: 'rejected',
    code: rejectCode(reject.smallNatural('reject_code', 6)),
    message: reject.text('message'),
  };
}

const REJECT_CODES: readonly RejectCode[] = [1, 2, 3, 4, 5, 6];

function rejectCode(number: number): RejectCode {
  const code = REJECT_CODES.find((each) => each === number);
  if (code === undefined) throw new BadRequest(`reject_code is ${number}, it has to be one of 1 to 6`);
  return code;
}
