import { randomBytes } from 'node:crypto';
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';
import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome } from '../../messages/outcome.ts';
import type { Subnet } from '../../subnet/subnet.ts';
import {
  HttpRequest,
  HttpResponse,
  type HttpResponseValue,
  type StreamingCallback,
  StreamingPart,
  type StreamingPartValue,
  Token,
} from './interface.ts';

const ANONYMOUS = Uint8Array.of(4);
/** How long an update that a request asks for may wait to be executed, in ns. */
const INGRESS_LIFE_NS = 240_000_000_000n;
/** Canisters certify what they answer in this version of the protocol, or an older one; nothing is verified here. */
const CERTIFICATE_VERSION = 2;
/** What a server sets itself; a canister's wish would contradict it. */
const OWN_HEADERS: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection']);
const NO_BODY = new Uint8Array();

/**
 * Lets a canister answer a request by its `http_request`, by `http_request_update` where it asks for that, and in parts where
 * it streams ("The HTTP Gateway protocol"). Who asks is anonymous. Responses are not verified: the network is this process.
 */
export async function answerFromCanister(
  subnet: Subnet,
  canisterId: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const call = new CanisterCall(subnet, canisterId);
  const arg = encodeRequest(request);
  let outcome = await call.query('http_request', arg);
  if (outcome.kind === 'replied' && decodeResponse(outcome.reply)?.upgrade[0] === true) {
    outcome = await call.update('http_request_update', arg);
  }
  if (outcome.kind === 'rejected') return sendReject(reply, canisterId, outcome);
  const response = decodeResponse(outcome.reply);
  if (response === undefined) {
    return sendText(reply, 502, `Canister ${canisterId.toText()} answered http_request with something else`);
  }
  for (const [name, value] of response.headers) {
    if (!OWN_HEADERS.has(name.toLowerCase())) reply.header(name, value);
  }
  reply.code(response.status_code);
  const [strategy] = response.streaming_strategy;
  if (strategy === undefined) return reply.send(Buffer.from(response.body));
  return reply.send(Readable.from(bodyParts(subnet, response, strategy.Callback)));
}

/** The parts of a streamed body, each asked for when the one before was sent. */
async function* bodyParts(
  subnet: Subnet,
  { body }: HttpResponseValue,
  { callback: [canisterId, methodName], token: first }: StreamingCallback,
): AsyncGenerator<Uint8Array> {
  const call = new CanisterCall(subnet, canisterId);
  yield body;
  for (let token: unknown = first; token !== undefined; ) {
    const outcome = await call.query(methodName, new Uint8Array(IDL.encode([Token], [token])));
    if (outcome.kind === 'rejected') throw new Error(outcome.reject.message);
    const value: unknown = IDL.decode([StreamingPart], outcome.reply.slice())[0];
    // The interface of the type is the one beside it.
    const [part] = value as StreamingPartValue;
    if (part === undefined) return;
    yield part.body;
    [token] = part.token;
  }
}

/** Calls of one canister by nobody in particular. */
class CanisterCall {
  readonly #subnet: Subnet;
  readonly #canisterId: Uint8Array;

  constructor(subnet: Subnet, canisterId: Principal) {
    this.#subnet = subnet;
    this.#canisterId = canisterId.toUint8Array();
  }

  query(methodName: string, arg: Uint8Array): Promise<Outcome> {
    return this.#subnet.query({ sender: ANONYMOUS, canisterId: this.#canisterId, methodName, arg });
  }

  async update(methodName: string, arg: Uint8Array): Promise<Outcome> {
    const requestId = new Uint8Array(randomBytes(32));
    const reject = await this.#subnet.submit({
      requestId,
      sender: ANONYMOUS,
      canisterId: this.#canisterId,
      methodName,
      arg,
      ingressExpiry: this.#subnet.now() + INGRESS_LIFE_NS,
      effectiveCanisterId: this.#canisterId,
    });
    return reject === undefined ? this.#subnet.outcome(requestId) : { kind: 'rejected', reject };
  }
}

function encodeRequest({ method, url, headers, body }: FastifyRequest): Uint8Array {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
  const value = {
    method,
    url,
    headers: pairs,
    body: body instanceof Uint8Array ? body : NO_BODY,
    certificate_version: [CERTIFICATE_VERSION],
  };
  return new Uint8Array(IDL.encode([HttpRequest], [value]));
}

/** What the canister answered; undefined where it is no response, or one that HTTP cannot carry. */
function decodeResponse(reply: Uint8Array): HttpResponseValue | undefined {
  try {
    const decoded: unknown = IDL.decode([HttpResponse], reply.slice())[0];
    // The interface of the type is the one beside it.
    const value = decoded as HttpResponseValue;
    for (const [name, content] of value.headers) {
      validateHeaderName(name);
      validateHeaderValue(name, content);
    }
    return value.status_code >= 200 && value.status_code <= 599 ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As gateways of the public network do: what is not there is not found, what fails is a bad gateway. */
function sendReject(
  reply: FastifyReply,
  canisterId: Principal,
  { reject }: Extract<Outcome, { kind: 'rejected' }>,
): FastifyReply {
  const missing =
    reject.errorCode === 'IC0301' || reject.errorCode === 'IC0536' || reject.errorCode === 'IC0537';
  return sendText(
    reply,
    missing ? 404 : 502,
    `Canister ${canisterId.toText()} does not answer: ${reject.message}`,
  );
}

function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}
