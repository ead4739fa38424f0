import { join } from 'node:path';
import { StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it } from 'vitest';
import { ROOT, textOf } from '../../docs/support/files.ts';
import { codeBlocks } from '../../docs/support/shell-blocks.ts';
import { setupMcpClient } from '../../gateway/support/mcp-client.ts';
import { sharedGateway } from '../support/local-gateway.ts';

/** A server of a client's configuration: a command, or a URL with headers. */
type Server =
  | { readonly command: string; readonly args: readonly string[] }
  | { readonly url: string; readonly headers: Readonly<Record<string, string>> };

const PAGE = textOf('docs/how-to/connect-mcp.md');

const { service, gateway, key } = sharedGateway();

/** What the page stands for on this machine. */
function adapted(text: string): string {
  return text
    .replaceAll('/path/to/project/node_modules/agent-service', ROOT)
    .replaceAll('/path/to/project/.agent-service', service().directory)
    .replaceAll('http://127.0.0.1:4980', gateway().url)
    .replaceAll(/ask_…|\$\{input:agent-key\}/g, key());
}

/** The server that a configuration in JSON names. */
function serverIn(json: string): Server {
  const file = JSON.parse(json) as Readonly<
    Record<'mcpServers' | 'servers', Record<string, Server> | undefined>
  >;
  const found = (file.mcpServers ?? file.servers)?.['agent-service'];
  if (found === undefined) throw new Error(`there is no server in ${json}`);
  return found;
}

/** The server that `claude mcp add` is told. */
function serverOf(command: string): Server {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);
  expect(words.slice(0, 3)).toEqual(['claude', 'mcp', 'add']);
  const [program = '', ...args] = words.slice(words.indexOf('--') + 1);
  if (words.includes('--')) return { command: program, args };
  const [, name = '', value = ''] = /^(\w+): (.*)$/.exec(words[words.indexOf('--header') + 1] ?? '') ?? [];
  return { url: words.find((word) => word.startsWith('http://')) ?? '', headers: { [name]: value } };
}

function transportTo(server: Server): Transport {
  if ('url' in server) {
    return new StreamableHTTPClientTransport(new URL(server.url), {
      requestInit: { headers: { ...server.headers } },
    });
  }
  expect(server.command).toBe('node');
  return new StdioClientTransport({ command: process.execPath, args: [...server.args], cwd: join(ROOT) });
}

describe('how-to: what is told to a client of MCP', () => {
  const blocks = [
    ...codeBlocks(PAGE, 'json').map((code) => ({ code, read: serverIn })),
    ...codeBlocks(PAGE, 'sh').map((code) => ({ code, read: serverOf })),
  ].map((block, i) => ({ ...block, name: `block ${i + 1}` }));

  it('is there for each client, with and without a gateway', () => {
    expect(blocks).toHaveLength(7);
  });

  it.each(blocks)('connects it to the tools: $name', async ({ code, read }) => {
    const client = await setupMcpClient(transportTo(read(adapted(code))));
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('list_sessions');
  });
});
