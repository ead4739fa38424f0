import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type OpenService, openLocalService } from '../../e2e/support/local-service.ts';
import { send } from '../support/setup-gateway.ts';
import { gatewayBefore } from '../support/shared-service.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openLocalService();
  return () => service.close();
});

/** A text that says what it is, of what is hard on the way. */
const HARD =
  '\uFEFFa\u0000\u2028\u2029\u0085\r\n\t"\\<>&%+;/?#😀é\u0301\uFFFD\uFFFF {"n":12345678901234567890.10}';

function refusalOf(answer: Awaited<ReturnType<typeof send>>) {
  return [answer.status, answer.json['field']];
}

describe('text that is changed on the way', () => {
  it('comes back from bodies as it was sent', async () => {
    const { url, key } = await gatewayBefore(service);
    const texts = { message: HARD, response: `${HARD}${HARD}`, metadata: '{"big":9007199254740993}' };
    const body = { user_id: 'texts', agent_type: 'GitHub', success: true, ...texts };
    const { json } = await send(url, 'POST /v1/interactions', { key: key.agent, body });
    const read = await send(url, `GET /v1/interactions/${String(json['result'])}`, { key: key.agent });
    expect(read.json['result']).toMatchObject(texts);
  });

  it('comes back from paths and queries as it was sent', async () => {
    const { url, key } = await gatewayBefore(service, { limits: { keyBurst: 100_000 } });
    // The service's own rules for names are not what is asked about here.
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), async (text) => {
        fc.pre(!/^\.\.?$/.test(text));
        const path = await send(url, `GET /v1/users/${encodeURIComponent(text)}/status`, { key: key.agent });
        const plain = await send(url, 'POST /v1/methods/get_agent_status', {
          key: key.agent,
          body: { user_id: text },
        });
        expect(path.json['result']).toEqual(plain.json['result']);
        expect([path.status, path.json['field']]).toEqual([plain.status, plain.json['field']]);
      }),
      { numRuns: 60 },
    );
    const user = 'a%2F+b ü&=%';
    const body = { user_id: user, agent_type: 'GitHub' };
    expect((await send(url, 'POST /v1/sessions', { key: key.agent, body })).status).toBe(201);
    const { json } = await send(url, `GET /v1/users/${encodeURIComponent(user)}/sessions`, {
      key: key.agent,
    });
    expect(json['result']).toMatchObject({ items: [{ user_id: user }] });
  });

  it.each<[string, string, Uint8Array, string]>([
    ['bytes ff fe', 'user_id', Buffer.from('\xff\xfe', 'latin1'), 'user_id'],
    ['an overlong slash', 'message', Buffer.from('\xc0\xaf', 'latin1'), 'message'],
    ['a surrogate in bytes', 'response', Buffer.from('\xed\xa0\xbd', 'latin1'), 'response'],
    ['an escaped surrogate', 'message', Buffer.from('a\\ud83d'), 'message'],
    ['an escaped surrogate in metadata', 'metadata', Buffer.from('a\\ude00'), 'metadata'],
  ])('is refused with its field: %s', async (_name, field, bytes, named) => {
    const { url, key } = await gatewayBefore(service);
    const texts = {
      user_id: 'texts',
      agent_type: 'GitHub',
      message: 'm',
      response: 'r',
      metadata: 'x',
      success: true,
    };
    const [before = '', after = ''] = JSON.stringify({ ...texts, [field]: 'HERE' }).split('HERE');
    const response = await fetch(`${url}/v1/interactions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key.agent}`, 'content-type': 'application/json' },
      body: Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ field: named }),
    ]);
  });

  it('is refused where readers take it for different things', async () => {
    const { url, key } = await gatewayBefore(service);
    const post = (body: string) => send(url, 'POST /v1/sessions', { key: key.agent, body });
    expect(refusalOf(await post('{"user_id":"a","user_id":"b","agent_type":"GitHub"}'))).toEqual([
      400,
      'user_id',
    ]);
    expect(refusalOf(await post('{"user_id":"a","agent_type":"GitHub","__proto__":{"token":"t"}}'))).toEqual([
      400,
      '__proto__',
    ]);
    expect(refusalOf(await post('{"user_id":"a","agent_type":"GitHub","constructor":{}}'))).toEqual([
      400,
      'constructor',
    ]);
    const get = (path: string, headers: Record<string, string> = {}) =>
      send(url, `GET ${path}`, { key: key.agent, headers });
    expect(refusalOf(await get('/v1/users/a/sessions?limit=1&limit=2'))).toEqual([400, 'limit']);
    expect(refusalOf(await get('/v1/users/a/sessions?cursor=%ff'))).toEqual([400, 'cursor']);
    expect(refusalOf(await get('/v1/users/a/sessions?__proto__=1'))).toEqual([400, '__proto__']);
    expect(refusalOf(await get('/v1/users/a/sessions?limit=9007199254740993'))).toEqual([400, 'limit']);
    expect(refusalOf(await get('/v1/users/a/events', { 'last-event-id': 'act-0000\u00e9' }))).toEqual([
      400,
      'last-event-id',
    ]);
    const keyed = {
      key: key.agent,
      body: { user_id: 'a', agent_type: 'GitHub' },
      headers: { 'idempotency-key': 'ü' },
    };
    expect(refusalOf(await send(url, 'POST /v1/sessions', keyed))).toEqual([400, 'idempotency-key']);
  });

  it('comes back from and to 64 bits as it was sent', async () => {
    const { url, key } = await gatewayBefore(service);
    const expires_at = '18446744073709551615';
    const put = (body: object) =>
      send(url, 'PUT /v1/users/numbers/credentials/Gmail', { key: key.agent, body });
    expect((await put({ token: 't', project_ids: [], expires_at })).status).toBe(200);
    const { json } = await send(url, 'GET /v1/users/numbers/credentials/Gmail', { key: key.agent });
    expect(json['result']).toMatchObject({ expires_at });
    expect(refusalOf(await put({ token: 't', project_ids: [], expires_at: 1 }))).toEqual([400, 'expires_at']);
  });
});

describe('an existence oracle', () => {
  it('is not in the statuses of ids that are there and that are not', async () => {
    const { url, key, stranger } = await gatewayBefore(service);
    const about = { user_id: 'secret', agent_type: 'GitHub' };
    const made = [
      await send(url, 'POST /v1/sessions', { key: key.agent, body: about }),
      await send(url, 'POST /v1/interactions', {
        key: key.agent,
        body: { ...about, message: 'm', response: 'r', success: true },
      }),
    ].map(({ json }) => String(json['result']));
    const told = async (request: string, body?: object) => {
      const { status, json } = await send(url, request, { key: stranger, body });
      return { status, ...json, instance: undefined };
    };
    for (const [i, kind] of ['sessions', 'interactions'].entries()) {
      const id = made[i] ?? '';
      const missing = `${id.slice(0, -6)}ffffff`;
      expect(await told(`GET /v1/${kind}/${id}`)).toEqual(await told(`GET /v1/${kind}/${missing}`));
    }
    const [id = ''] = made;
    const missing = `${id.slice(0, -6)}ffffff`;
    const change = { project_id: 'p' };
    expect(await told(`PATCH /v1/sessions/${id}`, change)).toEqual(
      await told(`PATCH /v1/sessions/${missing}`, change),
    );
    expect(await told(`POST /v1/sessions/${id}/end`)).toEqual(await told(`POST /v1/sessions/${missing}/end`));
  });
});
