import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/replica/codec/bytes.ts';
import {
  HttpRequest,
  HttpResponse,
  StreamingPart,
} from '../../../../src/replica/http/canister-gateway/interface.ts';
import { ask } from '../../support/ask.ts';
import { canister, data, query, update } from '../../support/canister-wat.ts';
import { setupNetwork, type TestNetwork } from '../../support/setup-network.ts';

const plain = { headers: [], body: new Uint8Array(), upgrade: [], streaming_strategy: [] };
const response = (value: object) => new Uint8Array(IDL.encode([HttpResponse], [{ ...plain, ...value }]));
const reply = (at: number, bytes: Uint8Array) =>
  `(call $reply (i32.const ${at}) (i32.const ${bytes.length}))`;

/** A canister's query that answers requests with these bytes. */
const answering = (bytes: Uint8Array) => `${data(100, bytes)} ${query('http_request', reply(100, bytes))}`;

/** A canister that answers what `pieces` say, and a network in front of it. */
async function setupAnswering(pieces: string): Promise<{ test: TestNetwork; url: string; id: Principal }> {
  const test = await setupNetwork();
  const id = Principal.fromUint8Array(await test.install(canister(pieces, { memory: '(memory 2)' })));
  return { test, url: await test.network.listen({ port: 0 }), id };
}

describe('a request for a canister', () => {
  const page = response({
    status_code: 201,
    headers: [
      ['x-from', 'canister'],
      ['content-length', '1'],
    ],
    body: utf8('hello'),
  });
  const pieces = `${data(100, page)} ${query('http_request', reply(100, page))}`;

  it.each([
    ['the host', (id: Principal) => ['/some/page', `${id.toText()}.localhost`]],
    ['the host of raw answers, with a port', (id: Principal) => ['/', `${id.toText()}.raw.localhost:4943`]],
    ['a parameter', (id: Principal) => [`/?canisterId=${id.toText()}`, 'localhost']],
  ])('goes to the one that %s names', async (_where, address) => {
    const { url, id } = await setupAnswering(pieces);
    const [path = '', host = ''] = address(id);
    const answer = await ask(url + path, { host });
    expect(answer).toMatchObject({ status: 201, body: 'hello' });
    expect(answer.headers).toMatchObject({ 'x-from': 'canister', 'content-length': '5' });
  });

  it('hands over method, path, headers and body', async () => {
    const { test, url, id } = await setupAnswering(
      query('http_request', '(call $ic0.trap (i32.const 0) (i32.const 0))'),
    );
    const asked: Uint8Array[] = [];
    const { subnet } = test.network;
    const original = subnet.query.bind(subnet);
    subnet.query = async (message) => {
      asked.push(message.arg);
      return original(message);
    };
    const host = `${id.toText()}.localhost`;
    await ask(`${url}/a/b?c=d`, { host, method: 'POST', body: 'content' });
    const [value] = IDL.decode([HttpRequest], asked[0]?.slice() ?? new Uint8Array());
    expect(value).toMatchObject({
      method: 'POST',
      url: '/a/b?c=d',
      body: utf8('content'),
      certificate_version: [2],
    });
    expect(value).toMatchObject({ headers: expect.arrayContaining([['host', host]]) });
  });

  it('is answered by an update where the canister asks for it', async () => {
    const upgrade = response({ status_code: 200, upgrade: [true] });
    const answer = response({ status_code: 200, body: utf8('by an update') });
    const { url, id } = await setupAnswering(
      `${data(100, upgrade)} ${data(5000, answer)}
       ${query('http_request', reply(100, upgrade))} ${update('http_request_update', reply(5000, answer))}`,
    );
    const host = `${id.toText()}.localhost`;
    expect(await ask(url, { host })).toMatchObject({ status: 200, body: 'by an update' });
  });

  it('is answered in parts where the canister streams', async () => {
    const token = { key: '/film', content_encoding: 'identity', index: 1n, sha256: [] };
    const test = await setupNetwork();
    // The canister names itself in its callback, so its id has to be known before it is made.
    const id = Principal.fromUint8Array(await test.create());
    const first = response({
      status_code: 200,
      body: utf8('one, '),
      streaming_strategy: [{ Callback: { callback: [id, 'more'], token } }],
    });
    const more = new Uint8Array(IDL.encode([StreamingPart], [[{ body: utf8('two'), token: [] }]]));
    const code = canister(
      `${data(100, first)} ${data(5000, more)} ${query('http_request', reply(100, first))} ${query('more', reply(5000, more))}`,
    );
    expect((await test.installCode(id.toUint8Array(), code)).kind).toBe('replied');
    const url = await test.network.listen({ port: 0 });
    expect(await ask(url, { host: `${id.toText()}.localhost` })).toMatchObject({
      status: 200,
      body: 'one, two',
    });
  });

  it.each([
    [
      'that has no http_request',
      query('other', '(call $reply_empty)'),
      404,
      /no query method 'http_request'/,
    ],
    ['that traps', query('http_request', 'unreachable'), 502, /Canister trapped/],
    [
      'that answers with a status that HTTP has not',
      answering(response({ status_code: 1000 })),
      502,
      /something else/,
    ],
    [
      'that answers with a header that breaks the message',
      answering(response({ status_code: 200, headers: [['x-a', 'b\r\nc: d']] })),
      502,
      /something else/,
    ],
    ['that answers something else', query('http_request', '(call $reply_empty)'), 502, /something else/],
  ])('of one %s tells so', async (_what, code, status, message) => {
    const { url, id } = await setupAnswering(code);
    const answer = await ask(url, { host: `${id.toText()}.localhost` });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatch(message);
  });

  it('that does not exist tells so; a host that names none is the network itself', async () => {
    const { url } = await setupAnswering('');
    const missing = await ask(url, { host: 'rwlgt-iiaaa-aaaaa-aaaaa-cai.localhost' });
    expect(missing).toMatchObject({ status: 404, body: expect.stringContaining('not found') });
    for (const host of ['localhost', 'no-canister.localhost', '127.0.0.1:4943']) {
      expect(await ask(url, { host })).toMatchObject({
        status: 200,
        body: expect.stringContaining('A local Internet'),
      });
      for (const path of ['/else', '//:@', '/?canisterId=none']) {
        expect(await ask(url + path, { host })).toMatchObject({ status: path.includes('?') ? 200 : 404 });
      }
    }
  });
});
