import type { Client } from '@modelcontextprotocol/client';
import type { Problem } from '../../../src/gateway/problems/problem.ts';
import type { JsonCall } from './json-calls.ts';
import { refusalOfProblem } from './problem-refusal.ts';

/** Calls the tools of a connected MCP server. */
export function mcpCaller(client: Client): JsonCall {
  return async ({ name, answer }, values) => {
    const { isError, structuredContent, content } = await client.callTool({ name, arguments: { ...values } });
    if (isError !== true) return (structuredContent as { result: unknown }).result;
    const [block] = content;
    if (block?.type !== 'text') throw new Error(`${name} fails without a text`);
    const problem = JSON.parse(block.text) as Problem;
    // A model is told that there is no such record, where other callers get nothing.
    if (answer?.present !== undefined && problem.type.endsWith(':NotFound')) return null;
    throw refusalOfProblem(problem);
  };
}
