import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { StateDirectoryError } from '../state-folder/checkpoint/state-directory-error.ts';
import { BadRequest } from './bad-request.ts';
import { BlobStore } from './blob-store.ts';
import { Gateways } from './gateways.ts';
import {
  type GatewayAddress,
  parseDelay,
  parseGatewayAddress,
  parseInstanceConfig,
} from './instance-config.ts';
import { type HostedInstance, Instances } from './instances.ts';
import { JsonFields, parseJson } from './json-fields.ts';
import { GET_OPERATIONS, type Operation, POST_OPERATIONS } from './operations.ts';
import { sendJson } from './send-json.ts';
import { encodeTopology, type Json } from './wire.ts';
import type { Attempt, Ending } from './work-queue.ts';

/** A blob can be all that a canister has stored. */
const BODY_LIMIT_BYTES = 1024 ** 3;
/** How long an operation is waited for where the client does not say. */
const DEFAULT_TIMEOUT_MS = 10_000;
const TIMEOUT_HEADER = 'processing-timeout-ms';
const LONGEST_TIMEOUT_MS = 2_147_483_647;
const INSTANCE_API = /^\/instances\/(\d+)(\/api\/.*)$/;

interface Parts {
  readonly instances: Instances;
  readonly gateways: Gateways;
  readonly blobs: BlobStore;
}

/**
 * PocketIC's REST protocol in front of networks in this process, not listening yet: call `listen` on it, and `close` to end
 * it with all its instances.
 */
export function createPocketIcServer(): FastifyInstance {
  const parts: Parts = { instances: new Instances(), gateways: new Gateways(), blobs: new BlobStore() };
  const app = fastify({ bodyLimit: BODY_LIMIT_BYTES, routerOptions: { ignoreTrailingSlash: true } });
  app.addHook('preClose', async () => {
    await parts.gateways.closeAll();
    await parts.instances.closeAll();
  });
  readBodies(app);
  answerErrorsInJson(app);
  passInstanceApi(app, parts.instances);
  addServerEndpoints(app, parts);
  addInstanceEndpoints(app, parts);
  addGatewayEndpoints(app, parts);
  return app;
}

/** JSON with integers of any size; everything else, such as a blob, as it is. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      return done(null, parseJson(body.toString()));
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

function answerErrorsInJson(app: FastifyInstance): void {
  app.setNotFoundHandler(async (request, reply) =>
    sendJson(reply, 404, { message: `There is no ${request.method} ${request.url} here` }),
  );
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) =>
    sendError(reply, error),
  );
}

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof BadRequest) return sendJson(reply, error.status, { message: error.message });
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return sendJson(reply, status, { message });
}

/** Gives the Internet Computer's own interface of an instance its requests as they come. */
function passInstanceApi(app: FastifyInstance, instances: Instances): void {
  app.addHook('onRequest', async (request, reply) => {
    const [, id, path] = INSTANCE_API.exec(request.url) ?? [];
    if (id === undefined || path === undefined) return;
    const { http } = instances.get(id);
    request.raw.url = path;
    reply.hijack();
    http.routing(request.raw, reply.raw);
  });
}

function addServerEndpoints(app: FastifyInstance, { instances, blobs }: Parts): void {
  app.get('/status', async (_request, reply) => reply.code(200).send());
  app.post('/blobstore', async ({ headers, body }, reply) => {
    const encoding = headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'gzip') {
      throw new BadRequest(`content-encoding is ${encoding}, it can only be gzip`);
    }
    const bytes = body instanceof Uint8Array ? new Uint8Array(body) : new Uint8Array();
    return reply.type('text/plain').send(blobs.add(bytes, encoding === 'gzip'));
  });
  app.get<{ Params: { id: string } }>('/blobstore/:id', async ({ params }, reply) => {
    const blob = blobs.get(params.id);
    if (blob === undefined) throw new BadRequest(`BlobNotFound: there is no blob ${params.id}`, 404);
    if (blob.compressed) reply.header('content-encoding', 'gzip');
    return reply.type('application/octet-stream').send(Buffer.from(blob.bytes));
  });
  app.get<{ Params: OperationId }>('/read_graph/:label/:operation', async ({ params }, reply) => {
    const { label, operation } = params;
    const ending = instances.withLabel(label)?.queue.endOf(operation);
    if (ending === undefined) {
      return sendJson(reply, 404, { message: `The operation ${label}/${operation} has no end, or not yet` });
    }
    return sendEnding(reply, ending);
  });
  app.delete<{ Params: OperationId }>('/prune_graph/:label/:operation', async ({ params }, reply) => {
    instances.withLabel(params.label)?.queue.forget(params.operation);
    return sendJson(reply, 200, null);
  });
}

interface OperationId {
  readonly label: string;
  readonly operation: string;
}

function addInstanceEndpoints(app: FastifyInstance, parts: Parts): void {
  const { instances, gateways, blobs } = parts;
  app.get('/instances', async (_request, reply) => sendJson(reply, 200, instances.states()));
  app.post('/instances', async ({ body }, reply) => {
    try {
      return await sendJson(reply, 201, { Created: await createInstance(parts, body) });
    } catch (error) {
      if (error instanceof BadRequest || error instanceof StateDirectoryError)
        return await sendJson(reply, 400, { Error: { message: error.message } });
      throw error;
    }
  });
  app.delete<InInstance>('/instances/:id', async ({ params }, reply) => {
    const { id } = instances.get(params.id);
    await gateways.closeAll(id);
    await instances.delete(params.id);
    return reply.code(200).send();
  });

  app.get<InInstance>('/instances/:id/auto_progress', async ({ params }, reply) =>
    sendJson(reply, 200, instances.get(params.id).progress.isRunning),
  );
  app.post<InInstance>('/instances/:id/auto_progress', async ({ params, body }, reply) => {
    instances.get(params.id).progress.start(body === undefined ? 0 : parseDelay(new JsonFields(body)));
    return sendJson(reply, 200, null);
  });
  app.post<InInstance>('/instances/:id/stop_progress', async ({ params }, reply) => {
    instances.get(params.id).progress.stop();
    return sendJson(reply, 200, null);
  });

  const serve =
    (operation: Operation) => async (request: FastifyRequest<InInstance>, reply: FastifyReply) => {
      const { instance, queue } = instances.get(request.params.id);
      const run = () => operation({ instance, blobs, body: request.body });
      return sendAttempt(reply, await queue.run(run, timeoutOf(request)));
    };
  for (const [path, operation] of GET_OPERATIONS) app.get(`/instances/:id/${path}`, serve(operation));
  for (const [path, operation] of POST_OPERATIONS) app.post(`/instances/:id/${path}`, serve(operation));
}

interface InInstance {
  Params: { readonly id: string };
}

async function createInstance(parts: Parts, body: unknown): Promise<Json> {
  const config = parseInstanceConfig(body);
  const hosted = await parts.instances.create(config);
  const { id, instance, progress } = hosted;
  if (config.autoProgressMs !== undefined) progress.start(config.autoProgressMs);
  const gateway = config.gateway && (await openGatewayOf(parts, hosted, config.gateway));
  return { instance_id: id, topology: encodeTopology(instance), http_gateway_info: gateway };
}

/** The gateway that comes with an instance, which is not there without it. */
async function openGatewayOf(
  { instances, gateways }: Parts,
  hosted: HostedInstance,
  address: GatewayAddress,
): Promise<Json> {
  try {
    return await openGateway(gateways, hosted, address);
  } catch (error) {
    await instances.delete(hosted.id.toString());
    throw error;
  }
}

async function openGateway(
  gateways: Gateways,
  { id, instance }: HostedInstance,
  address: GatewayAddress,
): Promise<Json> {
  try {
    const opened = await gateways.open(id, instance, address);
    return { instance_id: opened.id, port: opened.port };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new BadRequest(`The gateway cannot listen at ${address.host}:${address.port}: ${error.message}`);
  }
}

function addGatewayEndpoints(app: FastifyInstance, { instances, gateways }: Parts): void {
  app.get('/http_gateway', async (_request, reply) =>
    sendJson(
      reply,
      200,
      gateways.list().map(({ id, instanceId, port }) => ({
        instance_id: id,
        port,
        forward_to: { PocketIcInstance: instanceId },
      })),
    ),
  );
  app.post('/http_gateway', async ({ body }, reply) => {
    try {
      const fields = new JsonFields(body);
      const target = fields.fields('forward_to');
      if (!target.has('PocketIcInstance')) {
        throw new BadRequest(
          'forward_to.PocketIcInstance is not there: a gateway here forwards to an instance',
        );
      }
      const hosted = instances.get(target.natural('PocketIcInstance').toString());
      const created = await openGateway(gateways, hosted, parseGatewayAddress(fields));
      return await sendJson(reply, 201, { Created: created });
    } catch (error) {
      if (error instanceof BadRequest)
        return await sendJson(reply, 400, { Error: { message: error.message } });
      throw error;
    }
  });
  app.post<InInstance>('/http_gateway/:id/stop', async ({ params }, reply) => {
    await gateways.close(Number(params.id));
    return sendJson(reply, 200, null);
  });
}

/** How long the client waits for an operation, in ms. */
function timeoutOf({ headers }: FastifyRequest<InInstance>): number {
  const value = headers[TIMEOUT_HEADER];
  const milliseconds = Number(value ?? DEFAULT_TIMEOUT_MS);
  if (Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= LONGEST_TIMEOUT_MS) {
    return milliseconds;
  }
  throw new BadRequest(`${TIMEOUT_HEADER} has to be a number from 0 to ${LONGEST_TIMEOUT_MS}`);
}

function sendAttempt(reply: FastifyReply, attempt: Attempt<Json>): FastifyReply {
  switch (attempt.kind) {
    case 'started':
      return sendJson(reply, 202, { ...attempt.operation });
    case 'busy':
      return sendJson(reply, 409, { ...attempt.operation });
    case 'answered':
    case 'failed':
      return sendEnding(reply, attempt);
  }
}

function sendEnding(reply: FastifyReply, ending: Ending<Json>): FastifyReply {
  return ending.kind === 'answered' ? sendJson(reply, 200, ending.answer) : sendError(reply, ending.error);
}
