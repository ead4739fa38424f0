import type { FastifyInstance } from 'fastify';

/** Lets pages of any origin call the interface, which knows no cookies: who calls is proved by signatures. */
export function allowBrowsers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
  });
  app.options('/*', async (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
        'access-control-allow-headers': '*',
        'access-control-max-age': '7200',
      })
      .send(),
  );
}
