import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LocalGateway, startLocalGateway } from '../../../src/cli/local/local-gateway.ts';
import { ROOT, textOf } from '../../docs/support/files.ts';
import { codeBlocks } from '../../docs/support/shell-blocks.ts';
import { type OpenService, openLocalService } from '../support/local-service.ts';

/** A server of a client's configuration: a command, or a URL with headers. */
type Server =
  | { readonly command: string; readonly args: readonly string[] }
  | { readonly url: string; readonly headers: Readonly<Record<string, string>> };

const PAGE = textOf('docs/how-to/connect-mcp.md');

let service: OpenService;
let gateway: LocalGateway;

beforeAll(async () => {
  service = await openLocalService();
  gateway = await startLocalGateway(service, { directory: service.directory, host: '127.0.0.1', port: 0 });
  return async () => {
    await gateway.close();
    await service.close();
  };
});

/** What the page stands for on this machine. */
function adapted(text: string): string {
  return text
    .replaceAll('/path/to/project/node_modules/agent-service', ROOT)
    .replaceAll('/path/to/project/.agent-service', service.directory)
    .replaceAll('http://127.0.0.1:4980', gateway.url)
    .replaceAll(/ask_…|\$\{input:agent-key\}/g, readFileSync(gateway.agentKey, 'utf8').trim());
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
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transportTo(read(adapted(code))));
    onTestFinished(() => client.close());
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain('list_sessions');
  });
});
