import { describe, expect, it } from 'vitest';
import { type RawAnswer, RawConnection, setupBareGateway } from '../support/setup-bare-gateway.ts';

const HOST = 'Host: 127.0.0.1\r\n';
const MARKER = 'MARKER-of-the-sender';
const KIND = 'urn:agent-service:problem:';

/** The first answer to what is sent. */
async function answerTo(port: number, request: string | Uint8Array): Promise<RawAnswer> {
  const connection = new RawConnection(port).send(request);
  await expect.poll(() => connection.answer(), { timeout: 20_000 }).toBeDefined();
  return connection.answer() as RawAnswer;
}

function expectProblem(answer: RawAnswer, status: number, kind: string): void {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    expect.stringContaining('application/problem+json'),
  ]);
  expect(JSON.parse(answer.body)).toMatchObject({
    type: KIND + kind,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    instance: expect.stringMatching(/^urn:uuid:/),
  });
  expect(answer.body).not.toContain('MARKER');
}

const get = (target: string, more = '') => `GET ${target} HTTP/1.1\r\n${HOST}${more}\r\n`;

describe("a framework's own error page", () => {
  it.each<[string, string | Uint8Array, number, string]>([
    ['bad percent encoding in a path', get(`/v1/users/%zz${MARKER}`), 400, 'InvalidRequest'],
    ['an overlong encoding in a path', get(`/v1/users/%C0%AF${MARKER}/status`), 400, 'InvalidRequest'],
    ['a surrogate in a path', get(`/v1/users/%ED%A0%80${MARKER}/status`), 400, 'InvalidRequest'],
    ['a percent sign at the end of a path', get(`/v1/users/${MARKER}%`), 400, 'InvalidRequest'],
    ['bad percent encoding where there is nothing', get(`/${MARKER}%zz`), 400, 'InvalidRequest'],
    ['bad percent encoding in a query', get(`/v1/users?limit=%ff${MARKER}`), 400, 'InvalidRequest'],
    [
      'a raw byte in a path',
      Buffer.from(get(`/v1/users/\xff${MARKER}/status`), 'latin1'),
      400,
      'MalformedRequest',
    ],
    ['a fragment in a path', get(`/v1/users/a#${MARKER}`), 400, 'InvalidRequest'],
    ['a long parameter', get(`/v1/users/${'a'.repeat(3000)}${MARKER}/status`), 414, 'UriTooLong'],
    ['nothing at a path', get(`/${MARKER}`), 404, 'NoSuchPath'],
    [
      'an upgrade where there is nothing',
      get(`/${MARKER}`, 'Connection: Upgrade\r\nUpgrade: websocket\r\n'),
      404,
      'NoSuchPath',
    ],
    ['a method that HTTP does not know', `${MARKER} / HTTP/1.1\r\n${HOST}\r\n`, 400, 'MalformedRequest'],
    ['a method of WebDAV', `PROPFIND /v1/sessions HTTP/1.1\r\n${HOST}\r\n`, 501, 'NotImplemented'],
    ['CONNECT', `CONNECT ${MARKER}:443 HTTP/1.1\r\n${HOST}\r\n`, 501, 'NotImplemented'],
    ['OPTIONS', `OPTIONS /v1/sessions HTTP/1.1\r\n${HOST}\r\n`, 405, 'MethodNotAllowed'],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 404, 'NoSuchPath'],
    ['TRACE', `TRACE /v1/sessions HTTP/1.1\r\n${HOST}\r\n`, 405, 'MethodNotAllowed'],
    ['another method of an open path', `DELETE /healthz HTTP/1.1\r\n${HOST}\r\n`, 405, 'MethodNotAllowed'],
    ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'MalformedRequest'],
    ['two Hosts', get('/healthz', HOST), 400, 'InvalidRequest'],
    ['a Host that is none', `GET /healthz HTTP/1.1\r\nHost: ${MARKER}/@\r\n\r\n`, 400, 'MalformedRequest'],
    ['large headers', get('/healthz', `X: ${'x'.repeat(20_000)}\r\n`), 431, 'HeadersTooLarge'],
    ['a header without a name', get('/healthz', `: ${MARKER}\r\n`), 400, 'MalformedRequest'],
    ['another version', `GET /${MARKER} HTTP/9.9\r\n${HOST}\r\n`, 400, 'MalformedRequest'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'MalformedRequest'],
    ['no HTTP', `${MARKER}\r\n\r\n`, 400, 'MalformedRequest'],
    ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]), 400, 'MalformedRequest'],
    ['another expectation', get('/healthz', `Expect: ${MARKER}\r\n`), 417, 'ExpectationFailed'],
    [
      'two lengths',
      `POST /v1/sessions HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
      'MalformedRequest',
    ],
    ['no key', get('/v1/agents'), 401, 'Unauthenticated'],
    [
      'two keys',
      get('/v1/agents', `Authorization: Bearer ${MARKER}\r\nAuthorization: Bearer b\r\n`),
      400,
      'InvalidRequest',
    ],
  ])('is never what %s is answered with', async (_name, request, status, kind) => {
    const { port } = await setupBareGateway();
    expectProblem(await answerTo(port, request), status, kind);
  });

  it.each<[string, string, string, number, string]>([
    ['malformed JSON', 'Content-Type: application/json', `{"user_id": "${MARKER}`, 400, 'InvalidRequest'],
    ['an empty body', 'Content-Type: application/json', '', 400, 'InvalidRequest'],
    ['a body that is no object', 'Content-Type: application/json', '[1]', 400, 'InvalidRequest'],
    ['an unsupported media type', `Content-Type: text/${MARKER}`, '{}', 415, 'UnsupportedMediaType'],
    ['a media type that is none', `Content-Type: ${MARKER}`, '{}', 415, 'UnsupportedMediaType'],
    ['no media type', 'X: y', '{}', 415, 'UnsupportedMediaType'],
    ['another charset', 'Content-Type: application/json; charset=utf-16', '{}', 415, 'UnsupportedMediaType'],
    [
      'a compressed body',
      'Content-Type: application/json\r\nContent-Encoding: gzip',
      '{}',
      415,
      'UnsupportedMediaType',
    ],
  ])('is never what a caller with a key gets for %s', async (_name, headers, body, status, kind) => {
    const { port, key } = await setupBareGateway();
    const head = `POST /v1/sessions HTTP/1.1\r\n${HOST}Authorization: Bearer ${key}\r\n${headers}\r\n`;
    const answer = await answerTo(port, `${head}Content-Length: ${body.length}\r\n\r\n${body}`);
    expectProblem(answer, status, kind);
    expect(answer.body).not.toContain(key);
  });

  it('is never what a request is answered with that says it is too large, before any of it is read', async () => {
    const { port, key } = await setupBareGateway();
    const head = `POST /v1/sessions HTTP/1.1\r\n${HOST}Authorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
    expectProblem(await answerTo(port, `${head}Content-Length: 3000000\r\n\r\n`), 413, 'PayloadTooLarge');
  });

  it('is never what a HEAD is answered with, which has no body', async () => {
    const { port } = await setupBareGateway();
    const connection = new RawConnection(port).send(
      `HEAD /nothing HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`,
    );
    await connection.closed;
    expect(connection.received).toMatch(
      /^HTTP\/1.1 404 [^]*content-type: application\/problem\+json[^]*\r\n\r\n$/,
    );
  });

  it('is never what a request is answered with whose head does not arrive', async () => {
    const { port } = await setupBareGateway({ limits: { headSeconds: 1 } });
    expectProblem(await answerTo(port, `GET /${MARKER} HTTP/1.1\r\nHo`), 408, 'RequestTimeout');
  });

  it('is never what a request is answered with whose body does not arrive', async () => {
    const { port, key } = await setupBareGateway({ limits: { requestSeconds: 1 } });
    const head = `POST /v1/sessions HTTP/1.1\r\n${HOST}Authorization: Bearer ${key}\r\nContent-Type: application/json\r\n`;
    expectProblem(await answerTo(port, `${head}Content-Length: 10\r\n\r\n{`), 408, 'RequestTimeout');
  });

  it('does not come with a body that was asked for before the key was seen', async () => {
    const { port, key } = await setupBareGateway();
    const head = `POST /v1/sessions HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 3\r\n`;
    expectProblem(await answerTo(port, `${head}Expect: 100-continue\r\n\r\n`), 401, 'Unauthenticated');
    const asked = new RawConnection(port).send(
      `${head}Authorization: Bearer ${key}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await expect.poll(() => asked.received).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    asked.send('{ }');
    await expect.poll(() => asked.received).toContain(`${KIND}InvalidRequest`);
  });
});
