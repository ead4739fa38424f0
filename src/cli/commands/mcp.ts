import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { callerOf } from '../../json-interface/callers/caller.ts';
import { utf8Lines } from '../files/utf8-lines.ts';
import { addModelOptions, type ModelSettings, modelView } from '../gateway/gateway-options.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { type CallerOptions, findIdentity, findService } from '../service/service-place.ts';

/** `mcp`: the service for a model, over the standard input and output, until the input ends. */
export function addMcpCommand(program: Command): void {
  const command = addCallerOptions(program.command('mcp'), 'agent')
    .description('serve a deployed service to a model by MCP, over standard input and output')
    .action(serve);
  addModelOptions(command);
}

async function serve(options: CallerOptions & ModelSettings): Promise<void> {
  const caller = await callerOf(findService(options), await findIdentity(options, 'agent'));
  // Loaded here, so that the other commands begin sooner.
  const { serveStdio, StdioServerTransport } = await import('@modelcontextprotocol/server/stdio');
  const { createMcpServer } = await import('../../gateway/mcp/mcp-server.ts');
  const lines = utf8Lines(process.stdin, (line) => process.stdout.write(line));
  const transport = new StdioServerTransport(Readable.from(lines, { objectMode: false }));
  const view = modelView(options);
  serveStdio(() => createMcpServer(caller, view), { transport });
}
