import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SignIdentity } from '@dfinity/agent';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readModule } from '../../../src/cli/files/project.ts';
import { TestNetwork } from '../../../src/cli/testing/test-network.ts';
import { AgentServiceClient, type SealingPolicy } from '../../../src/client/index.ts';
import { identityFromPem } from '../../../src/client/node.ts';

let directory: string;
let network: TestNetwork;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sealing-'));
  network = await TestNetwork.create({ directory, module: readModule() });
});

afterAll(async () => {
  await network.dispose();
  rmSync(directory, { recursive: true, force: true });
});

const TOKEN = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const LATER = 'gho_2222222222222222222222222222222222';

/** A service of its own, and how an identity calls it. */
async function setupService() {
  const { url } = await network.fork();
  const { canister_id: canisterId, root_key: rootKey, pems } = network.facts;
  const clientOf = (identity: SignIdentity, sealing?: SealingPolicy) =>
    AgentServiceClient.create({
      host: url,
      canisterId,
      identity,
      rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
      sealing,
    });
  const identityOf = (role: keyof typeof pems) => identityFromPem(readFileSync(pems[role], 'utf8'));
  const user = await identityOf('user');
  return {
    clientOf,
    agent: await clientOf(await identityOf('agent')),
    asAgent: await identityOf('agent'),
    admin: await clientOf(await identityOf('admin')),
    owner: await clientOf(user),
    account: { userId: user.getPrincipal().toText(), agentType: 'GitHub' } as const,
  };
}

const leaseOf = (account: { userId: string; agentType: 'GitHub' }) => ({ ...account, purpose: 'a test' });

describe('a client of the service', () => {
  it('seals and opens as agent, as owner and as an agent that the user granted, until that is withdrawn', async () => {
    const { agent, admin, owner, account, clientOf } = await setupService();
    const third = Ed25519KeyIdentity.generate();
    const granted = await clientOf(third);
    await admin.addAgent({ agent: third.getPrincipal(), name: 'A third party', scope: 'granted_users' });
    await owner.grantAgent({ userId: account.userId, agent: third.getPrincipal() });
    await agent.storeCredentials({ ...account, token: TOKEN, tokenData: '{"refresh_token":"ghr_1"}' });
    for (const client of [agent, owner, granted]) {
      const { credentials } = await client.leaseAgentCredentials(leaseOf(account));
      expect(credentials).toMatchObject({ token: TOKEN, tokenData: '{"refresh_token":"ghr_1"}' });
    }
    const [stored] = await agent.listCredentials({ userId: account.userId });
    expect(stored).toMatchObject({ tokenForm: 'sealed', tokenDataForm: 'sealed' });

    await owner.withdrawAgent({ userId: account.userId, agent: third.getPrincipal() });
    // The agent that stores knows the recipients of before: the service refuses these, and it seals again.
    await agent.storeCredentials({ ...account, token: LATER });
    const raw = await clientOf(
      await identityFromPem(readFileSync(network.facts.pems.user, 'utf8')),
      'manual',
    );
    const { credentials: sealed } = await raw.leaseAgentCredentials(leaseOf(account));
    expect(sealed.token).toMatch(/^agent-service-sealed:1:token:owner\.0,user\.[1-9]\d*,type\.0:/);
    const location = { ...account, field: 'token' } as const;
    // Its key is still in memory, and of no use; the service gives it no other.
    await expect(granted.open(sealed.token, location)).rejects.toMatchObject({
      code: 'SealedSecretForOthers',
    });
    await expect(owner.open(sealed.token, location)).resolves.toBe(LATER);
  });

  it('seals and opens the tokens of sessions', async () => {
    const { agent, owner, account, clientOf, asAgent } = await setupService();
    const sessionId = await agent.createAgentSession({ ...account, token: TOKEN });
    const other = await clientOf(asAgent);
    // It did not begin the session, so that it asks whose it is.
    await other.updateAgentSession({ sessionId, token: LATER });
    expect(await agent.getAgentSession(sessionId)).toMatchObject({ token: LATER });
    expect(await owner.getUserAgentSessions(account.userId)).toMatchObject([{ token: LATER }]);
    const raw = await clientOf(asAgent, 'manual');
    expect((await raw.getAgentSession(sessionId))?.token).toMatch(/^agent-service-sealed:1:session_token:/);
    await expect(other.updateAgentSession({ sessionId: 'ses_unknown', token: TOKEN })).rejects.toMatchObject({
      kind: 'NotFound',
    });
  });

  it('refreshes a token that is sealed', async () => {
    const { agent, owner, account } = await setupService();
    await agent.storeCredentials({ ...account, token: TOKEN, tokenData: '{"refresh_token":"ghr_1"}' });
    const { credentials, fencing } = await agent.beginTokenRefresh(account);
    expect(credentials.tokenData).toBe('{"refresh_token":"ghr_1"}');
    await agent.completeTokenRefresh({ ...account, fencing, outcome: { refreshed: { token: LATER } } });
    expect((await owner.leaseAgentCredentials(leaseOf(account))).credentials).toMatchObject({
      token: LATER,
      tokenData: '{"refresh_token":"ghr_1"}',
    });
  });

  it('keeps a private account from agents for every user', async () => {
    const { agent, owner, account } = await setupService();
    await agent.storeCredentials({ ...account, token: TOKEN });
    await owner.setAccountPrivacy({ ...account, isPrivate: true });
    // It knows the recipients of before.
    await agent.storeCredentials({ ...account, token: LATER });
    const { credentials } = await owner.leaseAgentCredentials(leaseOf(account));
    expect(credentials.token).toBe(LATER);
    await expect(agent.leaseAgentCredentials(leaseOf(account))).rejects.toMatchObject({
      kind: 'Unauthorized',
    });
  });

  it('seals for a service that requires it, and stores in clear where the service is off', async () => {
    const { agent, admin, account, clientOf, asAgent } = await setupService();
    const plain = await clientOf(asAgent, 'manual');
    await admin.updateSealing('off');
    await agent.storeCredentials({ ...account, token: TOKEN });
    expect((await agent.listCredentials({ userId: account.userId }))[0]).toMatchObject({
      tokenForm: 'clear',
    });
    await admin.updateSealing('require');
    await expect(plain.storeCredentials({ ...account, token: TOKEN })).rejects.toMatchObject({
      kind: 'InvalidArgument',
    });
    await agent.storeCredentials({ ...account, token: TOKEN });
    expect((await agent.listCredentials({ userId: account.userId }))[0]).toMatchObject({
      tokenForm: 'sealed',
    });
  });

  it('sends the same call again with a request id', async () => {
    const { agent, account } = await setupService();
    const request = { ...account, token: TOKEN, requestId: 'req-1' };
    await agent.storeCredentials(request);
    await agent.storeCredentials(request);
    await expect(agent.storeCredentials({ ...request, token: LATER })).rejects.toMatchObject({
      kind: 'Conflict',
    });
    const id = await agent.createSession({ ...request, requestId: 'req-2' });
    await expect(agent.createSession({ ...request, requestId: 'req-2' })).resolves.toBe(id);
  });
});
