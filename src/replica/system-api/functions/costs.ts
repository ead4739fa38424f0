import { IDL } from '@dfinity/candid';
import { type EntryPoint, EVERYWHERE } from '../entry-point.ts';
import { readGuest, readGuestText, writeAmount } from '../guest-memory.ts';
import { type HostFunction, type HostFunctions, hostFunction } from '../host-function.ts';
import type { SubnetCosts } from '../subnet-costs.ts';
import { Trap, violateContract } from '../trap.ts';

const ALWAYS: readonly EntryPoint[] = [...EVERYWHERE, 's'];
const DONE = 0;
const INVALID_CURVE = 1;
const INVALID_KEY_NAME = 2;
/** More than any form of the parameters has. */
const MAX_QUOTE_BYTES = 1000;

/** The fee of a signature or key derivation; `curves` is how many curves or algorithms there are. */
function signatureCost(curves: number): HostFunction {
  return hostFunction({
    params: ['I', 'I', 'i32', 'I'],
    result: 'i32',
    from: ALWAYS,
    run: (state, nameAt, nameSize, curve, target) => {
      if (curve >= curves) return INVALID_CURVE;
      const fee = state.start.network.costs.signature(readGuestText(state, nameAt, nameSize));
      if (fee === undefined) return INVALID_KEY_NAME;
      writeAmount(state, target, fee);
      return DONE;
    },
  });
}

/** What `cost_http_request_v2` is asked for. */
const QuoteArg = IDL.Record({
  request_bytes: IDL.Nat64,
  http_roundtrip_time_ms: IDL.Nat64,
  raw_response_bytes: IDL.Nat64,
  transformed_response_bytes: IDL.Nat64,
  transform_instructions: IDL.Nat64,
  outcall_type: IDL.Opt(
    IDL.Variant({ fully_replicated: IDL.Reserved, non_replicated: IDL.Reserved, flexible: IDL.Reserved }),
  ),
});

interface QuoteValue {
  readonly request_bytes: bigint;
  readonly http_roundtrip_time_ms: bigint;
  readonly raw_response_bytes: bigint;
  readonly transformed_response_bytes: bigint;
  readonly transform_instructions: bigint;
  readonly outcall_type: readonly [] | readonly [object];
}

function quoteOf(costs: SubnetCosts, params: Uint8Array): bigint {
  const { outcall_type, ...value } = decodeQuote(params);
  const [type = { fully_replicated: null }] = outcall_type;
  if ('flexible' in type) {
    throw new Trap('trapped', 'ic0.cost_http_request_v2: this network has no flexible_http_request to price');
  }
  const usage = {
    roundtripMs: value.http_roundtrip_time_ms,
    rawBytes: value.raw_response_bytes,
    transformedBytes: value.transformed_response_bytes,
    transformInstructions: value.transform_instructions,
  };
  return costs.httpOutcallQuote(value.request_bytes, usage, 'fully_replicated' in type);
}

function decodeQuote(params: Uint8Array): QuoteValue {
  if (params.length > MAX_QUOTE_BYTES) {
    violateContract(`the parameters have ${params.length} bytes; ${MAX_QUOTE_BYTES} at most`);
  }
  try {
    const [value]: unknown[] = IDL.decode([QuoteArg], params);
    // What the decoder makes of `QuoteArg`.
    return value as QuoteValue;
  } catch (error) {
    throw new Trap('trapped', `ic0.cost_http_request_v2: the parameters cannot be decoded: ${String(error)}`);
  }
}

/** What services of the system cost, in cycles ("Cycle cost calculation"). */
export const costFunctions: HostFunctions = {
  cost_call: hostFunction({
    params: ['i64', 'i64', 'I'],
    from: ALWAYS,
    run: (state, nameSize, payloadSize, target) =>
      writeAmount(
        state,
        target,
        state.start.network.costs.callOfSizes(nameSize, payloadSize) +
          state.start.network.costs.responseReserve(state.start.instance.memory64),
      ),
  }),
  cost_create_canister: hostFunction({
    params: ['I'],
    from: ALWAYS,
    run: (state, target) => writeAmount(state, target, state.start.network.costs.creation),
  }),
  cost_http_request: hostFunction({
    params: ['i64', 'i64', 'I'],
    from: ALWAYS,
    run: (state, requestSize, maxResponseSize, target) =>
      writeAmount(state, target, state.start.network.costs.httpRequest(requestSize, maxResponseSize)),
  }),
  cost_http_request_v2: hostFunction({
    params: ['I', 'I', 'I'],
    from: ALWAYS,
    run: (state, source, size, target) =>
      writeAmount(state, target, quoteOf(state.start.network.costs, readGuest(state, source, size))),
  }),
  cost_sign_with_ecdsa: signatureCost(2),
  cost_sign_with_schnorr: signatureCost(2),
  cost_vetkd_derive_key: signatureCost(1),
};
