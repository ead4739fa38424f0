import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../problems/problem.ts';
import { sendProblem } from './answer-problems.ts';

/** Answers what the router refuses before it knows a route. Its messages have the path, which may be anybody's name. */
export function answerRouterErrors(
  { code }: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  // Nobody waits for a body.
  const refusal =
    code === 'FST_ERR_MAX_PARAM_LENGTH'
      ? problem('UriTooLong', 'a parameter in the path may have at most 2,048 characters')
      : problem('InvalidRequest', 'the path must be percent-encoded UTF-8');
  void sendProblem(request, reply, refusal);
}
