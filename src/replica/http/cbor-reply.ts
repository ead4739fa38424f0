import type { FastifyReply } from 'fastify';

/** Sends a CBOR body with status 200. */
export function sendCbor(reply: FastifyReply, body: Uint8Array): FastifyReply {
  return reply.code(200).type('application/cbor').send(body);
}

/** Says, with an empty body, that a call is accepted and its outcome is to be read later. */
export function sendAccepted(reply: FastifyReply): FastifyReply {
  return reply.code(202).send();
}
