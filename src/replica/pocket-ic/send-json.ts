import type { FastifyReply } from 'fastify';
import { JSONStringify } from 'json-with-bigint';
import type { Json } from './wire.ts';

/** Answers in JSON, in which a bigint is an integer. */
export function sendJson(reply: FastifyReply, status: number, value: Json): FastifyReply {
  return reply.code(status).type('application/json').send(JSONStringify(value));
}
