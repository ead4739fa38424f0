import fastifyStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** What stands in `/config.json`; src/dashboard/service/config.ts reads it. */
export interface DashboardConfig {
  readonly network_url: string;
  readonly canister_id: string;
  /** DER in hex. */
  readonly root_key: string;
  readonly gateway_url: string;
  readonly identity_provider?: string;
  readonly development_identities: readonly {
    readonly name: string;
    readonly role: 'user' | 'agent' | 'admin';
    /** In hex. */
    readonly seed: string;
  }[];
}

/** Names of built files have a hash of their content in them. */
const UNCHANGING = /\/assets\//;

/** Serves the built dapp in a folder with its configuration; `listen` of what it returns begins. */
export function dashboardServer(directory: string, config: DashboardConfig): FastifyInstance {
  const app = fastify();
  const policy = contentSecurityPolicy([config.network_url, config.gateway_url]);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // Not same-origin: the window of the identity provider answers to the page that opened it.
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    });
  });
  app.get('/config.json', (_request, reply) => reply.header('cache-control', 'no-store').send(config));
  app.register(fastifyStatic, {
    root: directory,
    // What begins with a dot is about the build.
    serveDotFiles: false,
    cacheControl: false,
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
