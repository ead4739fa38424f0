import { IDL } from '@dfinity/candid';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { onTestFinished, vi } from 'vitest';
import { METHODS } from '../../../src/client/calls/canister-calls.ts';
import { AgentServiceClient, type SealingPolicy } from '../../../src/client/index.ts';
import { createNetworkKeys } from '../../../src/replica/certification/network-keys.ts';
import { StateTree } from '../../../src/replica/certification/state-tree.ts';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { parseCallContent, parseReadStateContent } from '../../../src/replica/http/authentication/content.ts';
import { decodeEnvelope } from '../../../src/replica/http/authentication/envelope.ts';
import { encodeQueryReply } from '../../../src/replica/http/query-reply.ts';
import type { Outcome, Reject } from '../../../src/replica/messages/outcome.ts';

export const CANISTER = Principal.fromText('rrkah-fqaaa-aaaaa-aaaaq-cai');
const NS_PER_MS = 1_000_000n;
const KEYS = createNetworkKeys({ root: new Uint8Array(32).fill(1), node: new Uint8Array(32).fill(2) });

/** A call as it arrived: the values as @dfinity/candid has them. */
export interface Received {
  readonly method: string;
  readonly args: readonly unknown[];
}

/** What the canister answers a call with: a value as @dfinity/candid takes it, or a reject. */
export type Answer = { readonly value?: unknown } | { readonly reject: Reject };

/** What a fake network does. */
export interface FakeOptions {
  /** `endpoint`: query, where one machine answers alone, or call, whose answer the network certifies. */
  readonly answer: (call: Received, endpoint: 'query' | 'call') => Answer;
  /** Sees each request as it arrives. */
  readonly onRequest?: (bytes: Uint8Array) => void;
  /** By how many ms its clock is ahead of this machine's. */
  readonly aheadMs?: number;
  /** Changes answers on their way, by the last word of their path: query, call, read_state. */
  readonly tamper?: (bytes: Uint8Array, endpoint: string) => Uint8Array;
}

/** A client of a network that is not there: answers are made, certified and signed in this process, and there is no canister. */
export async function setupClient(
  options: FakeOptions,
  sealing: SealingPolicy = 'manual',
): Promise<AgentServiceClient> {
  vi.stubGlobal('fetch', async (url: string | URL, init?: { readonly body?: unknown }) => {
    const endpoint = new URL(url).pathname.split('/').at(-1) ?? '';
    const request = new Uint8Array(init?.body as ArrayBuffer);
    options.onRequest?.(request);
    const bytes = answerTo(endpoint, request, options);
    const body = new Uint8Array(options.tamper?.(bytes, endpoint) ?? bytes);
    return new Response(body, { headers: { 'content-type': 'application/cbor' } });
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  return AgentServiceClient.create({
    host: 'http://network.invalid',
    canisterId: CANISTER,
    identity: Ed25519KeyIdentity.generate(),
    rootKey: KEYS.root.publicKeyDer,
    sealing,
  });
}

/** Changes one bit where the bytes have a text. */
export function flipped(bytes: Uint8Array, text: string): Uint8Array {
  const at = Buffer.from(bytes).indexOf(text);
  if (at < 0) throw new RangeError(`nothing says ${text}`);
  return bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
}

function answerTo(endpoint: string, body: Uint8Array, options: FakeOptions): Uint8Array {
  const time = (BigInt(Date.now()) + BigInt(options.aheadMs ?? 0)) * NS_PER_MS;
  const { content } = decodeEnvelope(body);
  const canisterRanges = [[new Uint8Array(), new Uint8Array(10).fill(0xff)] as const];
  const state = new StateTree({ keys: KEYS, type: 'application', canisterRanges });
  state.setTime(time);
  if (endpoint === 'read_state') {
    return encodeCbor({ certificate: state.certificate(parseReadStateContent(content).paths) });
  }
  const isQuery = endpoint === 'query';
  const { requestId, methodName, arg } = parseCallContent(content, isQuery ? 'query' : 'call');
  const outcome = outcomeOf(methodName, arg, (call) => options.answer(call, isQuery ? 'query' : 'call'));
  if (isQuery) return encodeQueryReply(outcome, requestId, time, KEYS);
  state.setRequestStatus(requestId, outcome);
  const certificate = state.certificate([[utf8('request_status'), requestId]]);
  return encodeCbor({ status: 'replied', certificate });
}

function outcomeOf(method: string, arg: Uint8Array, answer: (call: Received) => Answer): Outcome {
  const type = METHODS.get(method);
  // A canister rejects what it does not have; the client asks for such a method to learn the time.
  if (type === undefined) {
    return { kind: 'rejected', reject: { code: 5, message: `no method ${method}`, errorCode: 'IC0536' } };
  }
  const given = answer({ method, args: IDL.decode(type.argTypes, arg) });
  if ('reject' in given) return { kind: 'rejected', reject: given.reject };
  const values = type.retTypes.length === 0 ? [] : [given.value];
  return { kind: 'replied', reply: new Uint8Array(IDL.encode(type.retTypes, values)) };
}
