import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { masterKeyOf } from '../../../src/client/sealing/master-keys.ts';
import { vetKdMaster } from '../../../src/replica/chain-keys/vetkd-key.ts';
import { FakeService } from './support/fake-service.ts';

const TOKEN = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const GRANT = '{"refresh_token":"ghr_1B4a2e77838a7b420295a2c35d0eb2f9"}';
const ALICE = { userId: 'alice', agentType: 'GitHub' } as const;
const SEALED = /^agent-service-sealed:1:/;

const credentials = (token: string, grant?: string) => ({
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
});
const session = (id: string, token: string) => ({
  session_id: id,
  user_id: 'alice',
  agent_type: { GitHub: null },
  token: [token],
  project_id: [],
  selected_repo: [],
  created_at: 1n,
  last_activity: 1n,
  is_active: true,
  ended_at: [],
  expires_at: 2n,
});
const lease = (token: string) => ({
  Ok: { credentials: credentials(token), lease_until: 2n, state: { active: null }, state_reason: [] },
});
const leaseOf = { ...ALICE, purpose: 'a test' };

describe('what is sent', () => {
  it('is sealed in every argument that holds a secret, and leaves in clear in none', async () => {
    const service = new FakeService();
    service.answers.set('create_agent_session', { Ok: 'ses-1' });
    service.answers.set('create_session', { Ok: 'ses-2' });
    const client = await service.client();
    await client.storeAgentCredentials({ ...ALICE, token: TOKEN, tokenData: GRANT });
    await client.updateAgentCredentials({ ...ALICE, token: TOKEN, tokenData: GRANT });
    await client.storeCredentials({ ...ALICE, account: 'work', token: TOKEN, tokenData: GRANT });
    await client.completeTokenRefresh({
      ...ALICE,
      fencing: 1n,
      outcome: { refreshed: { token: TOKEN, tokenData: GRANT } },
    });
    await client.createAgentSession({ ...ALICE, token: TOKEN });
    await client.createSession({ ...ALICE, token: TOKEN });
    await client.updateAgentSession({ sessionId: 'ses-1', token: TOKEN });
    expect(service.saw(TOKEN)).toBe(false);
    expect(service.saw('ghr_1B4a')).toBe(false);
    expect(service.last('store_agent_credentials').slice(2, 4)).toEqual([
      expect.stringMatching(/^agent-service-sealed:1:token:owner\.0,user\.3,type\.1:/),
      [expect.stringMatching(/^agent-service-sealed:1:token_data:owner\.0,user\.3,type\.1:/)],
    ]);
    expect(service.last('complete_token_refresh')).toMatchObject([
      { outcome: { refreshed: { token: expect.stringMatching(SEALED), expires_at: [] } } },
    ]);
    for (const method of ['create_agent_session', 'create_session', 'update_agent_session']) {
      expect(JSON.stringify(service.last(method)), method).toContain(
        'agent-service-sealed:1:session_token:owner.0:',
      );
    }
    // Three places: the default account, the account work, and the sessions, which are those of the default account.
    expect(service.count('get_sealing_keys')).toBe(2);
  });

  it('goes by what the network certified, whatever a machine says', async () => {
    const service = new FakeService();
    const old = [{ kind: { agent_type: null }, epoch: 0n }];
    service.lie = ({ method }) =>
      method === 'get_sealing_keys'
        ? { value: { Ok: { sealing: { off: null }, recipients: old, session_recipients: old } } }
        : undefined;
    const client = await service.client();
    await client.storeCredentials({ ...ALICE, token: TOKEN });
    expect(service.saw(TOKEN)).toBe(false);
    expect(service.last('store_credentials')).toMatchObject([
      { token: expect.stringMatching(/:owner\.0,user\.3,type\.1:/) },
    ]);
    expect(
      service.calls.filter(({ method }) => method === 'get_sealing_keys').map(({ endpoint }) => endpoint),
    ).toEqual(['call']);
  });

  it('is for the user of the session that the network certified', async () => {
    const service = new FakeService();
    service.answers.set('get_agent_session', [session('ses-9', '')]);
    service.lie = ({ method }) =>
      method === 'get_agent_session'
        ? { value: [{ ...session('ses-9', ''), user_id: 'mallory' }] }
        : undefined;
    const client = await service.client();
    await client.updateAgentSession({ sessionId: 'ses-9', token: TOKEN });
    expect(service.last('get_sealing_keys')).toMatchObject([{ user_id: 'alice' }]);
    expect(service.saw(TOKEN)).toBe(false);
  });

  it('is in clear where the service is certified to be off, and an error where the client requires sealing', async () => {
    const service = new FakeService();
    service.mode = 'off';
    await (await service.client()).storeCredentials({ ...ALICE, token: TOKEN });
    expect(service.last('store_credentials')).toMatchObject([{ token: TOKEN }]);
    const strict = await service.client('require');
    await expect(strict.storeCredentials({ ...ALICE, token: GRANT })).rejects.toMatchObject({
      kind: 'VerificationFailed',
      code: 'SealingOff',
    });
    expect(service.count('store_credentials')).toBe(1);
  });

  it('is in clear where the network certifies that the service is of a version without sealed secrets', async () => {
    const service = new FakeService();
    const without = (errorCode: string) => {
      service.refuse = ({ method }) =>
        method === 'get_sealing_keys'
          ? { reject: { code: 5, message: 'no such method', errorCode } }
          : undefined;
    };
    without('IC0536');
    await (await service.client()).storeCredentials({ ...ALICE, token: TOKEN });
    expect(service.last('store_credentials')).toMatchObject([{ token: TOKEN }]);
    await expect(
      (await service.client('require')).storeCredentials({ ...ALICE, token: GRANT }),
    ).rejects.toMatchObject({ code: 'SealingOff' });
    // What nobody could open is not made.
    await expect(
      (await service.client('manual')).seal(TOKEN, { userId: 'alice', agentType: 'GitHub', field: 'token' }),
    ).rejects.toMatchObject({ kind: 'UnexpectedReply' });
    without('IC0503');
    await expect((await service.client()).storeCredentials({ ...ALICE, token: GRANT })).rejects.toMatchObject(
      {
        kind: 'CallRejected',
      },
    );
    expect(service.saw(GRANT)).toBe(false);
  });

  it('is sealed at once where the mode is another one by now', async () => {
    const service = new FakeService();
    service.mode = 'off';
    const client = await service.client();
    await client.storeCredentials({ ...ALICE, token: TOKEN });
    service.mode = 'accept';
    service.refuse = ({ method, args: [args] }) =>
      method === 'store_credentials' && (args as { token: string }).token === TOKEN
        ? {
            value: { Err: { InvalidArgument: { field: 'token', message: 'must be sealed: this service…' } } },
          }
        : undefined;
    await client.storeCredentials({ ...ALICE, token: TOKEN });
    expect(service.last('store_credentials')).toMatchObject([{ token: expect.stringMatching(SEALED) }]);
  });

  it('is sealed again, once, where the rights have changed', async () => {
    const service = new FakeService();
    const client = await service.client();
    await client.storeCredentials({ ...ALICE, token: TOKEN });
    service.recipients = [
      { kind: 'owner', epoch: 0n },
      { kind: 'user', epoch: 4n },
    ];
    const message =
      'token is sealed for owner.0, user.3, type.1, and has to be for owner.0, user.4: nothing was stored; seal it again';
    service.refuse = ({ method, args: [args] }) =>
      method === 'store_credentials' && !(args as { token: string }).token.includes('user.4')
        ? { value: { Err: { Conflict: { message } } } }
        : undefined;
    await client.storeCredentials({ ...ALICE, token: TOKEN });
    expect(service.last('store_credentials')).toMatchObject([
      { token: expect.stringMatching(/:owner\.0,user\.4:/) },
    ]);
    expect([service.count('store_credentials'), service.count('get_sealing_keys')]).toEqual([3, 2]);
    service.refuse = ({ method }) =>
      method === 'store_credentials' ? { value: { Err: { Conflict: { message } } } } : undefined;
    await expect(client.storeCredentials({ ...ALICE, token: TOKEN })).rejects.toMatchObject({
      kind: 'Conflict',
      message,
    });
    expect(service.count('store_credentials')).toBe(5);
    expect(service.saw(TOKEN)).toBe(false);
  });

  it('is left as it is where another Conflict refuses it', async () => {
    const service = new FakeService();
    const client = await service.client();
    service.refuse = ({ method }) =>
      method === 'update_agent_session'
        ? { value: { Err: { Conflict: { message: 'the session has ended' } } } }
        : undefined;
    service.answers.set('get_agent_session', [session('ses-9', '')]);
    await expect(client.updateAgentSession({ sessionId: 'ses-9', token: TOKEN })).rejects.toMatchObject({
      kind: 'Conflict',
    });
    expect(service.count('update_agent_session')).toBe(1);
  });

  it('is passed through where it is an envelope', async () => {
    const service = new FakeService();
    const client = await service.client('require');
    const sealed = await service.seal(TOKEN);
    await client.storeCredentials({ ...ALICE, token: sealed });
    expect(service.last('store_credentials')).toMatchObject([{ token: sealed }]);
    expect(service.count('get_sealing_keys')).toBe(0);
  });

  it('is the same envelope again with the same request id, and another one otherwise', async () => {
    const service = new FakeService();
    const client = await service.client();
    const sent = async (requestId?: string, token = TOKEN) => {
      await client.storeCredentials({ ...ALICE, token, requestId });
      return (service.last('store_credentials')[0] as { token: string }).token;
    };
    const first = await sent('req-1');
    expect(await sent('req-1')).toBe(first);
    expect(
      new Set([first, await sent('req-2'), await sent(), await sent(), await sent('req-1', 'other')]).size,
    ).toBe(5);
  });

  it('is checked for what nobody finds in an envelope', async () => {
    const service = new FakeService();
    const client = await service.client();
    await expect(
      client.storeCredentials({ ...ALICE, token: TOKEN, tokenData: '{"secret":' }),
    ).rejects.toMatchObject({ kind: 'InvalidArgument', message: 'token_data must be valid JSON' });
    await expect(
      client.storeCredentials({ ...ALICE, token: TOKEN, tokenData: '['.repeat(101) + ']'.repeat(101) }),
    ).rejects.toMatchObject({ kind: 'InvalidArgument' });
    await expect(client.storeCredentials({ ...ALICE, token: 'a\ud800' })).rejects.toMatchObject({
      kind: 'InvalidArgument',
      field: 'token',
    });
    expect(service.calls).toEqual([]);
  });

  it('and what is read pass unchanged with the policy manual', async () => {
    const service = new FakeService();
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    const client = await service.client('manual');
    await client.storeCredentials({ ...ALICE, token: TOKEN });
    expect(service.last('store_credentials')).toMatchObject([{ token: TOKEN }]);
    const { credentials: read } = await client.leaseAgentCredentials(leaseOf);
    expect(read.token).toMatch(SEALED);
    const location = { ...ALICE, field: 'token' } as const;
    await expect(client.open(read.token, location)).resolves.toBe(TOKEN);
    await expect(client.open(await client.seal(GRANT, location), location)).resolves.toBe(GRANT);
  });
});

describe('what is read', () => {
  it('is opened by every method that gives secrets', async () => {
    const service = new FakeService();
    service.sessionRecipients = service.recipients;
    const token = await service.seal(TOKEN);
    const sealed = credentials(token, await service.seal(GRANT, { field: 'token_data' }));
    const ofSession = session('ses-1', await service.seal(TOKEN, { field: 'session_token' }));
    service.answers.set('get_agent_credentials', [sealed]);
    service.answers.set('get_user_agent_credentials', [sealed]);
    service.answers.set('lease_agent_credentials', lease(token));
    service.answers.set('begin_token_refresh', { Ok: { credentials: sealed, fencing: 1n, deadline: 2n } });
    service.answers.set('get_agent_session', [ofSession]);
    service.answers.set('get_user_agent_sessions', [ofSession]);
    service.answers.set('list_sessions', { Ok: { items: [ofSession], next_cursor: [] } });
    const client = await service.client('require');
    const open = { token: TOKEN, tokenData: GRANT };
    expect(await client.getAgentCredentials(ALICE)).toMatchObject(open);
    expect(await client.getUserAgentCredentials('alice')).toMatchObject([open]);
    expect(await client.leaseAgentCredentials(leaseOf)).toMatchObject({ credentials: { token: TOKEN } });
    expect(await client.beginTokenRefresh(ALICE)).toMatchObject({ credentials: open });
    expect(await client.getAgentSession('ses-1')).toMatchObject({ token: TOKEN });
    expect(await client.getUserAgentSessions('alice')).toMatchObject([{ token: TOKEN }]);
    expect((await client.listSessions({ userId: 'alice' })).items).toMatchObject([{ token: TOKEN }]);
    // The caller is the owner: the two other kinds are tried once, and the key is kept.
    expect(service.count('derive_opening_key')).toBe(3);
  });

  it('is tried as type, as user and as owner, and next time as what the caller was', async () => {
    const service = new FakeService();
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    const client = await service.client();
    await client.leaseAgentCredentials(leaseOf);
    service.recipients = [
      { kind: 'owner', epoch: 1n },
      { kind: 'user', epoch: 9n },
      { kind: 'type', epoch: 9n },
    ];
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    await client.leaseAgentCredentials(leaseOf);
    const asked = service.calls
      .filter(({ method }) => method === 'derive_opening_key')
      .map(({ args: [args] }) => Object.keys((args as { recipient: { kind: object } }).recipient.kind)[0]);
    expect(asked).toEqual(['agent_type', 'user', 'owner', 'owner']);
  });

  it('is refused by names of recipients where the caller is none of them', async () => {
    const service = new FakeService();
    service.caller = 'user';
    const sealed = await service.seal(TOKEN, {}, [
      { kind: 'owner', epoch: 0n },
      { kind: 'type', epoch: 1n },
    ]);
    service.answers.set('lease_agent_credentials', lease(sealed));
    const client = await service.client();
    await expect(client.leaseAgentCredentials(leaseOf)).rejects.toMatchObject({
      code: 'SealedSecretForOthers',
      message:
        'the sealed secret is for owner.0, type.1, and the caller is none of them: only owner may have it',
    });
  });

  it.each([
    ['of another account', { account: 'work' }],
    ['of another agent type', { agentType: 'Asana' }],
    ['of another user', { userId: 'mallory' }],
  ] as const)('is refused where a machine gives what is sealed %s', async (_what, place) => {
    const service = new FakeService();
    service.answers.set('get_agent_credentials', [
      { ...credentials(await service.seal(TOKEN, place)), user_id: 'mallory', agent_type: { Asana: null } },
    ]);
    const client = await service.client();
    await expect(client.getAgentCredentials(ALICE)).rejects.toMatchObject({ code: 'SealedSecretChanged' });
  });

  it('is no secret in clear where the client requires sealing, in lists neither', async () => {
    const service = new FakeService();
    service.answers.set('get_agent_credentials', [credentials(TOKEN)]);
    service.answers.set('list_sessions', { Ok: { items: [session('ses-1', TOKEN)], next_cursor: [] } });
    const [client, strict] = [await service.client(), await service.client('require')];
    expect(await client.getAgentCredentials(ALICE)).toMatchObject({ token: TOKEN });
    for (const read of [strict.getAgentCredentials(ALICE), strict.listSessions({ userId: 'alice' })]) {
      await expect(read).rejects.toMatchObject({
        kind: 'VerificationFailed',
        code: 'SecretInClear',
        message: expect.not.stringContaining(TOKEN),
      });
    }
    // For whoever may not have a token it is empty.
    service.answers.set('get_agent_credentials', [credentials('')]);
    expect(await strict.getAgentCredentials(ALICE)).toMatchObject({ token: '' });
  });

  it('stays sealed in a list where it does not open, and the others are opened', async () => {
    const service = new FakeService();
    const ofOthers = await service.seal(TOKEN, { field: 'session_token' }, [{ kind: 'type', epoch: 5n }]);
    const own = await service.seal(TOKEN, { field: 'session_token' });
    const items = [
      session('ses-4', ofOthers),
      session('ses-3', 'agent-service-sealed:1:broken'),
      session('ses-2', own),
      session('ses-1', ofOthers),
    ];
    service.answers.set('list_sessions', { Ok: { items, next_cursor: [] } });
    const client = await service.client();
    const { items: read } = await client.listSessions({ userId: 'alice' });
    expect(read.map(({ token }) => token)).toEqual([
      ofOthers,
      'agent-service-sealed:1:broken',
      TOKEN,
      ofOthers,
    ]);
    expect(service.count('derive_opening_key')).toBe(3);
  });

  it('stays sealed in a list once the service gives no more keys, which a single read tells', async () => {
    const service = new FakeService();
    const sealed = await service.seal(TOKEN, { field: 'session_token' });
    const items = [session('ses-2', sealed), session('ses-1', sealed)];
    service.answers.set('list_sessions', { Ok: { items, next_cursor: [] } });
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    service.refuse = ({ method }) =>
      method === 'derive_opening_key'
        ? { value: { Err: { RateLimited: { retry_after_ns: 5n } } } }
        : undefined;
    const client = await service.client();
    const { items: read } = await client.listSessions({ userId: 'alice' });
    expect(read.map(({ token }) => token)).toEqual([sealed, sealed]);
    expect(service.count('derive_opening_key')).toBe(1);
    await expect(client.leaseAgentCredentials(leaseOf)).rejects.toMatchObject({
      kind: 'RateLimited',
      retryAfterNs: 5n,
    });
  });

  it('says that a secret was replaced while it was read', async () => {
    const service = new FakeService();
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    service.refuse = ({ method }) =>
      method === 'derive_opening_key' ? { value: { Err: { NotFound: null } } } : undefined;
    const client = await service.client();
    await expect(client.leaseAgentCredentials(leaseOf)).rejects.toMatchObject({
      code: 'SealedSecretReplaced',
    });
  });

  it('is not opened with a key of another network', async () => {
    const service = new FakeService();
    service.master = vetKdMaster('dfx_test_key');
    service.caller = 'type';
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    const client = await service.client();
    await expect(client.leaseAgentCredentials(leaseOf)).rejects.toMatchObject({
      code: 'OpeningKeyUntrusted',
    });
  });
});

describe('keys', () => {
  it('are derived once for all who wait for them', async () => {
    const service = new FakeService();
    service.caller = 'type';
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    const client = await service.client();
    await Promise.all([1, 2, 3].map(() => client.leaseAgentCredentials(leaseOf)));
    expect(service.count('derive_opening_key')).toBe(1);
  });

  it('are forgotten when the client is closed, and in nothing that is printed', async () => {
    const service = new FakeService();
    service.caller = 'type';
    service.answers.set('lease_agent_credentials', lease(await service.seal(TOKEN)));
    const client = await service.client();
    const shown = () => inspect(client, { depth: 20, showHidden: true });
    const before = shown();
    await client.leaseAgentCredentials(leaseOf);
    expect(shown()).toBe(before);
    expect(JSON.parse(JSON.stringify(client))).toEqual({ canisterId: expect.anything() as unknown });
    client.close();
    await client.leaseAgentCredentials(leaseOf);
    expect(service.count('derive_opening_key')).toBe(2);
  });
});

describe('the master key', () => {
  it('of a local network is the one that its network has by the name key_1', () => {
    const { publicKey } = vetKdMaster('key_1');
    expect(masterKeyOf(Uint8Array.of(1)).publicKeyBytes()).toEqual(publicKey);
  });

  it("is the Internet Computer's where the root key is, and where none is given", async () => {
    const { IC_ROOT_KEY } = await import('@dfinity/agent');
    const { MasterPublicKey } = await import('@dfinity/vetkeys');
    const production = MasterPublicKey.productionKey().publicKeyBytes();
    expect(masterKeyOf(undefined).publicKeyBytes()).toEqual(production);
    expect(masterKeyOf(Buffer.from(IC_ROOT_KEY, 'hex')).publicKeyBytes()).toEqual(production);
    expect(production).not.toEqual(vetKdMaster('key_1').publicKey);
  });
});
