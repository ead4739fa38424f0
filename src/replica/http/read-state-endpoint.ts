import type { FastifyReply } from 'fastify';
import { encodeCbor } from '../codec/cbor.ts';
import { authenticate } from './authentication/authenticate.ts';
import { parseReadStateContent } from './authentication/content.ts';
import { decodeEnvelope } from './authentication/envelope.ts';
import { sendCbor } from './cbor-reply.ts';
import type { EffectiveDestination } from './effective-destination.ts';
import type { HttpContext } from './http-context.ts';
import { checkReadAccess } from './read-state-access.ts';

/** Answers a read_state request with a certificate ("Request: Read state"). */
export function answerReadState(
  { subnet, state, clock, certificates }: HttpContext,
  destination: EffectiveDestination,
  body: Uint8Array,
  reply: FastifyReply,
): FastifyReply {
  const envelope = decodeEnvelope(body);
  const content = parseReadStateContent(envelope.content);
  authenticate(envelope, content, { now: clock(), certificates });
  checkReadAccess(content, subnet, destination);
  return sendCbor(reply, encodeCbor({ certificate: state.certificate(content.paths) }));
}
