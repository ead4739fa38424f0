import { describe, expect, it } from 'vitest';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { KeyStore } from '../../../src/gateway/keys/key-store.ts';
import { RawConnection, setupBareGateway } from '../support/setup-bare-gateway.ts';
import { send } from '../support/setup-gateway.ts';

const KIND = 'urn:agent-service:problem:';
const ORIGIN = 'https://app.example.com';
const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const ACCEPT = { accept: 'application/json, text/event-stream' };

/** The status of a message of MCP. */
async function statusOf(
  url: string,
  key: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const { status, body } = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: { ...ACCEPT, authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(PING),
  });
  await body?.cancel();
  return status;
}

describe('MCP and browsers', () => {
  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    'http://localhost.evil.example',
    'no origin',
  ])('lets no page of %s call, with a key or without', async (origin) => {
    const { url, key } = await setupBareGateway();
    const headers = { ...ACCEPT, origin };
    for (const path of ['POST /mcp', 'POST /v1/sessions', 'GET /v1/events']) {
      const answer = await send(url, path, { key, headers, ...(path.startsWith('POST') && { body: PING }) });
      expect(answer).toMatchObject({ status: 403, json: { type: `${KIND}ForeignOrigin` } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await send(url, 'POST /mcp', { headers, body: PING })).status).toBe(403);
  });

  it('lets pages of its own host call, and programs, which send no origin', async () => {
    const { url, key } = await setupBareGateway();
    expect(await statusOf(url, key, { origin: url })).toBe(200);
    expect(await statusOf(url, key, {})).toBe(200);
  });

  it('lets pages of an origin call that is allowed, as browsers ask for it', async () => {
    const { url, key } = await setupBareGateway({ browsers: { allowedOrigins: [ORIGIN] } });
    const asked = await fetch(`${url}/v1/sessions`, {
      method: 'OPTIONS',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(asked.status).toBe(204);
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,content-type',
      vary: 'Origin',
    });
    const answer = await send(url, 'POST /v1/sessions', { key, body: {}, headers: { origin: ORIGIN } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([400, ORIGIN]);
    expect(await statusOf(url, key, { origin: ORIGIN })).toBe(200);
    expect(await statusOf(url, key, { origin: 'https://example.com' })).toBe(403);
  });

  it('answers to its own names alone where it is reached from the machine itself', async () => {
    const { port, url } = await setupBareGateway({ browsers: { allowedHosts: ['agents.example.com'] } });
    const hosts = [
      [`evil.example:${port}`, 403],
      ['127.0.0.1.evil.example', 403],
      ['localhost', 200],
      [`LOCALHOST:${port}`, 200],
      ['[::1]', 200],
      ['agents.example.com', 200],
    ] as const;
    for (const [host, status] of hosts) {
      const connection = new RawConnection(port).send(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      await expect.poll(() => connection.answer()?.status).toBe(status);
    }
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const { port: other } = await setupBareGateway();
    const connection = new RawConnection(other).send(
      'GET /healthz HTTP/1.1\r\nHost: agents.example.com\r\n\r\n',
    );
    await expect
      .poll(() => JSON.parse(connection.answer()?.body ?? '{}') as object)
      .toMatchObject({
        status: 403,
        type: `${KIND}ForeignHost`,
      });
  });

  it('refuses a version of the protocol that it does not know', async () => {
    const { url, key } = await setupBareGateway();
    const headers = { ...ACCEPT, 'mcp-protocol-version': '1999-01-01' };
    expect((await send(url, 'POST /mcp', { key, headers, body: PING })).status).toBe(400);
  });

  it.each([
    [{ allowedOrigins: ['app.example.com'] }, "'app.example.com' is not an origin"],
    [{ allowedOrigins: ['https://app.example.com/'] }, 'is not an origin'],
    [{ allowedOrigins: ['*'] }, 'is not an origin'],
    [{ allowedHosts: ['https://agents.example.com'] }, 'is not the name of a host'],
  ])('takes no rule that means nothing: %j', async (browsers, message) => {
    const options = { canisterId: 'rrkah-fqaaa-aaaaa-aaaaq-cai', keys: new KeyStore('none'), browsers };
    await expect(createGateway(options)).rejects.toThrow(message);
  });
});
