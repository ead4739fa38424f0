import { type CallToolResult, fromJsonSchema, type McpServer } from '@modelcontextprotocol/server';
import type { Caller, JsonObject } from '../callers/caller.ts';
import { problemOf } from '../http/problem-of.ts';
import { type ServiceMethod, serviceMethod } from '../interface/service-method.ts';
import { objectSchema, recordSchema } from '../json/json-form.ts';
import { HIDDEN_FIELDS } from './hidden-fields.ts';
import { TOOL_TABLE, type ToolRow } from './tool-table.ts';

/** Made once: the HTTP endpoint makes a server for each request. */
const TOOLS = TOOL_TABLE.map(toolOf);

/** Adds the tools, which answer `{"result": …}` as HTTP does, without secrets. */
export function addTools(server: McpServer, caller: Caller): void {
  for (const { name, config, method } of TOOLS) {
    server.registerTool(name, config, (values) => answer(caller, method, values));
  }
}

function toolOf({ name, title, description, effect }: ToolRow) {
  const method = serviceMethod(name, HIDDEN_FIELDS);
  return {
    name,
    method,
    config: {
      title,
      description,
      inputSchema: fromJsonSchema<JsonObject>(recordSchema(method.parameters)),
      outputSchema: fromJsonSchema(objectSchema({ result: method.answer?.schema ?? { type: 'null' } })),
      annotations: {
        readOnlyHint: effect === 'reads',
        destructiveHint: effect === 'changes',
        // What changes a record brings it into the same state again, or is refused.
        idempotentHint: effect !== 'adds',
        // It knows nothing but its own records.
        openWorldHint: false,
      },
    },
  };
}

async function answer(caller: Caller, method: ServiceMethod, values: JsonObject): Promise<CallToolResult> {
  try {
    const content = { result: await caller.call(method, values) };
    return { content: [{ type: 'text', text: JSON.stringify(content) }], structuredContent: content };
  } catch (error) {
    const problem = problemOf(error, { isUpdate: !method.isQuery });
    return { isError: true, content: [{ type: 'text', text: JSON.stringify(problem) }] };
  }
}
