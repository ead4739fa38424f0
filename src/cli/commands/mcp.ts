import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Command } from 'commander';
import { callerOf } from '../../gateway/callers/callers.ts';
import { createMcpServer } from '../../gateway/mcp/mcp-server.ts';
import { CommandError } from '../command-error.ts';
import { findService, type ServiceOptions } from '../deployment/service-place.ts';
import { localNetworkFile } from '../local/network-file.ts';
import { readPem } from '../read-pem.ts';
import { addServiceOptions } from './service-options.ts';

interface McpOptions extends ServiceOptions {
  readonly identity?: string;
}

/** `mcp`: the service for a model, over the standard input and output, until the input ends. */
export function addMcpCommand(program: Command): void {
  addServiceOptions(program.command('mcp'))
    .description('serve a deployed service to a model by MCP, over standard input and output')
    .option('--identity <file>', 'PEM of the identity that calls; on local the agent unless told')
    .action(serve);
}

async function serve({ identity, ...options }: McpOptions): Promise<void> {
  const path =
    identity ?? (options.network === 'local' ? localNetworkFile(options.directory).agent_pem : undefined);
  if (path === undefined)
    throw new CommandError('Name the PEM file of the identity that calls: --identity FILE.');
  const caller = await callerOf(findService(options), (await readPem(path)).identity);
  serveStdio(() => createMcpServer(caller));
}
