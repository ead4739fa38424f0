import { Principal } from '@dfinity/principal';
import { equalBytes, utf8 } from '../../codec/bytes.ts';
import { noteConsumed } from '../../execution/consume.ts';
import type { Outcall, OutcallRequest } from '../../state/outcalls.ts';
import { requireCanister } from '../authorise.ts';
import { decodeArgument } from '../candid.ts';
import type { ManagementMethod } from '../management-call.ts';
import { refuse } from '../management-error.ts';
import { HttpRequestArg, type HttpRequestValue } from '../outcall-types.ts';

/** The most that a canister can ask for; what it pays for where it names no limit. */
const MAX_RESPONSE_BYTES = 2_000_000n;
const MAX_REQUEST_BYTES = 2_000_000;
const MAX_URL_CHARACTERS = 8192;
const MAX_HEADERS = 64;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_HEADERS_BYTES = 48 * 1024;
const METHODS: readonly OutcallRequest['method'][] = ['get', 'head', 'post', 'put', 'delete', 'patch'];
/** The others might be done more than once where several nodes ask. */
const REPLICATED_METHODS: ReadonlySet<OutcallRequest['method']> = new Set(['get', 'head', 'post']);
/** How long a response may take, in ns. */
const PATIENCE_NS = 60_000_000_000n;

/**
 * Asks for something of the web ("IC method http_request"). The request waits until whoever drives the network answers it,
 * or until a minute has passed.
 */
export const httpRequest: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, origin, arg, cycles }) => {
    if (origin.kind === 'ingress') throw new Error('an ingress message got past the check of who may call');
    const value = decodeArgument<HttpRequestValue>(HttpRequestArg, arg);
    const transform = transformOf(value, origin.sender);
    const request = requestOf(value);
    const version = value.pricing_version[0] === 2 ? 2 : 1;
    const [isReplicated = true] = value.is_replicated;
    if (isReplicated && !REPLICATED_METHODS.has(request.method)) {
      refuse(
        'IC0408',
        `method expects get, head or post where is_replicated is not false, got ${request.method}`,
      );
    }
    const size = requestBytes(request, transform);
    const fee =
      version === 1
        ? world.costs.httpRequest(size, request.maxResponseBytes)
        : world.costs.httpOutcallBase(size, isReplicated);
    if (cycles < fee) {
      refuse('IC0406', `http_request request sent with ${cycles} cycles, but ${fee} cycles are required.`);
    }
    noteConsumed(
      world,
      requireCanister(world, Principal.fromUint8Array(origin.sender)),
      'http_outcalls',
      fee,
    );
    const asked = world.now();
    world.outcalls.add({
      origin,
      request,
      transform,
      refund: cycles - fee,
      deadline: asked + PATIENCE_NS,
      ...(version === 2 && { payAsUsed: { asked, isReplicated } }),
    });
    return undefined;
  },
};

function requestOf({ url, method, headers, body, max_response_bytes }: HttpRequestValue): OutcallRequest {
  const [limit = MAX_RESPONSE_BYTES] = max_response_bytes;
  if (limit > MAX_RESPONSE_BYTES) {
    refuse('IC0408', `max_response_bytes expects a value in 0..=${MAX_RESPONSE_BYTES}, got ${limit}`);
  }
  if (url.length > MAX_URL_CHARACTERS) {
    refuse('IC0408', `url has ${url.length} characters, ${MAX_URL_CHARACTERS} is the most`);
  }
  if (headers.length > MAX_HEADERS) {
    refuse('IC0408', `headers has ${headers.length} entries, ${MAX_HEADERS} is the most`);
  }
  const sizes = headers.flatMap(({ name, value }) => [utf8(name).length, utf8(value).length]);
  if (sizes.some((size) => size > MAX_HEADER_BYTES)) {
    refuse('IC0408', `headers has a name or value of more than ${MAX_HEADER_BYTES} bytes`);
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > MAX_HEADERS_BYTES) {
    refuse('IC0408', `headers has ${total} bytes, ${MAX_HEADERS_BYTES} is the most`);
  }
  const [bytes = new Uint8Array()] = body;
  if (bytes.length + total > MAX_REQUEST_BYTES) {
    refuse('IC0408', `headers and body have ${bytes.length + total} bytes, ${MAX_REQUEST_BYTES} is the most`);
  }
  return {
    url,
    method: METHODS.find((each) => each in method) ?? 'get',
    headers,
    body: bytes,
    maxResponseBytes: limit,
  };
}

function transformOf({ transform: [wanted] }: HttpRequestValue, caller: Uint8Array): Outcall['transform'] {
  if (wanted === undefined) return undefined;
  const [canisterId, methodName] = wanted.function;
  if (!equalBytes(canisterId.toUint8Array(), caller)) {
    refuse('IC0408', "transform expects a query of the calling canister, not another's");
  }
  return { methodName, context: wanted.context };
}

/** What is paid for, in bytes ("Cycle cost calculation"). */
function requestBytes({ url, headers, body }: OutcallRequest, transform: Outcall['transform']): bigint {
  let bytes = utf8(url).length + body.length;
  for (const { name, value } of headers) bytes += utf8(name).length + utf8(value).length;
  if (transform !== undefined) bytes += utf8(transform.methodName).length + transform.context.length;
  return BigInt(bytes);
}
