import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { clientOf, type OpenService, openLocalService } from '../../e2e/support/local-service.ts';
import { RawConnection } from '../support/setup-bare-gateway.ts';
import { send } from '../support/setup-gateway.ts';
import { gatewayBefore } from '../support/shared-service.ts';

const EVENTS = '/v1/users/alice/events';
const KIND = 'urn:agent-service:problem:';

let service: OpenService;

beforeAll(async () => {
  service = await openLocalService();
  return () => service.close();
});

/** An open stream, and what came of it. */
async function open(url: string, key: string, path = EVENTS, lastEventId?: string) {
  const ended = new AbortController();
  const headers = { authorization: `Bearer ${key}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
  const { status, body } = await fetch(url + path, { headers, signal: ended.signal });
  onTestFinished(() => ended.abort());
  const heard = { text: '' };
  const read = async () => {
    for await (const part of body ?? []) heard.text += Buffer.from(part as Uint8Array).toString();
  };
  read().catch(() => undefined);
  return { status, heard, end: () => ended.abort() };
}

describe('one key disturbs all', () => {
  it('by no more streams than it may have; one that it closes makes room', async () => {
    const { url, key } = await gatewayBefore(service, { limits: { keyStreams: 2, totalStreams: 4 } });
    const [first] = [await open(url, key.agent), await open(url, key.agent)];
    expect(await send(url, `GET ${EVENTS}`, { key: key.agent })).toMatchObject({
      status: 429,
      json: { type: `${KIND}TooManyStreams`, resource: 'streams', limit: '2' },
    });
    expect((await open(url, key.another)).status).toBe(200);
    first.end();
    await expect.poll(async () => (await open(url, key.agent)).status).toBe(200);
  });

  it('by no more filters', async () => {
    const { url, key } = await gatewayBefore(service, { limits: { keyFeeds: 2 } });
    const of = (user: string) => `/v1/events?user_id=${user}`;
    const first = await open(url, key.agent, of('a'));
    await open(url, key.agent, of('b'));
    expect((await open(url, key.agent, of('b'))).status).toBe(200);
    expect(await send(url, `GET ${of('c')}`, { key: key.agent })).toMatchObject({
      status: 429,
      json: { type: `${KIND}TooManyStreams`, resource: 'feeds', limit: '2' },
    });
    expect((await open(url, key.another, of('c'))).status).toBe(200);
    first.end();
    await expect.poll(async () => (await open(url, key.agent, of('c'))).status).toBe(200);
  });

  it('by no streams that are refused, of which none keeps its place', async () => {
    const { url, stranger } = await gatewayBefore(service, { limits: { keyStreams: 1, keyFeeds: 1 } });
    for (const user of ['a', 'b', 'c']) {
      expect((await send(url, `GET /v1/users/${user}/events`, { key: stranger })).status).toBe(403);
    }
  });

  it('by no streams whose reader takes nothing, which end', async () => {
    const { url, key } = await gatewayBefore(service, { limits: { keyStreams: 1, stallSeconds: 1 } });
    const agent = await clientOf(service);
    const description = 'd'.repeat(1000);
    const metadata = JSON.stringify('m'.repeat(60_000));
    await Promise.all(
      Array.from({ length: 100 }, () =>
        agent.logActivity({
          userId: 'slow',
          agentType: 'GitHub',
          activityType: 'TaskCreated',
          description,
          metadata,
        }),
      ),
    );
    const slow = new RawConnection(Number(new URL(url).port));
    slow.socket.pause();
    slow.send(
      `GET /v1/users/slow/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key.agent}\r\nLast-Event-ID: act-0000000000000000\r\n\r\n`,
    );
    // It takes nothing, and its place is free again all the same.
    const again = () => open(url, key.agent).then(({ status }) => status);
    await expect.poll(again, { timeout: 5000 }).toBe(429);
    await expect.poll(again, { timeout: 60_000 }).toBe(200);
  });

  it('by no streams that say nothing for a while, which are kept', async () => {
    const { url, key } = await gatewayBefore(service, { limits: { stallSeconds: 2 } });
    const { heard } = await open(url, key.agent, '/v1/users/nobody/events');
    await expect.poll(() => heard.text.split(':\n\n').length, { timeout: 20_000 }).toBeGreaterThan(4);
  });
});

describe('a stream that waits for what will not come', () => {
  it.each([
    ['far in the future', 'act-0000ffffffffffff'],
    ['a little in the future', 'near'],
  ])('tells who asks for a place %s, and begins again with the first activity', async (_name, asked) => {
    const { url, key } = await gatewayBefore(service);
    const agent = await clientOf(service);
    const id = await agent.logActivity({
      userId: 'alice',
      agentType: 'GitHub',
      activityType: 'TaskCreated',
      description: 'd',
    });
    const near = `act-0000${(Number.parseInt(id.slice(8), 16) + 50).toString(16).padStart(12, '0')}`;
    const { heard } = await open(url, key.agent, EVENTS, asked === 'near' ? near : asked);
    await expect.poll(() => heard.text, { timeout: 30_000 }).toContain('event: reset');
    const [, reset = ''] = /id: act-0000000000000000\nevent: reset\ndata: (.*)\n/.exec(heard.text) ?? [];
    expect(JSON.parse(reset)).toMatchObject({
      type: `${KIND}PositionUnknown`,
      status: 410,
      last_event_id: 'act-0000000000000000',
    });
    await expect.poll(() => heard.text, { timeout: 30_000 }).toContain(`id: ${id}\nevent: activity`);
    expect(heard.text.indexOf('event: reset')).toBeLessThan(heard.text.indexOf('event: activity'));
  });

  it.each([
    '',
    'act-1',
    'act-00000000000000FF',
    'act-0001000000000000',
    'int-0000000000000001',
    'act-0000000000000001 '.repeat(2),
  ])('does not begin for an id that is none: "%s"', async (id) => {
    const { url, key } = await gatewayBefore(service);
    const answer = await send(url, `GET ${EVENTS}`, { key: key.agent, headers: { 'last-event-id': id } });
    expect(answer).toMatchObject({ status: 400, json: { field: 'last-event-id' } });
  });
});
