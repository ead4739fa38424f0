import fastifyStatic from '@fastify/static';
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify';
import { isLoopback } from '../../client/network/loopback.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import type { DashboardIdentity } from './dashboard-identities.ts';
import { networkUrlFor } from './network-address.ts';

/** What stands in `/config.json`; src/dashboard/config/config.ts reads it. */
export interface DashboardConfig {
  readonly network_url: string;
  readonly canister_id: string;
  /** DER in hex. */
  readonly root_key: string;
  readonly identity_provider?: string;
  readonly development_identities: readonly DashboardIdentity[];
}

/** Names of built files have a hash of their content in them. */
const UNCHANGING = /\/assets\//;

/**
 * Serves the built dapp in a folder with its configuration; `listen` of what it returns begins. Where the configuration has keys, it is
 * handed out to pages of this machine alone: a foreign page whose name was made to lead here comes with that name. Without keys it holds what anybody may
 * know. `networkListensOn` is the address that the network was told to listen on: where that is every one of the machine, the browser finds it by the name
 * that led it here.
 */
export function dashboardServer(
  directory: string,
  config: DashboardConfig,
  networkListensOn = '127.0.0.1',
): FastifyInstance {
  const app = fastify();
  const networkUrl = ({ hostname }: FastifyRequest): string =>
    networkUrlFor(hostname, { url: config.network_url, listensOn: networkListensOn });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': contentSecurityPolicy(networkUrl(request)),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // Not same-origin: the window of the identity provider answers to the page that opened it.
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    });
  });
  app.get('/config.json', (request, reply) => {
    if (config.development_identities.length > 0 && !isLoopback(request.hostname)) {
      return reply.code(403).send({ error: 'ask by a name of this machine, such as 127.0.0.1' });
    }
    return reply.header('cache-control', 'no-store').send({ ...config, network_url: networkUrl(request) });
  });
  app.register(fastifyStatic, {
    root: directory,
    // What begins with a dot is about the build.
    dotfiles: 'deny',
    cacheControl: false,
    // The build puts compressed copies beside the files.
    preCompressed: true,
    setHeaders: (response, path) => {
      response.header('cache-control', UNCHANGING.test(path) ? 'max-age=31536000, immutable' : 'no-cache');
    },
  });
  // The dapp's pages have addresses of their own, and one file.
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')) {
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    }
    return reply.code(404).send({ error: 'there is no such file' });
  });
  return app;
}
