import { generateKeyPairSync } from 'node:crypto';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { LocalService } from '../../src/cli/local/local-service.ts';
import {
  AgentServiceClient,
  CallRejectedError,
  ConflictError,
  InvalidArgumentError,
  NotFoundError,
  QuotaExceededError,
  RateLimitedError,
  UnauthorizedError,
  VerificationFailedError,
} from '../../src/client/index.ts';
import { identityFromPem } from '../../src/client/node.ts';
import { clientOf, setupLocalService } from './support/local-service.ts';
import { tamperingProxy } from './support/tampering-proxy.ts';

const rootKeyOf = ({ rootKey }: LocalService) => new Uint8Array(Buffer.from(rootKey, 'hex'));

/** The last id that the local network can give to a canister. */
const UNUSED_ID = Principal.fromHex('FFFFFFFFFFEFFFFF0101').toText();

describe('AgentServiceClient', () => {
  it('throws each refusal as an error of its kind', async () => {
    const service = await setupLocalService();
    const client = await clientOf(service);
    const userId = 'alice';
    const sessionId = await client.createAgentSession({ userId, agentType: 'GitHub' });
    await client.endAgentSession(sessionId);
    await expect(client.endAgentSession(sessionId)).rejects.toThrow(ConflictError);
    await expect(client.endAgentSession('ses-00000000000000ff')).rejects.toThrow(NotFoundError);

    const invalid: unknown = await client
      .createAgentSession({ userId: '', agentType: 'GitHub' })
      .catch((error: unknown) => error);
    expect(invalid).toBeInstanceOf(InvalidArgumentError);
    expect(invalid).toMatchObject({ kind: 'InvalidArgument', field: 'user_id' });

    const stranger = await clientOf(service, 'user');
    await expect(stranger.createAgentSession({ userId, agentType: 'GitHub' })).rejects.toThrow(
      UnauthorizedError,
    );
  });

  it('links a user, who owns what is held about them then', async () => {
    const service = await setupLocalService();
    const agent = await clientOf(service);
    const admin = await clientOf(service, 'admin');
    const user = await clientOf(service, 'user');
    const sessionId = await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub', token: 't' });
    await expect(user.getUserAgentSessions('alice')).rejects.toThrow(UnauthorizedError);
    const { code, expiresAt } = await agent.createLinkCode('alice');
    expect(expiresAt).toBeGreaterThan(0n);
    expect(await user.redeemLinkCode(code)).toBe('alice');
    await expect(user.redeemLinkCode(code)).rejects.toThrow(NotFoundError);
    await expect(agent.createLinkCode('alice')).rejects.toThrow(ConflictError);
    expect(await user.getAgentSession(sessionId)).toMatchObject({ token: 't' });
    const self = service.identities.user.identity.getPrincipal().toText();
    expect(await user.listMyUsers()).toEqual([
      { userId: self, linkedAt: undefined },
      { userId: 'alice', linkedAt: expect.any(BigInt) as bigint },
    ]);
    await admin.unlinkUser('alice');
    expect(await user.listMyUsers()).toHaveLength(1);
  });

  it('throws the rejects of methods without an Err as the same errors', async () => {
    const service = await setupLocalService();
    const client = await clientOf(service);
    const stranger = await clientOf(service, 'user');
    await expect(stranger.getAgentStatus('alice')).rejects.toThrow(UnauthorizedError);
    const rejected: unknown = await client
      .logAgentActivity({
        userId: 'alice',
        agentType: 'Gmail',
        activityType: 'EmailSent',
        description: 'sent',
        metadata: '{',
      })
      .catch((error: unknown) => error);
    expect(rejected).toBeInstanceOf(InvalidArgumentError);
    expect(rejected).toMatchObject({ field: 'metadata', message: 'metadata must be valid JSON' });
  });

  it('throws what limits refuse with what was asked for, and what there is', async () => {
    const service = await setupLocalService();
    const [client, admin] = [await clientOf(service), await clientOf(service, 'admin')];
    const agent = service.identities.agent.identity.getPrincipal();
    const activity = { userId: 'alice', agentType: 'Gmail', activityType: 'EmailSent' } as const;
    const log = (description: string) =>
      client.logAgentActivity({ ...activity, description }).catch((error: unknown) => error);
    expect(await log('a first one')).toBeUndefined();
    await admin.setAgentLimits({ agent, limits: { bytes: 1n } });
    expect(await admin.getAgentLimits(agent)).toMatchObject({ bytes: 1n, interactions: undefined });
    const exceeded = await log('one too many');
    expect(exceeded).toBeInstanceOf(QuotaExceededError);
    expect(exceeded).toMatchObject({ resource: 'bytes', limit: 1n });
    await expect(client.logActivity({ ...activity, description: 'another' })).rejects.toThrow(
      QuotaExceededError,
    );
    const { bytes } = await client.getUsage('alice');
    expect(bytes.used).toBeGreaterThan(bytes.limit);
    await admin.setAgentLimits({ agent, limits: { callerBurst: 1n, callerPerMinute: 1n } });
    expect(await log('one at once')).toBeUndefined();
    const limited = await log('one too soon');
    expect(limited).toBeInstanceOf(RateLimitedError);
    expect(limited).toHaveProperty('retryAfterNs', expect.any(BigInt));
    const { limits } = await admin.getSettings();
    expect(limits.callerBurst).toBe(200n);
  });

  it('sends a write again under its request id without doing it twice', async () => {
    const client = await clientOf(await setupLocalService());
    const request = { userId: 'alice', agentType: 'GitHub', requestId: 'once' } as const;
    const sessionId = await client.createSession(request);
    expect(await client.createSession(request)).toBe(sessionId);
    await expect(client.createSession({ ...request, token: 't' })).rejects.toThrow(ConflictError);
    const asked = {
      userId: 'alice',
      agentType: 'GitHub',
      message: 'm',
      response: 'r',
      success: true,
    } as const;
    const id = await client.storeInteraction({ ...asked, sessionId });
    expect(await client.getAgentInteraction(id)).toMatchObject({ sessionId });
    expect(await client.getUserAgentSessions('alice')).toHaveLength(1);
  });

  it('tells a reject of the network by its codes', async () => {
    const service = await setupLocalService();
    const client = await clientOf({ ...service, canisterId: UNUSED_ID });
    const rejected: unknown = await client.getAgentStatus('alice').catch((error: unknown) => error);
    expect(rejected).toBeInstanceOf(CallRejectedError);
    expect(rejected).toMatchObject({ rejectCode: 3, errorCode: 'IC0301' });
  });

  it('reads every page of a list', async () => {
    const client = await clientOf(await setupLocalService());
    const userId = 'alice';
    const names = ['one', 'two', 'three', 'four', 'five'];
    for (const message of names) {
      await client.storeAgentInteraction({
        userId,
        agentType: 'Asana',
        message,
        response: 'ok',
        success: true,
      });
    }
    const read: string[] = [];
    for await (const { message } of client.eachInteraction({ userId, limit: 2 })) read.push(message);
    expect(read).toEqual([...names].reverse());
  });

  it('leases and refreshes the token of an account', async () => {
    const client = await clientOf(await setupLocalService());
    const account = { userId: 'alice', agentType: 'Gmail', account: 'work' } as const;
    await client.storeCredentials({ ...account, token: 'first', projectIds: [['1', 'One']] });
    const { credentials } = await client.leaseAgentCredentials({ ...account, purpose: 'to read mail' });
    expect(credentials).toMatchObject({ token: 'first', projectIds: [['1', 'One']] });
    const { fencing } = await client.beginTokenRefresh(account);
    await expect(client.beginTokenRefresh(account)).rejects.toThrow(ConflictError);
    await client.completeTokenRefresh({ ...account, fencing, outcome: { failed: { reason: 'away' } } });
    expect(await client.listCredentials({ userId: 'alice' })).toMatchObject([
      { account: 'work', state: 'refresh_failed', stateReason: 'away' },
    ]);
    const again = await client.beginTokenRefresh(account);
    const outcome = { refreshed: { token: 'second', tokenData: '{"scope":"mail"}' } };
    await client.completeTokenRefresh({ ...account, fencing: again.fencing, outcome });
    const lease = await client.leaseAgentCredentials({ ...account, purpose: 'to read mail' });
    expect(lease.credentials).toMatchObject({ token: 'second', tokenData: '{"scope":"mail"}' });
  });

  it('lets the owner name agents and dismiss them', async () => {
    const service = await setupLocalService();
    const admin = await clientOf(service, 'admin');
    const user = await clientOf(service, 'user');
    const agent = service.identities.user.identity.getPrincipal();
    await admin.addAgent({ agent, name: 'A second agent' });
    expect((await admin.listAgents()).map(({ name }) => name)).toContain('A second agent');
    expect(await user.getUserAgentSessions('alice')).toEqual([]);
    await admin.removeAgent(agent);
    await expect(user.getUserAgentSessions('alice')).rejects.toThrow(UnauthorizedError);
  });

  it('does not fetch the key of a network that it was not told to be local', async () => {
    const { url, canisterId, identities } = await setupLocalService();
    const { identity } = identities.agent;
    const client = await AgentServiceClient.create({ host: url, canisterId, identity });
    await expect(client.cleanupExpiredSessions()).rejects.toThrow(VerificationFailedError);
    const local = await AgentServiceClient.create({ host: url, canisterId, identity, local: true });
    expect(await local.cleanupExpiredSessions()).toBe(0);
  });

  it.each([
    ['query', 'alice'],
    ['call', 'InvalidArgument'],
  ])('refuses an answer to a %s that was altered on the way', async (endpoint, text) => {
    const service = await setupLocalService();
    const client = await AgentServiceClient.create({
      host: await tamperingProxy(service.url, endpoint, text),
      canisterId: service.canisterId,
      identity: service.identities.agent.identity,
      rootKey: rootKeyOf(service),
    });
    const answer =
      endpoint === 'query'
        ? client.getAgentStatus('alice')
        : client.logAgentActivity({
            userId: 'alice',
            agentType: 'Gmail',
            activityType: 'EmailSent',
            description: 'sent',
            metadata: '{',
          });
    await expect(answer).rejects.toThrow(VerificationFailedError);
  });
});

describe('identityFromPem', () => {
  const pemOf = (curve: 'secp256k1' | 'P-256', type: 'sec1' | 'pkcs8') =>
    generateKeyPairSync('ec', { namedCurve: curve }).privateKey.export({ type, format: 'pem' }).toString();

  it.each([
    ['secp256k1 in SEC1', () => pemOf('secp256k1', 'sec1')],
    ['secp256k1 in PKCS#8', () => pemOf('secp256k1', 'pkcs8')],
    [
      'secp256k1 after its parameters, as dfx writes it',
      () =>
        `-----BEGIN EC PARAMETERS-----\nBgUrgQQACg==\n-----END EC PARAMETERS-----\n${pemOf('secp256k1', 'sec1')}`,
    ],
    ['P-256 in PKCS#8', () => pemOf('P-256', 'pkcs8')],
    [
      'Ed25519',
      () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ],
  ])('reads %s, and the network accepts its signatures', async (_kind, makePem) => {
    const service = await setupLocalService();
    const identity = await identityFromPem(makePem());
    const client = await AgentServiceClient.create({
      host: service.url,
      canisterId: service.canisterId,
      identity,
      rootKey: rootKeyOf(service),
    });
    // The service knows who calls, and that it is no agent.
    await expect(client.getAgentStatus('alice')).rejects.toThrow(/the caller is not an agent/);
  });

  it('gives the principal of the key', async () => {
    const secret = new Uint8Array(32).fill(7);
    const expected = Ed25519KeyIdentity.fromSecretKey(secret);
    const publicKey = expected.getPublicKey().toRaw();
    const hex = (text: string) => Buffer.from(text, 'hex');
    const version1 = Buffer.concat([hex('302e020100300506032b657004220420'), secret]);
    // With the public key behind it, as older versions of dfx write it.
    const version2 = Buffer.concat([
      hex('3053020101300506032b657004220420'),
      secret,
      hex('a123032100'),
      publicKey,
    ]);
    for (const pkcs8 of [version1, version2]) {
      const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
      expect((await identityFromPem(pem)).getPrincipal().toText()).toBe(expected.getPrincipal().toText());
    }
  });

  it.each([
    ['an empty text', ''],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    [
      'a key with a password',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----',
    ],
    ['a damaged key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
  ])('refuses %s', async (_kind, pem) => {
    await expect(identityFromPem(pem, 'key.pem')).rejects.toThrow(
      'key.pem is no private key in PEM without a password',
    );
  });
});
