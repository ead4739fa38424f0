import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type LocalGateway, startLocalGateway } from '../../src/cli/local/local-gateway.ts';
import { httpCaller } from './agent-day/http-caller.ts';
import { mcpCaller } from './agent-day/mcp-caller.ts';
import { runDay } from './agent-day/run-day.ts';
import { terminalCaller } from './agent-day/terminal-caller.ts';
import { type OpenService, openLocalService } from './support/local-service.ts';

const ROOT = join(import.meta.dirname, '../..');

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

const key = () => readFileSync(gateway.agentKey, 'utf8').trim();

async function connected(transport: Parameters<Client['connect']>[0]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

describe("an agent's day leaves the records that every caller leaves", () => {
  it('by HTTP alone', async () => {
    await runDay(service, 'http', { call: await httpCaller(gateway.url, key()) });
  });

  it('by MCP over HTTP, but for tokens', async () => {
    const requestInit = { headers: { authorization: `Bearer ${key()}` } };
    const client = await connected(
      new StreamableHTTPClientTransport(new URL('/mcp', gateway.url), { requestInit }),
    );
    await runDay(service, 'mcp-http', { call: mcpCaller(client), limited: 'mcp' });
  });

  it('by MCP over standard input and output, but for tokens', async () => {
    const client = await connected(
      new StdioClientTransport({
        command: process.execPath,
        args: ['scripts/run.mjs', 'mcp', '--directory', service.directory],
        cwd: ROOT,
      }),
    );
    await runDay(service, 'mcp-stdio', { call: mcpCaller(client), limited: 'mcp' });
  });

  it('by the terminal command', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    onTestFinished(() => log.mockRestore());
    const printed = () => {
      const [call] = log.mock.calls.splice(0);
      expect(call).toHaveLength(1);
      return String(call?.[0]);
    };
    const { directory, identities } = service;
    const call = terminalCaller({ directory, pem: identities.agent.path, printed });
    await runDay(service, 'terminal', { call, limited: 'terminal' });
  });
});
