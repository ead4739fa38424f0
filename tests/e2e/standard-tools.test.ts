import { request } from 'node:http';
import { Actor, AnonymousIdentity, HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import { idlFactory, type _SERVICE as Service } from '../../src/candid/agent_service.did.ts';
import type { LocalService } from '../../src/cli/local/local-service.ts';
import { clientOf, setupLocalService } from './support/local-service.ts';

/** Asks the gateway as Prometheus does, by the canister's own host. */
async function get({ url, canisterId }: LocalService, path: string) {
  const { port } = new URL(url);
  const options = { host: '127.0.0.1', port, path, headers: { host: `${canisterId}.localhost:${port}` } };
  return new Promise<{ status: number | undefined; type: string | undefined; text: string }>(
    (done, failed) => {
      const asked = request(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', failed);
        response.on('end', () => {
          const { statusCode: status, headers } = response;
          done({ status, type: headers['content-type'], text: Buffer.concat(parts).toString() });
        });
      });
      asked.on('error', failed);
      asked.end();
    },
  );
}

describe('the metrics at the network', () => {
  it("are read at the canister's host, and nothing else is", async () => {
    const service = await setupLocalService();
    const client = await clientOf(service);
    await client.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    const { status, type, text } = await get(service, '/metrics');
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(text).toContain('agent_service_calls_total{method="create_agent_session",outcome="Ok"} 1\n');
    expect(text).not.toContain('alice');
    const nothing = 'There is nothing here but /metrics.\n';
    expect(await get(service, '/')).toMatchObject({ status: 404, text: nothing });
  });
});

describe('a signer', () => {
  it('asks as nobody in particular what a call would do', async () => {
    const service = await setupLocalService();
    const agent = await HttpAgent.create({
      host: service.url,
      identity: new AnonymousIdentity(),
      rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
    });
    const actor = Actor.createActor<Service>(idlFactory, { agent, canisterId: service.canisterId });
    const names = (await actor.icrc10_supported_standards()).map(({ name }) => name);
    expect(names).toEqual(['ICRC-10', 'ICRC-21']);
    const answer = await actor.icrc21_canister_call_consent_message({
      method: 'unlink_user',
      arg: new Uint8Array(IDL.encode([IDL.Record({ user_id: IDL.Text })], [{ user_id: 'alice' }])),
      user_preferences: { metadata: { language: 'en', utc_offset_minutes: [] }, device_spec: [] },
    });
    const GenericDisplayMessage = expect.stringContaining('`alice`') as string;
    expect(answer).toMatchObject({ Ok: { consent_message: { GenericDisplayMessage } } });
  });
});
