import { McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../callers/caller.ts';
import { VERSION } from '../version.ts';
import { addResources } from './resources.ts';
import { addTools } from './tools.ts';

/** The service for a model that acts as the caller. */
export function createMcpServer(caller: Caller): McpServer {
  const server = new McpServer(
    { name: 'agent-service', title: 'Agent Service', version: VERSION },
    {
      instructions:
        'What AI agents did for their users: sessions, interactions and the audit trail. Times are nanoseconds since 1970, in decimal.',
    },
  );
  addTools(server, caller);
  addResources(server, caller);
  return server;
}
