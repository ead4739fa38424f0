import { McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../../json-interface/callers/caller.ts';
import { VERSION } from '../../json-interface/version.ts';
import { DEFAULT_VIEW, type ModelView } from './model-view.ts';
import { addResources } from './resources.ts';
import { addTools } from './tools.ts';

/** The service for a model that acts as the caller, and is shown results as `view` says. */
export function createMcpServer(caller: Caller, view: ModelView = DEFAULT_VIEW): McpServer {
  const server = new McpServer(
    { name: 'agent-service', title: 'Agent Service', version: VERSION },
    {
      instructions:
        'What AI agents did for their users: sessions, interactions and the audit trail. Times are nanoseconds since 1970, in decimal. Long results come in parts: pages by cursor, long texts by texts_from.',
    },
  );
  addTools(server, caller, view);
  addResources(server, caller, view);
  return server;
}
