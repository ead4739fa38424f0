import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { problem } from '../problems/problem.ts';
import { sendProblem } from './answer-problems.ts';

/** Notes what the routes that are registered from now on take; the function that is returned refuses the rest, with 405. */
export function refuseOtherVerbs(app: FastifyInstance): () => void {
  const taken = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const verbs = taken.get(url) ?? new Set();
    for (const verb of [method].flat()) verbs.add(verb);
    taken.set(url, verbs);
  });
  return () => {
    for (const [url, verbs] of [...taken]) {
      const allow = [...verbs].join(', ');
      const refuse = async (request: FastifyRequest, reply: FastifyReply) => {
        reply.header('allow', allow);
        return sendProblem(request, reply, problem('MethodNotAllowed', `the path allows ${allow}`));
      };
      app.route({
        method: app.supportedMethods.filter((verb) => !verbs.has(verb)),
        url,
        schema: { hide: true },
        config: { allow },
        // Before anything is asked of a body.
        onRequest: refuse,
        handler: refuse,
      });
    }
  };
}
