import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import type { Caller } from '../callers/caller.ts';
import { serviceMethod } from '../interface/service-method.ts';
import { HIDDEN_FIELDS } from './hidden-fields.ts';

/** What can be read of a user, by the last part of its URI. */
const RESOURCES = [
  ['sessions', 'list_sessions', 'The newest sessions of a user'],
  ['interactions', 'list_interactions', 'The newest interactions of a user'],
  ['activities', 'list_activities', "The newest entries of a user's audit trail"],
  ['status', 'get_agent_status', 'The status of a user'],
] as const;

/** Adds the histories of users as resources: `agent-service://users/{user_id}/interactions` and its like. */
export function addResources(server: McpServer, caller: Caller): void {
  for (const [part, name, title] of RESOURCES) {
    const method = serviceMethod(name, HIDDEN_FIELDS);
    const template = new ResourceTemplate(`agent-service://users/{user_id}/${part}`, { list: undefined });
    const mimeType = 'application/json';
    server.registerResource(part, template, { title, mimeType }, async (uri, { user_id }) => {
      const answer = await caller.call(method, { user_id: decodeURIComponent(String(user_id)) });
      return { contents: [{ uri: uri.href, mimeType, text: JSON.stringify(answer) }] };
    });
  }
}
