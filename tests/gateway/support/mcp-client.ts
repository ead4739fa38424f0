import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';

/** A client of MCP by a transport, until the test ends. */
export async function setupMcpClient(transport: Transport): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

/** A client of the gateway's MCP that sends the key. */
export function setupMcpOverHttp(url: string, key: string): Promise<Client> {
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  return setupMcpClient(new StreamableHTTPClientTransport(new URL('/mcp', url), { requestInit }));
}
