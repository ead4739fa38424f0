import { join } from 'node:path';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { setupMcpClient, setupMcpOverHttp } from '../gateway/support/mcp-client.ts';
import { httpCaller } from './agent-day/http-caller.ts';
import { mcpCaller } from './agent-day/mcp-caller.ts';
import { runDay } from './agent-day/run-day.ts';
import { terminalCaller } from './agent-day/terminal-caller.ts';
import { sharedGateway } from './support/local-gateway.ts';

const ROOT = join(import.meta.dirname, '../..');

const { service, gateway, key } = sharedGateway();

describe("an agent's day leaves the records that every caller leaves", () => {
  it('by HTTP alone', async () => {
    await runDay(service(), 'http', { call: await httpCaller(gateway().url, key()) });
  });

  it('by MCP over HTTP, but for tokens', async () => {
    const client = await setupMcpOverHttp(gateway().url, key());
    await runDay(service(), 'mcp-http', { call: mcpCaller(client), limited: 'mcp' });
  });

  it('by MCP over standard input and output, but for tokens', async () => {
    const client = await setupMcpClient(
      new StdioClientTransport({
        command: process.execPath,
        args: ['scripts/run.mjs', 'mcp', '--directory', service().directory],
        cwd: ROOT,
      }),
    );
    await runDay(service(), 'mcp-stdio', { call: mcpCaller(client), limited: 'mcp' });
  });

  it('by the terminal command', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    onTestFinished(() => log.mockRestore());
    const printed = () => {
      const [call] = log.mock.calls.splice(0);
      expect(call).toHaveLength(1);
      return String(call?.[0]);
    };
    const { directory, identities } = service();
    const call = terminalCaller({ directory, pem: identities.agent.path, printed });
    await runDay(service(), 'terminal', { call, limited: 'terminal' });
  });
});
