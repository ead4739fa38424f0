import type { FastifyInstance } from 'fastify';

/** A line for each request, by OpenTelemetry's names for its attributes. Never a body, a header, a query or a path with its ids. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url: route } = request.routeOptions;
    request.log.info(
      {
        'http.request.method': request.method,
        ...(route === undefined ? {} : { 'http.route': route }),
        'http.response.status_code': reply.statusCode,
        // Seconds.
        'http.server.request.duration': reply.elapsedTime / 1000,
        ...(request.account === undefined ? {} : { 'user.id': request.account.keyId }),
      },
      'request',
    );
  });
}
