import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { PROBLEM_JSON, type Problem, ProblemError } from '../problems/problem.ts';
import { problemOf } from '../problems/problem-of.ts';

/** Who sends refused requests one after the other is slowed down by so many ms each: connections are few, and refusals cost others time too. */
const PAUSE_MS = 200;
const NS_PER_SECOND = 1_000_000_000n;

/** Has every request that fails answered with a problem, and what is no fault of the sender's logged. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const problem = problemOf(error, { isUpdate: request.routeOptions.config.isUpdate ?? false });
    if (problem.status >= 500) request.log.error(attributesOf(error), problem.title);
    if (problem.status === 401 || problem.status === 429) await sleep(PAUSE_MS, undefined, { ref: false });
    return sendProblem(request, reply, problem);
  });
  const nowhere = async ({ method }: FastifyRequest) => {
    if (!app.supportedMethods.includes(method)) {
      throw new ProblemError('NotImplemented', 'the OpenAPI document at /openapi.json has every method');
    }
    throw new ProblemError('NoSuchPath', 'the OpenAPI document at /openapi.json has every path');
  };
  app.setNotFoundHandler(nowhere);
  // Before a body is read that nobody wants.
  app.addHook('onRequest', async (request) => {
    if (request.is404) await nowhere(request);
  });
}

/** Answers with a problem. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) {
    // RFC 6750: the error is for who sent a key.
    const isSent = request.headers.authorization !== undefined;
    reply.header('www-authenticate', isSent ? 'Bearer error="invalid_token"' : 'Bearer');
  }
  const seconds = retryAfter(problem);
  if (seconds !== undefined) reply.header('retry-after', seconds);
  return reply
    .status(problem.status)
    .type(PROBLEM_JSON)
    .send(JSON.stringify({ ...problem, instance: `urn:uuid:${request.id}` }));
}

/** Whole seconds after which to try again, where the problem ends by itself. */
function retryAfter({ status, retry_after_ns }: Problem): string | undefined {
  if (typeof retry_after_ns === 'string') {
    return String((BigInt(retry_after_ns) + NS_PER_SECOND - 1n) / NS_PER_SECOND);
  }
  return status === 429 || status === 503 ? '1' : undefined;
}

/** What the log says of an error, by OpenTelemetry's names. Fields of errors are left out: some carry what was sent. */
function attributesOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { 'exception.message': String(error) };
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    causes.push(`${cause.name}: ${cause.message}`);
  }
  return {
    'exception.type': error.name,
    'exception.message': [error.message, ...causes].join('; because of '),
    'exception.stacktrace': error.stack,
  };
}
