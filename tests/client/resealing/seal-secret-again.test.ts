import { blake2s } from '@noble/hashes/blake2';
import { describe, expect, it } from 'vitest';
import { sealAgain } from '../../../src/client/resealing/seal-secret-again.ts';
import type { UnsealedSecrets } from '../../../src/client/values/service-types.ts';
import { FakeService } from '../sealing/support/fake-service.ts';

const TOKEN = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const GRANT = '{"refresh_token":"ghr_1B4a2e77838a7b420295a2c35d0eb2f9"}';
const LONG_GRANT = JSON.stringify({ refresh_token: 'g'.repeat(4000) });
const ALICE = { userId: 'alice', agentType: 'GitHub' } as const;
const IN_CLEAR: UnsealedSecrets = {
  ...ALICE,
  account: undefined,
  sessionId: undefined,
  token: 'clear',
  tokenData: undefined,
};

const lease = (token: string, grant?: string) => ({
  Ok: {
    credentials: {
      user_id: 'alice',
      agent_type: { GitHub: null },
      token,
      token_data: grant === undefined ? [] : [grant],
      workspace_id: [],
      project_ids: [],
      selected_repo: [],
      created_at: 1n,
      updated_at: 1n,
      expires_at: [],
    },
    lease_until: 2n,
    state: { active: null },
    state_reason: [],
  },
});
const conflict = (message: string) => ({ value: { Err: { Conflict: { message } } } });
const digestOf = (text: string) => [...blake2s(new TextEncoder().encode(text))];

/** A service that has these secrets, and a client of it. */
async function setupStored(token: string, grant?: string) {
  const service = new FakeService();
  service.answers.set('lease_agent_credentials', lease(token, grant));
  const client = await service.client('manual');
  const sent = () =>
    service.calls
      .filter(({ method }) => method === 'reseal_credentials')
      .map(({ args }) => args[0] as Record<'new_token' | 'new_token_data', [{ digest: Uint8Array }?]>)
      .map(({ new_token: [first], new_token_data: [second] }) =>
        [first, second].map((one) => one && [...one.digest]),
      );
  return { service, client, sent };
}

describe('sealing a stored secret again', () => {
  it('puts envelopes in the place of what is stored, both in one message', async () => {
    const { service, client, sent } = await setupStored(TOKEN, GRANT);
    expect(await sealAgain(client, { ...IN_CLEAR, tokenData: 'clear' })).toBe(true);
    expect(sent()).toEqual([[digestOf(TOKEN), digestOf(GRANT)]]);
    expect(service.saw(TOKEN)).toBe(false);
    expect(service.saw('ghr_1B4a')).toBe(false);
  });

  it('sends two long envelopes in messages of their own, as those of users are short', async () => {
    const { client, sent } = await setupStored(TOKEN, LONG_GRANT);
    expect(await sealAgain(client, { ...IN_CLEAR, tokenData: 'clear' })).toBe(true);
    expect(sent()).toEqual([
      [digestOf(TOKEN), undefined],
      [undefined, digestOf(LONG_GRANT)],
    ]);
  });

  it('seals the other secret of an account where one does not open', async () => {
    const service = new FakeService();
    const elsewhere = await service.seal(TOKEN, { userId: 'mallory' });
    service.answers.set('lease_agent_credentials', lease(elsewhere, GRANT));
    const client = await service.client('manual');
    const secrets = { ...IN_CLEAR, token: 'stale', tokenData: 'clear' } as const;
    await expect(sealAgain(client, secrets)).rejects.toMatchObject({ code: 'SealedSecretChanged' });
    expect(service.last('reseal_credentials')).toMatchObject([
      { new_token: [], new_token_data: [{ sealed: expect.stringMatching(/^agent-service-sealed:/) }] },
    ]);
  });

  it('reads it again where another one was stored meanwhile', async () => {
    const { service, client, sent } = await setupStored(TOKEN);
    service.refuse = ({ method }) => {
      if (method !== 'reseal_credentials' || service.count(method) > 1) return undefined;
      service.answers.set('lease_agent_credentials', lease('gho_another'));
      return conflict('token is another one than the digest is of: nothing was stored; read it again');
    };
    expect(await sealAgain(client, IN_CLEAR)).toBe(true);
    expect(sent()).toEqual([
      [digestOf(TOKEN), undefined],
      [digestOf('gho_another'), undefined],
    ]);
  });

  it('asks for the recipients again where rights changed meanwhile, once', async () => {
    const { service, client } = await setupStored(TOKEN);
    let refusals = 1;
    service.refuse = ({ method }) => {
      if (method !== 'reseal_credentials' || refusals-- <= 0) return undefined;
      service.recipients = [{ kind: 'owner', epoch: 7n }];
      return conflict('token is sealed for owner.0 and has to be for owner.7');
    };
    expect(await sealAgain(client, IN_CLEAR)).toBe(true);
    expect(service.count('get_sealing_keys')).toBe(2);
    expect(service.last('reseal_credentials')).toMatchObject([
      { new_token: [{ sealed: expect.stringMatching(/:token:owner\.7:/) }] },
    ]);
    refusals = 2;
    await expect(sealAgain(client, IN_CLEAR)).rejects.toMatchObject({ kind: 'Conflict' });
  });

  it('leaves alone what was sealed by a call whose answer was lost, and has no key derived for it', async () => {
    const service = new FakeService();
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    const client = await service.client('manual');
    expect(await sealAgain(client, IN_CLEAR)).toBe(false);
    expect(service.count('derive_opening_key')).toBe(0);
    expect(service.count('reseal_credentials')).toBe(0);
  });

  it('has nothing to do where the account was erased meanwhile, before it is read or after', async () => {
    const { service, client } = await setupStored(TOKEN);
    const gone = { value: { Err: { NotFound: null } } };
    for (const goneFor of ['reseal_credentials', 'lease_agent_credentials']) {
      service.refuse = ({ method }) => (method === goneFor ? gone : undefined);
      expect(await sealAgain(client, IN_CLEAR), goneFor).toBe(false);
    }
  });

  it('asks for the recipients of an account again after its privacy was changed, also where that failed', async () => {
    const { service, client } = await setupStored(TOKEN);
    const privacy = { ...ALICE, isPrivate: true };
    await sealAgain(client, IN_CLEAR);
    service.recipients = service.recipients.slice(0, 2);
    await client.setAccountPrivacy(privacy);
    expect(await sealAgain(client, IN_CLEAR)).toBe(true);
    expect(service.count('get_sealing_keys')).toBe(2);
    expect(service.last('reseal_credentials')).toMatchObject([
      { new_token: [{ sealed: expect.stringMatching(/:token:owner\.0,user\.3:/) }] },
    ]);
    service.refuse = ({ method }) =>
      method === 'set_account_privacy'
        ? { value: { Err: { RateLimited: { retry_after_ns: 1n } } } }
        : undefined;
    await expect(client.setAccountPrivacy(privacy)).rejects.toMatchObject({ kind: 'RateLimited' });
    await sealAgain(client, IN_CLEAR);
    expect(service.count('get_sealing_keys')).toBe(3);
  });
});
