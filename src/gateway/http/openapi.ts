import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { VERSION } from '../../json-interface/version.ts';
import { PROBLEM_SCHEMA } from '../problems/problem-answer.ts';

/** Describes the routes that are registered after it in an OpenAPI 3.1 document, from the schemas that validate them, or say more. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  app.addSchema(PROBLEM_SCHEMA);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Agent Service',
        version: VERSION,
        description:
          'Every method of the Agent Service at /v1/methods/{method}, and most at a path of their own. Answers are {"result": …}, refusals problems (RFC 9457). Whole numbers of 64 bits and times, in ns since 1970, are decimal texts.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: ({ schema, url, route }) => ({ schema: route.config?.document ?? schema, url }),
    // The schema of problems is the only one that others refer to.
    refResolver: { buildLocalReference: () => 'Problem' },
  });
}

/** Serves the document at `/openapi.json`, without a key. */
export function registerDocument(app: FastifyInstance): void {
  // Anybody may ask for it, and it takes long to make.
  let document: string | undefined;
  app.get('/openapi.json', { schema: { hide: true }, config: { isOpen: true } }, async (_request, reply) => {
    document ??= JSON.stringify(app.swagger());
    return reply.type('application/json').send(document);
  });
}
