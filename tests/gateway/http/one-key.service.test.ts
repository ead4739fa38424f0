import { describe, expect, it, onTestFinished } from 'vitest';
import { RawConnection, setupBareGateway, setupSilentNetwork } from '../support/setup-bare-gateway.ts';
import { send } from '../support/setup-gateway.ts';

const HOST = 'Host: 127.0.0.1\r\n';
const STATUS = '/v1/users/u/status';

/** A request with a key that is asked for, and is not waited for. */
function ask(url: string, key: string, path = STATUS) {
  const ended = new AbortController();
  const headers = { authorization: `Bearer ${key}` };
  const answer = fetch(url + path, { headers, signal: ended.signal }).then(
    async (response) => ({ status: response.status, problem: (await response.json()) as object }),
    () => undefined,
  );
  onTestFinished(() => ended.abort());
  return { answer, end: () => ended.abort() };
}

const isOpen = ({ isOpen }: RawConnection) => isOpen;

describe('one key disturbs all', () => {
  it('with calls that the network does not answer: it has so many, and other keys have theirs', async () => {
    const { host, asked } = await setupSilentNetwork();
    const { url, key, otherKey } = await setupBareGateway({ host, limits: { keyCalls: 2, totalCalls: 4 } });
    const [first] = [ask(url, key), ask(url, key)];
    await expect.poll(asked).toBeGreaterThanOrEqual(2);
    const refused = await send(url, `GET ${STATUS}`, { key });
    expect(refused).toMatchObject({
      status: 429,
      json: { type: 'urn:agent-service:problem:RateLimited', resource: 'calls_at_once', limit: '2' },
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    const before = asked();
    ask(url, otherKey);
    await expect.poll(asked).toBeGreaterThan(before);
    // Who goes away gives the place back.
    first.end();
    const next = () => {
      const { answer } = ask(url, key);
      const waits = new Promise((resolve) => setTimeout(resolve, 500, 'waits'));
      return Promise.race([answer.then((given) => given?.status), waits]);
    };
    await expect.poll(next, { timeout: 10_000 }).toBe('waits');
  });

  it('with bodies that it sends byte by byte: they take places of its own, and end in time', async () => {
    const { port, url, key, otherKey } = await setupBareGateway({
      limits: { keyCalls: 3, requestSeconds: 1 },
    });
    const head = `POST /v1/sessions HTTP/1.1\r\n${HOST}Authorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
    const slow = Array.from({ length: 3 }, () => new RawConnection(port).send(`${head}{`));
    await expect.poll(async () => (await send(url, `GET ${STATUS}`, { key })).status).toBe(429);
    // Nobody is behind the gateway.
    expect((await send(url, `GET ${STATUS}`, { key: otherKey })).status).toBe(502);
    await Promise.all(slow.map(({ closed }) => closed));
    expect(slow.map((each) => each.answer()?.status)).toEqual([408, 408, 408]);
    expect((await send(url, `GET ${STATUS}`, { key })).status).toBe(502);
  });

  it('with more calls a minute than it may have', async () => {
    const { url, key, otherKey } = await setupBareGateway({ limits: { keyBurst: 3, keyCallsPerMinute: 1 } });
    const statuses = [];
    for (let i = 0; i < 5; i++)
      statuses.push((await send(url, 'POST /v1/sessions', { key, body: '{' })).status);
    expect(statuses).toEqual([400, 400, 400, 429, 429]);
    const refused = await send(url, 'POST /mcp', { key, body: {} });
    expect(refused.json).toMatchObject({ resource: 'calls_per_minute', limit: '1' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1);
    expect((await send(url, 'POST /v1/sessions', { key: otherKey, body: '{' })).status).toBe(400);
  });

  it('with many calls in one message of MCP', async () => {
    const { url, key } = await setupBareGateway({ limits: { keyBurst: 10, keyCallsPerMinute: 1 } });
    const messages = (count: number) =>
      Array.from({ length: count }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }));
    const post = (body: unknown) =>
      send(url, 'POST /mcp', { key, body, headers: { accept: 'application/json, text/event-stream' } });
    expect((await post(messages(11))).status).toBe(429);
    expect((await post(messages(21))).status).toBe(400);
  });

  it('with connections that it keeps open: the longest idle one goes', async () => {
    const { port, key } = await setupBareGateway({ limits: { keyConnections: 3 } });
    const request = `GET ${STATUS} HTTP/1.1\r\n${HOST}Authorization: Bearer ${key}\r\n\r\n`;
    const connections: RawConnection[] = [];
    for (let i = 0; i < 6; i++) {
      const connection = new RawConnection(port).send(request);
      connections.push(connection);
      await expect.poll(() => connection.answer()?.status, { timeout: 20_000 }).toBe(502);
    }
    await expect.poll(() => connections.map(isOpen)).toEqual([false, false, false, true, true, true]);
  });
});

describe('who has no key disturbs all', () => {
  it('with 300 connections that send bodies byte by byte: each is told, and closed', async () => {
    const { port, url, key } = await setupBareGateway();
    const head = `POST /v1/sessions HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n`;
    const slow = Array.from({ length: 300 }, () => new RawConnection(port).send(`${head}{`));
    const drip = setInterval(() => {
      for (const each of slow) if (each.isOpen) each.send(' ');
    }, 100);
    onTestFinished(() => clearInterval(drip));
    expect((await send(url, `GET ${STATUS}`, { key })).status).toBe(502);
    await Promise.all(slow.map(({ closed }) => closed));
    // Those that were closed for newer ones before their head was read have another answer, or none.
    expect(slow.filter((each) => each.answer()?.status === 401).length).toBeGreaterThan(0);
    expect(slow.filter((each) => each.answer()?.status === 200)).toEqual([]);
  });

  it.each([
    ['say nothing', ''],
    ['send a head that never ends', `GET /healthz HTTP/1.1\r\n${HOST}`],
    ['send a body to a path that takes none', `GET /healthz HTTP/1.1\r\n${HOST}Content-Length: 1000\r\n\r\n`],
    [
      'send a body to where there is nothing',
      `POST /nothing HTTP/1.1\r\n${HOST}Content-Length: 1000\r\n\r\n`,
    ],
    [
      'send a body in chunks',
      `POST /v1/sessions HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`,
    ],
  ])('with connections that %s: they are closed in time', async (_name, text) => {
    const { port } = await setupBareGateway({ limits: { headSeconds: 1, requestSeconds: 2 } });
    const connection = new RawConnection(port);
    if (text !== '') connection.send(text);
    await connection.closed;
  });

  it('with more connections than an address may have: the oldest makes room, and who shows a key stays', async () => {
    const { port, url, key } = await setupBareGateway({ limits: { addressConnections: 4 } });
    const keyed = new RawConnection(port).send(
      `GET ${STATUS} HTTP/1.1\r\n${HOST}Authorization: Bearer ${key}\r\n\r\n`,
    );
    await expect.poll(() => keyed.answer()?.status, { timeout: 20_000 }).toBe(502);
    const mute: RawConnection[] = [];
    for (let i = 0; i < 8; i++) {
      const connection = new RawConnection(port);
      mute.push(connection);
      await new Promise((resolve) => connection.socket.once('connect', resolve));
    }
    await expect.poll(() => mute.filter(isOpen).length).toBe(4);
    expect(mute.slice(4).every(isOpen)).toBe(true);
    expect(mute[0]?.answer()).toMatchObject({ status: 429 });
    expect(keyed.isOpen).toBe(true);
    expect((await send(url, `GET ${STATUS}`, { key })).status).toBe(502);
  });
});

describe('unknown or revoked API key', () => {
  it('is told from none and from a malformed one, and never shown', async () => {
    const { url, keys, key } = await setupBareGateway();
    const told = async (sent?: string) => {
      const { status, json, headers } = await send(
        url,
        'GET /v1/agents',
        sent === undefined ? {} : { key: sent },
      );
      expect([status, json['type']]).toEqual([401, 'urn:agent-service:problem:Unauthenticated']);
      if (sent !== undefined) expect(JSON.stringify(json)).not.toContain(sent);
      return [json['detail'], headers.get('www-authenticate')];
    };
    const unknown = `ask_${'0'.repeat(12)}_${'A'.repeat(43)}`;
    // Who has not the secret does not hear that there was such a key.
    const guessed = `${key.slice(0, -43)}${'A'.repeat(43)}`;
    expect(await told()).toEqual([expect.stringMatching(/^no API key/), 'Bearer']);
    expect(await told('ask_MARKER')).toEqual([
      expect.stringMatching(/malformed/),
      'Bearer error="invalid_token"',
    ]);
    expect(await told(unknown)).toEqual([expect.stringMatching(/unknown/), 'Bearer error="invalid_token"']);
    keys.revoke(keys.find(key)?.id ?? '');
    expect(await told(key)).toEqual([expect.stringMatching(/was revoked/), 'Bearer error="invalid_token"']);
    expect((await told(guessed))[0]).toMatch(/unknown/);
  });
});

describe('a service that is slow or down', () => {
  it('is waited for so long, and told with 504', async () => {
    const { host } = await setupSilentNetwork();
    const { url, key } = await setupBareGateway({ host, limits: { callSeconds: 1 } });
    expect(await send(url, `GET ${STATUS}`, { key })).toMatchObject({
      status: 504,
      json: { type: 'urn:agent-service:problem:NetworkTimeout', outcome_unknown: false },
    });
    expect((await send(url, 'GET /v1/events', { key })).status).toBe(504);
    expect((await send(url, 'GET /healthz')).status).toBe(200);
  });
});
