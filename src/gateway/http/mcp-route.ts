import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../callers/caller.ts';
import { createMcpServer } from '../mcp/mcp-server.ts';
import { accountOf } from './authentication.ts';

/** Serves MCP at `/mcp` (Streamable HTTP), for callers by API key. */
export function registerMcp(app: FastifyInstance): void {
  const handlers = new Map<Caller, McpHttpHandler>();
  const handlerOf = (caller: Caller) => {
    const handler = handlers.get(caller) ?? createMcpHandler(() => createMcpServer(caller));
    handlers.set(caller, handler);
    return handler;
  };
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    schema: { hide: true },
    handler: async (request, reply) => {
      const handler = handlerOf(accountOf(request).caller);
      return reply.send(await handler.fetch(asFetchRequest(request), { parsedBody: request.body }));
    },
  });
  app.addHook('preClose', async () => {
    await Promise.all([...handlers.values()].map((handler) => handler.close()));
  });
}

/** The request as the Fetch standard has it, without its body, which is read already. */
function asFetchRequest({ method, url, headers }: FastifyRequest): Request {
  const entries = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  // The handler looks at the path alone; what a sender calls this host is nothing to build on.
  return new Request(new URL(url, 'http://gateway.invalid'), { method, headers: entries });
}
