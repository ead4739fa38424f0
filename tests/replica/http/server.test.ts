import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { cborOf, post } from './post.ts';
import { canisterId, keys, owner, setupListeningNetwork, setupNetwork } from './setup-network.ts';
import { requestBody } from './sign-request.ts';

describe('the server', () => {
  it('tells its root key and its health without being asked for anything else', async () => {
    const { app } = setupNetwork();
    const { statusCode, headers, rawPayload } = await app.inject({ url: '/api/v2/status' });
    const status = cborOf({ status: statusCode, text: '', bytes: new Uint8Array(rawPayload) });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('application/cbor');
    expect(status.get('root_key')).toEqual(keys.root.publicKeyDer);
    expect(status.get('replica_health_status')).toBe('healthy');
  });

  it('says in a line what it is', async () => {
    const { body } = await setupNetwork().app.inject({ url: '/' });
    expect(body).toMatch(/Internet Computer/);
  });

  it('lets pages of any origin in', async () => {
    const { app } = setupNetwork();
    const url = `/api/v3/canister/${canisterId.toText()}/call`;
    const preflight = await app.inject({
      method: 'OPTIONS',
      url,
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': '*',
    });
    const refused = await app.inject({ method: 'POST', url, payload: 'x' });
    expect(refused.headers['access-control-allow-origin']).toBe('*');
  });

  it.each(['application/cbor', 'application/json', 'text/html; charset=x', undefined])(
    'takes CBOR under the content type %s',
    async (type) => {
      const { app } = setupNetwork();
      const { statusCode } = await app.inject({
        method: 'POST',
        url: `/api/v2/canister/${canisterId.toText()}/call`,
        headers: type === undefined ? {} : { 'content-type': type },
        payload: Buffer.from(await requestBody(owner, 'call')),
      });
      expect(statusCode).toBe(202);
    },
  );

  it('answers a fault of the network with 500, keeps its reason back, and goes on', async () => {
    const { app } = setupNetwork();
    const broken = await post(app, 'v2/query', await requestBody(owner, 'query', { method_name: 'fault' }));
    expect(broken.status).toBe(500);
    expect(broken.text).not.toMatch(/machine/);
    const next = await post(app, 'v2/query', await requestBody(owner, 'query'));
    expect(next.status).toBe(200);
  });

  it('lets a waiting call go with 202 when it closes', async () => {
    const { app, host, subnet } = await setupListeningNetwork();
    const body = await requestBody(owner, 'call', { method_name: 'hang', arg: utf8('x') });
    const url = `${host}/api/v4/canister/${canisterId.toText()}/call`;
    const waiting = fetch(url, { method: 'POST', body: Buffer.from(body) });
    while (subnet.ran.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await app.close();
    expect((await waiting).status).toBe(202);
  });
});
