import { describe, expect, it } from 'vitest';
import { setupLocalService } from '../../e2e/support/local-service.ts';
import { send, setupGateway } from '../support/setup-gateway.ts';

const problem = (kind: string) => `urn:agent-service:problem:${kind}`;

describe('the gateway', () => {
  it('serves a session from its beginning to its end, and what it leaves', async () => {
    const { url, key } = await setupGateway();
    const as = (body?: unknown) => ({ key: key.agent, body });
    const begun = await send(url, 'POST /v1/sessions', as({ user_id: 'a/b ü', agent_type: 'GitHub' }));
    expect(begun).toMatchObject({ status: 201, json: { result: expect.stringMatching(/^ses-/) } });
    const session = `/v1/sessions/${String(begun.json['result'])}`;
    await send(url, `PATCH ${session}`, as({ project_id: 'p' }));
    expect((await send(url, `GET ${session}`, as())).json).toMatchObject({
      result: {
        user_id: 'a/b ü',
        agent_type: 'GitHub',
        project_id: 'p',
        token: null,
        is_active: true,
        created_at: expect.stringMatching(/^\d{19}$/),
      },
    });
    expect(await send(url, `POST ${session}/end`, as())).toMatchObject({
      status: 200,
      json: { result: null },
    });
    const user = `/v1/users/${encodeURIComponent('a/b ü')}`;
    const listed = await send(url, `GET ${user}/activities?limit=1&agent_type=GitHub`, as());
    expect(listed.json).toMatchObject({ result: { items: [{ activity_type: 'SessionEnded' }] } });
    const status = await send(url, 'POST /v1/methods/get_agent_status', as({ user_id: 'a/b ü' }));
    expect(status.json).toMatchObject({ result: { total_sessions: 1, active_sessions: 0 } });
  });

  it('keeps credentials with their pairs and their 64 bits', async () => {
    const { url, key } = await setupGateway();
    const path = '/v1/users/alice/credentials/Gmail';
    const body = { token: 't', project_ids: [['1', 'one']], expires_at: '1999999999000000001' };
    expect((await send(url, `PUT ${path}`, { key: key.agent, body })).status).toBe(200);
    expect((await send(url, `GET ${path}`, { key: key.agent })).json).toMatchObject({ result: body });
    expect((await send(url, `DELETE ${path}`, { key: key.agent })).status).toBe(200);
    expect((await send(url, `GET ${path}`, { key: key.agent })).status).toBe(404);
    const plain = { key: key.agent, body: { user_id: 'alice', agent_type: 'Gmail' } };
    expect(await send(url, 'POST /v1/methods/get_agent_credentials', plain)).toMatchObject({
      status: 200,
      json: { result: null },
    });
  });

  it('answers each refusal with its problem', async () => {
    const { url, key } = await setupGateway();
    const agent = { key: key.agent };
    const session = (
      await send(url, 'POST /v1/sessions', { ...agent, body: { user_id: 'u', agent_type: 'GitHub' } })
    ).json['result'];
    await send(url, `POST /v1/sessions/${String(session)}/end`, agent);
    const cases: readonly [string, object, number, string, object][] = [
      ['GET /v1/users/u/status', {}, 401, 'Unauthenticated', {}],
      ['GET /v1/users/u/status', { key: key.user }, 403, 'Unauthorized', {}],
      ['GET /v1/sessions/ses-00000000000000ff', agent, 404, 'NotFound', {}],
      ['GET /v1/nothing', agent, 404, 'NoSuchPath', {}],
      ['DELETE /v1/sessions', agent, 405, 'MethodNotAllowed', {}],
      [`POST /v1/sessions/${String(session)}/end`, agent, 409, 'Conflict', {}],
      ['GET /v1/users/u/activities?limit=0', agent, 400, 'InvalidArgument', { field: 'limit' }],
      ['GET /v1/users/u/activities?limit=many', agent, 400, 'InvalidRequest', { field: 'limit' }],
      ['GET /v1/users/u/activities?limits=1', agent, 400, 'InvalidRequest', { field: 'limits' }],
      ['GET /v1/users/u/credentials/Mail', agent, 400, 'InvalidRequest', { field: 'agent_type' }],
      [
        'POST /v1/sessions',
        { ...agent, body: { user_id: 'u' } },
        400,
        'InvalidRequest',
        { field: 'agent_type' },
      ],
      [
        'POST /v1/sessions',
        { ...agent, body: { user_id: 1, agent_type: 'GitHub' } },
        400,
        'InvalidRequest',
        { field: 'user_id' },
      ],
      ['POST /v1/sessions', { ...agent, body: '{' }, 400, 'InvalidRequest', {}],
      [
        'POST /v1/sessions',
        { ...agent, body: '{}', headers: { 'content-type': 'text/plain' } },
        415,
        'UnsupportedMediaType',
        { field: 'body' },
      ],
      [
        'POST /v1/sessions',
        { ...agent, body: ' '.repeat(2 ** 21 + 1) },
        413,
        'PayloadTooLarge',
        { field: 'body' },
      ],
      ['PUT /v1/admins/aaaaa-ab', { key: key.admin, body: {} }, 400, 'InvalidArgument', { field: 'admin' }],
    ];
    for (const [request, sent, status, kind, members] of cases) {
      const answer = await send(url, request, sent);
      expect([request, answer.status, answer.json]).toEqual([
        request,
        status,
        {
          type: problem(kind),
          title: expect.any(String),
          status,
          detail: expect.any(String),
          instance: expect.stringMatching(/^urn:uuid:/),
          ...members,
        },
      ]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  it('says how to send a key, and which methods a path takes', async () => {
    const { url } = await setupGateway();
    expect((await send(url, 'GET /v1/agents')).headers.get('www-authenticate')).toBe('Bearer');
    expect((await send(url, 'PUT /v1/agents')).headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('lets a key call as its identity until it is revoked', async () => {
    const { url, key, keys } = await setupGateway();
    expect((await send(url, 'GET /v1/agents', { key: key.admin })).status).toBe(200);
    expect((await send(url, 'GET /v1/agents', { key: key.agent })).status).toBe(403);
    const admin = keys.find(key.admin);
    keys.revoke(admin?.id ?? '');
    expect((await send(url, 'GET /v1/agents', { key: key.admin })).status).toBe(401);
  });

  it('refuses an Idempotency-Key where a method cannot honour it, and lets it pass where nothing changes', async () => {
    const { url, key } = await setupGateway();
    const headers = { 'idempotency-key': 'once' };
    const body = { session_id: 'ses-00000000000000ff' };
    expect(
      await send(url, 'POST /v1/methods/end_agent_session', { key: key.agent, headers, body }),
    ).toMatchObject({
      status: 400,
      json: { type: problem('IdempotencyKeyRefused') },
    });
    expect((await send(url, 'GET /v1/users/u/status', { key: key.agent, headers })).status).toBe(200);
  });

  it('is ready while the service answers, and says what an unreachable network means for a call', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    expect(await send(url, 'GET /readyz')).toMatchObject({ status: 200, json: { status: 'ok' } });
    // From here on the keys of the nodes are known: without them no answer verifies, and that is told first.
    await send(url, 'GET /v1/users/u/status', { key: key.agent });
    await service.close();
    await expect.poll(async () => (await send(url, 'GET /readyz')).status, { timeout: 30_000 }).toBe(503);
    expect(await send(url, 'GET /healthz')).toMatchObject({ status: 200 });
    expect(await send(url, 'GET /v1/users/u/status', { key: key.agent })).toMatchObject({
      status: 502,
      json: { type: problem('NetworkUnreachable'), outcome_unknown: false },
    });
    const body = { user_id: 'u', agent_type: 'GitHub' };
    expect(await send(url, 'POST /v1/sessions', { key: key.agent, body })).toMatchObject({
      status: 502,
      json: { type: problem('NetworkUnreachable'), outcome_unknown: false },
    });
  });

  it('logs each request by its route, and nothing that was in it', async () => {
    const { url, key, log, keys } = await setupGateway();
    const body = { token: 'MARKER-token', project_ids: [] };
    await send(url, 'PUT /v1/users/MARKER-user/credentials/Gmail', { key: key.agent, body });
    await send(url, 'GET /v1/users/MARKER-user/credentials?x=MARKER-query', { key: key.agent });
    await send(url, 'GET /MARKER-path', { key: 'MARKER-key' });
    const lines = log()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ msg }) => msg === 'request')).toEqual([
      expect.objectContaining({
        'http.request.method': 'PUT',
        'http.route': '/v1/users/:user_id/credentials/:agent_type',
        'http.response.status_code': 200,
        'http.server.request.duration': expect.any(Number),
        'request.id': expect.any(String),
        'user.id': keys.find(key.agent)?.id,
      }),
      expect.objectContaining({ 'http.response.status_code': 400 }),
      expect.objectContaining({ 'http.response.status_code': 404 }),
    ]);
    expect(log()).not.toContain('MARKER');
    expect(log()).not.toContain(key.agent.slice(-43));
  });

  it('answers no browser of another origin', async () => {
    const { url } = await setupGateway();
    const { headers } = await send(url, 'GET /healthz', { headers: { origin: 'https://example.com' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});
