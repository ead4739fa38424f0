import { randomUUID } from 'node:crypto';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import type { ServicePlace } from '../json-interface/callers/caller.ts';
import { Callers } from './callers/callers.ts';
import { reachesService } from './callers/service-reachable.ts';
import { answerProblems } from './http/answer-problems.ts';
import { requireApiKey } from './http/authentication.ts';
import { type BrowserRules, checkBrowserRules, guardFromBrowsers } from './http/browsers.ts';
import { Connections } from './http/connections.ts';
import { registerEvents } from './http/event-route.ts';
import { registerHealth } from './http/health.ts';
import { logRequests } from './http/log.ts';
import { answerMalformed } from './http/malformed-requests.ts';
import { registerMcp } from './http/mcp-route.ts';
import { METHOD_ROUTES } from './http/method-routes.ts';
import { describeRoutes, registerDocument } from './http/openapi.ts';
import { refuseOtherVerbs } from './http/refuse-other-verbs.ts';
import { registerMethod } from './http/register-method.ts';
import './http/route-config.ts';
import { answerRouterErrors } from './http/router-errors.ts';
import { readBodiesStrictly } from './http/strict-body.ts';
import { checkRequests, parseQuery } from './http/strict-url.ts';
import { validateStrictly } from './http/validation.ts';
import type { KeyStore } from './keys/key-store.ts';
import { type GatewayLimits, limitsWith } from './limits/gateway-limits.ts';
import { KeyQuotas } from './limits/key-quotas.ts';
import { DEFAULT_VIEW, LEAST_CHARACTERS, type ModelView } from './mcp/model-view.ts';

/** Arguments of 1 MiB, which the service takes at most, are somewhat longer in JSON. */
const BODY_BYTES = 2 * 1024 * 1024;
/** Characters of a parameter in a path: a user_id of 128, written in percent signs. */
const PARAMETER_CHARACTERS = 2048;
/** Connections that ask for nothing more are closed after this, in ms. */
const IDLE_MS = 30_000;
/** How often Node looks for requests that are late, in ms. */
const LOOK_EVERY_MS = 1000;
const MS_PER_SECOND = 1000;

/** What a gateway is started with. What is left out has the default of its type. */
export interface GatewayOptions extends Omit<ServicePlace, 'timeoutMs'> {
  readonly keys: KeyStore;
  /** Where log lines go, as JSON; nowhere unless told. */
  readonly log?: { readonly level: 'info' | 'warn'; readonly stream: NodeJS.WritableStream };
  readonly limits?: Partial<GatewayLimits>;
  readonly browsers?: Partial<BrowserRules>;
  readonly models?: Partial<ModelView>;
}

/**
 * The service over HTTP and JSON, events and MCP, for programs that have an API key. `listen` of what it resolves with begins, and
 * `close` ends it: requests that are under way are answered, and streams end. Rejects with a RangeError for limits and names that are none.
 */
export async function createGateway({
  keys,
  log,
  limits: givenLimits,
  browsers,
  models,
  ...place
}: GatewayOptions): Promise<FastifyInstance> {
  const limits = limitsWith(givenLimits);
  const view = { ...DEFAULT_VIEW, ...models };
  if (!Number.isSafeInteger(view.characters) || view.characters < LEAST_CHARACTERS) {
    throw new RangeError(`characters: ${view.characters} is not a whole number from ${LEAST_CHARACTERS}`);
  }
  const rules = { allowedOrigins: [], allowedHosts: [], ...browsers };
  checkBrowserRules(rules);
  const app = openServer(limits, log);
  const connections = new Connections(app.server, limits);
  answerMalformed(app.server, connections);
  app.decorateRequest('account', undefined);
  readBodiesStrictly(app);
  validateStrictly(app);
  logRequests(app);
  checkRequests(app);
  answerProblems(app);
  guardFromBrowsers(app, rules);
  const refuseOthers = refuseOtherVerbs(app);
  await describeRoutes(app);
  registerDocument(app);
  registerHealth(app, () => reachesService(place));
  const quotas = new KeyQuotas(limits);
  const callers = new Callers({ ...place, timeoutMs: limits.callSeconds * MS_PER_SECOND });
  app.addHook('onClose', () => callers.forgetKeys());
  await app.register(async (routes) => {
    requireApiKey(routes, { keys, callers, quotas, connections });
    for (const route of METHOD_ROUTES) registerMethod(routes, route);
    const stallMs = limits.stallSeconds * MS_PER_SECOND;
    registerEvents(routes, { quotas, feedsEach: limits.keyFeeds, stallMs });
    registerMcp(routes, { quotas, view });
  });
  refuseOthers();
  return app;
}

function openServer(limits: GatewayLimits, log: GatewayOptions['log']): FastifyInstance {
  const app = fastify({
    logger: log ?? false,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request.id' }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: PARAMETER_CHARACTERS, querystringParser: parseQuery },
    frameworkErrors: answerRouterErrors,
    // Node's own answers to what fails before a request are no problems: those of `answerMalformed` are.
    clientErrorHandler: () => undefined,
    return503OnClosing: false,
    requestTimeout: limits.requestSeconds * MS_PER_SECOND,
    keepAliveTimeout: IDLE_MS,
    // For answers that nobody takes: longer than any call.
    connectionTimeout: (limits.callSeconds + limits.stallSeconds) * MS_PER_SECOND,
    http: {
      headersTimeout: Math.min(limits.headSeconds, limits.requestSeconds) * MS_PER_SECOND,
      connectionsCheckingInterval: LOOK_EVERY_MS,
      // A request without one is refused with a problem.
      requireHostHeader: false,
    },
  });
  return app;
}
