import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '../../client/network/loopback.ts';
import { ProblemError } from '../problems/problem.ts';

/** Which browsers' pages may call, and what the gateway is called. */
export interface BrowserRules {
  /** Origins of pages that may call, such as `https://app.example.com`, besides pages that the gateway's own host serves. */
  readonly allowedOrigins: readonly string[];
  /** Names that clients may call the gateway by, besides those of the machine itself. */
  readonly allowedHosts: readonly string[];
}

const MAX_AGE_SECONDS = '600';

/** Throws a RangeError for an origin or a host that is none. */
export function checkBrowserRules({ allowedOrigins, allowedHosts }: BrowserRules): void {
  for (const origin of allowedOrigins) {
    if (!isOrigin(origin))
      throw new RangeError(`'${origin}' is not an origin, such as https://app.example.com`);
  }
  for (const host of allowedHosts) {
    if (!isHostName(host)) {
      throw new RangeError(`'${host}' is not the name of a host, such as agents.example.com`);
    }
  }
}

/** Whether a text is an origin as browsers send it. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** Whether a text is the name of a host, without a port. */
export function isHostName(text: string): boolean {
  return hostnameOf(text) === text.toLowerCase();
}

/**
 * Refuses what a page of another site sends by its reader's browser, and what a name sends here that was made to lead to this machine (DNS rebinding).
 * The Host header is held against the names of the machine where the connection comes from the machine itself, or where names are given.
 */
export function guardFromBrowsers(app: FastifyInstance, rules: BrowserRules): void {
  const hosts = new Set(rules.allowedHosts.map((host) => host.toLowerCase()));
  const origins = new Set(rules.allowedOrigins);
  app.addHook('onRequest', async (request, reply) => {
    const host = checkHost(request, hosts);
    const { origin } = request.headers;
    if (origin === undefined) return;
    reply.header('vary', 'Origin');
    if (origins.has(origin)) {
      reply.header('access-control-allow-origin', origin);
      reply.header('access-control-expose-headers', 'Retry-After, Allow, WWW-Authenticate, Mcp-Session-Id');
      if (isPreflight(request)) return answerPreflight(request, reply);
    } else if (!isOfHost(origin, host) && !isOpen(request)) {
      throw new ProblemError(
        'ForeignOrigin',
        'pages of this origin may not call. Allow it with --allow-origin where it is yours.',
        { field: 'origin' },
      );
    }
    return undefined;
  });
}

function checkHost({ headers, raw }: FastifyRequest, hosts: ReadonlySet<string>): string {
  const { host = '' } = headers;
  const name = hostnameOf(host);
  if (name === undefined) {
    // HTTP/1.0 has none.
    if (host === '' && raw.httpVersion === '1.0') return '';
    throw new ProblemError('MalformedRequest', 'host: the header must name a host', { field: 'host' });
  }
  const isOfMachine = isLoopback(name);
  const isLocal = isLoopback(raw.socket.localAddress ?? '');
  const isKnown = hosts.has(name) || isOfMachine || (hosts.size === 0 && !isLocal);
  if (!isKnown) {
    throw new ProblemError(
      'ForeignHost',
      'the gateway is not called so. Allow the name with --allow-host where it is yours.',
      { field: 'host' },
    );
  }
  return host.toLowerCase();
}

/** The name in a Host header, in small letters; undefined where it has none. */
function hostnameOf(host: string): string | undefined {
  if (!/^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host)) return undefined;
  return host.replace(/:\d+$/, '').toLowerCase();
}

function isOfHost(origin: string, host: string): boolean {
  if (host === '' || !URL.canParse(origin)) return false;
  const { host: given, protocol } = new URL(origin);
  // A URL leaves out the port that its scheme has.
  return /^https?:$/.test(protocol) && given === host.replace(protocol === 'http:' ? /:80$/ : /:443$/, '');
}

/** Whether the route is for everybody: what it answers is no secret, and a browser shows it to no page of another origin. */
function isOpen({ routeOptions, is404 }: FastifyRequest): boolean {
  return is404 || routeOptions.config.isOpen === true;
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function answerPreflight({ headers, routeOptions }: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asked = headers['access-control-request-headers'];
  return reply
    .status(204)
    .header('access-control-allow-methods', routeOptions.config.allow ?? 'GET')
    .header('access-control-allow-headers', typeof asked === 'string' ? asked : '')
    .header('access-control-max-age', MAX_AGE_SECONDS)
    .send();
}
