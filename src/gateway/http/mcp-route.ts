import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../json-interface/callers/caller.ts';
import type { KeyQuotas } from '../limits/key-quotas.ts';
import { createMcpServer } from '../mcp/mcp-server.ts';
import { type ModelView, viewFor } from '../mcp/model-view.ts';
import { ProblemError } from '../problems/problem.ts';
import { accountOf } from './authentication.ts';

/** Messages that clients of the protocol's older versions send at once, of which there may be more than one call. */
const MOST_MESSAGES = 20;

/** Serves MCP at `/mcp` (Streamable HTTP), for callers by API key. */
export function registerMcp(
  app: FastifyInstance,
  { quotas, view }: { readonly quotas: KeyQuotas; readonly view: ModelView },
): void {
  const handlers = new Map<Caller, McpHttpHandler>();
  const handlerOf = (caller: Caller) => {
    const handler =
      handlers.get(caller) ??
      createMcpHandler(({ era, requestInfo }) => {
        const version = requestInfo?.headers.get('mcp-protocol-version') ?? null;
        return createMcpServer(caller, era === 'modern' ? view : viewFor(view, version));
      });
    handlers.set(caller, handler);
    return handler;
  };
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    schema: { hide: true },
    handler: async (request, reply) => {
      const { caller, keyId, endCall } = accountOf(request);
      const messages = [request.body].flat();
      if (messages.length > MOST_MESSAGES) {
        throw new ProblemError('InvalidRequest', `a request may have at most ${MOST_MESSAGES} messages`);
      }
      // The first was counted when the request began.
      if (messages.length > 1) quotas.takeCalls(keyId, messages.length - 1);
      if (messages.some(isSubscription)) {
        const release = quotas.beginStream(keyId);
        reply.raw.once('close', release);
        endCall();
      }
      const answer = handlerOf(caller).fetch(asFetchRequest(request), { parsedBody: request.body });
      return reply.send(await answer);
    },
  });
  app.addHook('preClose', async () => {
    await Promise.all([...handlers.values()].map((handler) => handler.close()));
  });
}

/** Whether a message begins a stream of notifications, which lasts as long as its connection. */
function isSubscription(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'method' in message &&
    message.method === 'subscriptions/listen'
  );
}

/** The request as the Fetch standard has it, without its body, which is read already. */
function asFetchRequest({ method, url, headers }: FastifyRequest): Request {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  // The handler looks at the path alone; what a sender calls this host is nothing to build on.
  return new Request(new URL(url, 'http://gateway.invalid'), { method, headers: entries });
}
