import type { FastifyReply } from 'fastify';
import { utf8 } from '../codec/bytes.ts';
import { encodeCbor } from '../codec/cbor.ts';
import { authenticate } from './authentication/authenticate.ts';
import { parseCallContent } from './authentication/content.ts';
import { decodeEnvelope } from './authentication/envelope.ts';
import { sendAccepted, sendCbor } from './cbor-reply.ts';
import { checkDestination, type EffectiveDestination } from './effective-destination.ts';
import type { HttpContext } from './http-context.ts';
import { encodableReject } from './query-reply.ts';
import { within } from './within.ts';

/** Whether the client waits for the outcome of its call in the answer (v3 and v4) or asks for it later (v2). */
export type CallMode = 'synchronous' | 'asynchronous';

/** Answers a call ("Request: Call", "Request: Asynchronous Call"). */
export async function answerCall(
  context: HttpContext,
  mode: CallMode,
  destination: EffectiveDestination,
  body: Uint8Array,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { subnet, state, clock, certificates, callTimeoutMs, closing } = context;
  const envelope = decodeEnvelope(body);
  const content = parseCallContent(envelope.content, 'call');
  authenticate(envelope, content, { now: clock(), certificates });
  checkDestination(content, destination);

  const { requestId } = content;
  const reject = await subnet.submit({ ...content, effectiveCanisterId: destination.id });
  if (reject !== undefined) {
    const status = mode === 'synchronous' ? { status: 'non_replicated_rejection' } : {};
    return sendCbor(reply, encodeCbor({ ...status, ...encodableReject(reject) }));
  }
  if (mode === 'asynchronous') return sendAccepted(reply);

  const outcome = await within(subnet.outcome(requestId), callTimeoutMs, closing);
  if (outcome === undefined) return sendAccepted(reply);
  const certificate = state.certificate([[utf8('request_status'), requestId]]);
  return sendCbor(reply, encodeCbor({ status: 'replied', certificate }));
}
