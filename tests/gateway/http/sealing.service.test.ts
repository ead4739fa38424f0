import { describe, expect, it } from 'vitest';
import { setupLocalService } from '../../e2e/support/local-service.ts';
import { setupMcpOverHttp } from '../support/mcp-client.ts';
import { send, setupGateway } from '../support/setup-gateway.ts';
import { gatewayBefore } from '../support/shared-service.ts';

const TOKEN = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const SEALED = /^agent-service-sealed:1:token:/;
const MANUAL = { 'agent-service-sealing': 'manual' };
const ACCOUNT = '/v1/users/alice/credentials/GitHub';

describe('the gateway', () => {
  it('seals what it stores and opens what it reads, and passes envelopes on to whoever does that themselves', async () => {
    const { url, key } = await setupGateway();
    const as = (body?: unknown) => ({ key: key.agent, body });
    await send(url, `PUT ${ACCOUNT}`, as({ token: TOKEN }));
    const lease = as({ purpose: 'a test' });
    expect((await send(url, `POST ${ACCOUNT}/lease`, lease)).json).toMatchObject({
      result: { credentials: { token: TOKEN } },
    });
    const { json } = await send(url, `POST ${ACCOUNT}/lease`, { ...lease, headers: MANUAL });
    const envelope = (json as { result: { credentials: { token: string } } }).result.credentials.token;
    expect(envelope).toMatch(SEALED);

    await send(url, `PUT ${ACCOUNT}`, { ...as({ token: 'in clear' }), headers: MANUAL });
    const listed = await send(url, 'GET /v1/users/alice/credentials', as());
    expect(listed.json).toMatchObject({ result: [{ token_form: 'clear' }] });
    // The envelope is of this place, and goes back unchanged.
    await send(url, `PUT ${ACCOUNT}`, as({ token: envelope }));
    expect((await send(url, `POST ${ACCOUNT}/lease`, { ...lease, headers: MANUAL })).json).toMatchObject({
      result: { credentials: { token: envelope } },
    });
  });

  it('takes no other value of the header, and documents it where tokens are', async () => {
    const { url, key } = await setupGateway();
    const answer = await send(url, `PUT ${ACCOUNT}`, {
      key: key.agent,
      body: { token: TOKEN },
      headers: { 'agent-service-sealing': 'off' },
    });
    expect(answer).toMatchObject({ status: 400, json: { field: 'agent-service-sealing' } });
    const { json } = await send(url, 'GET /openapi.json');
    const { paths } = json as { paths: Record<string, Record<string, { parameters?: { name: string }[] }>> };
    const headerOf = (path: string, verb: string) =>
      paths[path]?.[verb]?.parameters?.some(({ name }) => name === 'agent-service-sealing') ?? false;
    expect(headerOf('/v1/methods/lease_agent_credentials', 'post')).toBe(true);
    expect(headerOf('/v1/users/{user_id}/credentials/{agent_type}', 'put')).toBe(true);
    expect(headerOf('/v1/methods/get_agent_status', 'post')).toBe(false);
  });

  it('sends the same call again with the same Idempotency-Key', async () => {
    const { url, key } = await setupGateway();
    const request = { key: key.agent, body: { token: TOKEN }, headers: { 'idempotency-key': 'k1' } };
    expect((await send(url, `PUT ${ACCOUNT}`, request)).status).toBe(200);
    expect((await send(url, `PUT ${ACCOUNT}`, request)).status).toBe(200);
    expect(await send(url, `PUT ${ACCOUNT}`, { ...request, body: { token: 'other' } })).toMatchObject({
      status: 409,
    });
  });

  it('says by a problem that a token is not for the caller, or in clear', async () => {
    const service = await setupLocalService();
    const { url, key } = await gatewayBefore(service);
    const strict = await gatewayBefore(service, { sealing: 'require' });
    await send(url, `PUT ${ACCOUNT}`, { key: key.agent, body: { token: 'in clear' }, headers: MANUAL });
    const lease = (of: { url: string; key: { agent: string } }) =>
      send(of.url, `POST ${ACCOUNT}/lease`, { key: of.key.agent, body: { purpose: 'a test' } });
    expect(await lease(strict)).toMatchObject({
      status: 409,
      json: {
        type: 'urn:agent-service:problem:SecretInClear',
        detail: expect.not.stringContaining('in clear"'),
      },
    });
    await send(url, 'POST /v1/methods/update_sealing', { key: key.admin, body: { sealing: 'off' } });
    expect(
      await send(strict.url, `PUT ${ACCOUNT}`, { key: strict.key.agent, body: { token: TOKEN } }),
    ).toMatchObject({ status: 409, json: { type: 'urn:agent-service:problem:SealingOff' } });
    const broken = { token: `agent-service-sealed:1:token:owner.9:${'A'.repeat(300)}` };
    expect(await send(url, `PUT ${ACCOUNT}`, { key: key.agent, body: broken })).toMatchObject({
      status: 409,
      json: { type: 'urn:agent-service:problem:Conflict' },
    });
  });

  it('has no key derived for a model, which sees no token', async () => {
    const { url, key } = await setupGateway();
    const begun = await send(url, 'POST /v1/sessions', {
      key: key.agent,
      body: { user_id: 'alice', agent_type: 'GitHub', token: TOKEN },
    });
    const client = await setupMcpOverHttp(url, key.agent);
    const answer = await client.callTool({
      name: 'get_agent_session',
      arguments: { session_id: String(begun.json['result']) },
    });
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
    const listed = await send(url, 'GET /v1/users/alice/activities', { key: key.agent });
    expect(JSON.stringify(listed.json)).not.toContain('OpeningKeyDerived');
    await send(url, `GET /v1/sessions/${String(begun.json['result'])}`, { key: key.agent });
    const later = await send(url, 'GET /v1/users/alice/activities', { key: key.agent });
    expect(JSON.stringify(later.json)).toContain('OpeningKeyDerived');
  });
});
