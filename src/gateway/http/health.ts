import type { FastifyInstance } from 'fastify';
import { objectSchema } from '../../json-interface/values/json-form.ts';
import { ProblemError } from '../problems/problem.ts';
import { problemAnswer } from '../problems/problem-answer.ts';

/** Whoever keeps the gateway running may ask as often as they like: the service is asked at most this often, in ms. */
const ASK_EVERY_MS = 1000;

/** Serves `/healthz`, whether the gateway runs, and `/readyz`, whether the service answers it. Both without a key. */
export function registerHealth(app: FastifyInstance, reachesService: () => Promise<boolean>): void {
  const config = { isOpen: true };
  app.get('/healthz', { config, schema: schemaOf('health', 'Tell whether the gateway runs') }, async () => ({
    status: 'ok',
  }));

  let asked = -Infinity;
  let ready = Promise.resolve(false);
  const schema = schemaOf('readiness', 'Tell whether the service answers');
  app.get('/readyz', { config, schema }, async () => {
    if (performance.now() - asked >= ASK_EVERY_MS) {
      asked = performance.now();
      ready = reachesService();
    }
    if (await ready) return { status: 'ok' };
    throw new ProblemError('TemporarilyUnavailable', 'the service does not answer');
  });
}

function schemaOf(operationId: string, summary: string): Record<string, unknown> {
  return {
    operationId,
    summary,
    tags: ['health'],
    security: [],
    response: {
      200: {
        description: 'It does.',
        content: {
          'application/json': { schema: objectSchema({ status: { type: 'string', enum: ['ok'] } }) },
        },
      },
      default: problemAnswer(),
    },
  };
}
