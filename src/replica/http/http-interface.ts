import type { Principal } from '@dfinity/principal';
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
} from 'fastify';
import { CertificateVerifier } from '../certification/certificate-verifier.ts';
import { INTERNET_COMPUTER_KEY } from '../certification/internet-computer-key.ts';
import { encodeCbor } from '../codec/cbor.ts';
import { answerCall } from './call-endpoint.ts';
import { addressedCanister } from './canister-gateway/addressed-canister.ts';
import { answerFromCanister } from './canister-gateway/canister-gateway.ts';
import { sendCbor } from './cbor-reply.ts';
import { allowBrowsers } from './cors.ts';
import { type EffectiveDestination, parseDestination, requireServed } from './effective-destination.ts';
import type { HttpContext, ServedSubnet } from './http-context.ts';
import { answerQuery } from './query-endpoint.ts';
import { answerReadState } from './read-state-endpoint.ts';
import { Refusal } from './refusal.ts';

/** What `createHttpInterface` is made of: the root subnet, and a clock that gives ns since 1970. */
export interface HttpInterfaceOptions extends ServedSubnet, Pick<HttpContext, 'clock'> {
  /** The subnet that answers for a destination, where the network has several; the root subnet where it has none. */
  readonly route?: (destination: EffectiveDestination) => ServedSubnet | undefined;
  /**
   * The keys, DER, that certificates of canister signatures lead to; that of the root subnet unless told. The public Internet
   * Computer's is always among them: people sign in to what is developed here with the Internet Identity that they have.
   */
  readonly rootKeys?: () => readonly Uint8Array[];
  /** How long a synchronous call waits for its outcome before it answers 202; 10 s unless told. */
  readonly callTimeoutMs?: number;
  /** Where faults of the network itself are logged; nowhere unless told. */
  readonly logger?: FastifyServerOptions['logger'];
}

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const CALL_TIMEOUT_MS = 10_000;
const KINDS: readonly EffectiveDestination['kind'][] = ['canister', 'subnet'];

/**
 * The Internet Computer's HTTP interface in front of a subnet, not listening yet: call `listen` on it, and `close` to
 * end it, which lets waiting calls answer 202.
 */
export function createHttpInterface(options: HttpInterfaceOptions): FastifyInstance {
  const { callTimeoutMs = CALL_TIMEOUT_MS, logger = false, route, ...parts } = options;
  const { rootKeys = () => [parts.keys.root.publicKeyDer] } = options;
  const closing = new AbortController();
  const certificates = new CertificateVerifier(() => [...rootKeys(), INTERNET_COMPUTER_KEY]);
  const root: HttpContext = { ...parts, certificates, callTimeoutMs, closing: closing.signal };
  const contextAt: ContextAt = (destination) => ({ ...root, ...route?.(destination) });

  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, logger });
  app.addHook('preClose', async () => closing.abort());
  // Clients differ in what content type they claim; the body is CBOR whatever they say.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  answerErrorsInText(app, contextAt);
  allowBrowsers(app);
  addEndpoints(app, root, contextAt);
  return app;
}

type ContextAt = (destination: EffectiveDestination) => HttpContext;

function addEndpoints(app: FastifyInstance, { keys }: HttpContext, contextAt: ContextAt): void {
  app.get('/', async (request, reply) => {
    const canisterId = addressedCanister(request.host, request.url);
    if (canisterId !== undefined) return answerAsGateway(contextAt, canisterId, request, reply);
    return reply.type('text/plain').send('A local Internet Computer. Its status is at /api/v2/status.\n');
  });
  app.get('/api/v2/status', async (_request, reply) =>
    sendCbor(
      reply,
      encodeCbor({
        root_key: keys.root.publicKeyDer,
        replica_health_status: 'healthy',
        ic_api_version: '0.18.0',
      }),
    ),
  );

  function post(
    kind: EffectiveDestination['kind'],
    version: string,
    request: string,
    answer: (
      ...args: [context: HttpContext, destination: EffectiveDestination, body: Uint8Array, reply: Reply]
    ) => Answer,
  ): void {
    app.post<{ Params: { id: string } }>(
      `/api/${version}/${kind}/:id/${request}`,
      async ({ params, body }, reply) => {
        const destination = parseDestination(kind, params.id);
        const context = contextAt(destination);
        requireServed(destination, context.subnet);
        return answer(context, destination, bodyBytes(body), reply);
      },
    );
  }
  type Reply = Parameters<typeof sendCbor>[0];
  type Answer = ReturnType<typeof answerQuery> | Reply;

  post('canister', 'v2', 'call', (context, ...args) => answerCall(context, 'asynchronous', ...args));
  post('canister', 'v3', 'call', (context, ...args) => answerCall(context, 'synchronous', ...args));
  for (const kind of KINDS) {
    post(kind, 'v4', 'call', (context, ...args) => answerCall(context, 'synchronous', ...args));
    post(kind, 'v3', 'query', answerQuery);
    for (const version of ['v2', 'v3']) {
      post(kind, version, 'read_state', answerReadState);
    }
  }
  post('canister', 'v2', 'query', answerQuery);
}

/** The body as plain bytes; one that was not sent is as malformed as an empty one. */
function bodyBytes(body: unknown): Uint8Array {
  return body instanceof Uint8Array
    ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    : new Uint8Array();
}

async function answerAsGateway(
  contextAt: ContextAt,
  canisterId: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { subnet } = contextAt({ kind: 'canister', id: canisterId.toUint8Array() });
  return answerFromCanister(subnet, canisterId, request, reply);
}

function answerErrorsInText(app: FastifyInstance, contextAt: ContextAt): void {
  app.setNotFoundHandler(async (request, reply) => {
    const canisterId = addressedCanister(request.host, request.url);
    if (canisterId !== undefined) return answerAsGateway(contextAt, canisterId, request, reply);
    return reply.code(404).type('text/plain').send(`There is no ${request.method} ${request.url} here`);
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error instanceof Refusal ? error.status : (error.statusCode ?? 500);
    if (status >= 500) request.log.error(error);
    return reply
      .code(status)
      .type('text/plain')
      .send(status >= 500 ? 'The network failed to answer this request' : error.message);
  });
}
