import type { FastifyReply } from 'fastify';
import { authenticate } from './authentication/authenticate.ts';
import { parseCallContent } from './authentication/content.ts';
import { decodeEnvelope } from './authentication/envelope.ts';
import { sendCbor } from './cbor-reply.ts';
import { checkDestination, type EffectiveDestination } from './effective-destination.ts';
import type { HttpContext } from './http-context.ts';
import { encodeQueryReply } from './query-reply.ts';

/** Answers a query, with the node's signature ("Request: Query call"). */
export async function answerQuery(
  { subnet, keys, clock, certificates }: HttpContext,
  destination: EffectiveDestination,
  body: Uint8Array,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const envelope = decodeEnvelope(body);
  const content = parseCallContent(envelope.content, 'query');
  authenticate(envelope, content, { now: clock(), certificates });
  checkDestination(content, destination);
  const outcome = await subnet.query(content);
  return sendCbor(reply, encodeQueryReply(outcome, content.requestId, clock(), keys));
}
