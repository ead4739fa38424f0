import { randomUUID } from 'node:crypto';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { Callers, type ServicePlace } from './callers/callers.ts';
import { reachesService } from './callers/service-reachable.ts';
import { answerProblems } from './http/answer-problems.ts';
import { requireApiKey } from './http/authentication.ts';
import { registerEvents } from './http/event-route.ts';
import { registerHealth } from './http/health.ts';
import { logRequests } from './http/log.ts';
import { registerMcp } from './http/mcp-route.ts';
import { METHOD_ROUTES } from './http/method-routes.ts';
import { describeRoutes, registerDocument } from './http/openapi.ts';
import { refuseOtherVerbs } from './http/refuse-other-verbs.ts';
import { registerMethod } from './http/register-method.ts';
import { validateStrictly } from './http/validation.ts';
import type { KeyStore } from './keys/key-store.ts';

/** Arguments of 1 MiB, which the service takes at most, are somewhat longer in JSON. */
const BODY_BYTES = 2 * 1024 * 1024;
/** Characters of a parameter in a path: a user_id of 128, written in percent signs. */
const PARAMETER_CHARACTERS = 2048;

/** What a gateway is started with. */
export interface GatewayOptions extends ServicePlace {
  readonly keys: KeyStore;
  /** Where log lines go, as JSON; nowhere unless told. */
  readonly log?: { readonly level: 'info' | 'warn'; readonly stream: NodeJS.WritableStream };
}

/**
 * The service over HTTP and JSON, events and MCP, for programs that have an API key. `listen` of what it resolves with begins, and
 * `close` ends it: requests that are under way are answered, and streams end.
 */
export async function createGateway({ keys, log, ...place }: GatewayOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: log ?? false,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request.id' }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS },
  });
  app.decorateRequest('account', undefined);
  // What has no parser is no JSON.
  app.removeContentTypeParser('text/plain');
  validateStrictly(app);
  answerProblems(app);
  logRequests(app);
  const refuseOthers = refuseOtherVerbs(app);
  await describeRoutes(app);
  registerDocument(app);
  registerHealth(app, () => reachesService(place));
  await app.register(async (routes) => {
    requireApiKey(routes, keys, new Callers(place));
    for (const route of METHOD_ROUTES) registerMethod(routes, route);
    registerEvents(routes);
    registerMcp(routes);
  });
  refuseOthers();
  return app;
}
