import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AgentServiceClient, VerificationFailedError } from '../../src/client/index.ts';
import { identityFromPemFile } from '../../src/client/node.ts';
import { Callers } from '../../src/gateway/callers/callers.ts';
import { callerOf } from '../../src/json-interface/callers/caller.ts';
import { serviceMethod } from '../../src/json-interface/methods/service-method.ts';
import { createNetworkKeys } from '../../src/replica/certification/network-keys.ts';
import { setupCommand } from './support/command.ts';
import { setupFolder, setupLocalService } from './support/local-service.ts';

const HINT = "the certificate's signature is not the network's: a local network? give root_key";

describe('first contact: a local network without its root key', () => {
  it('is told in the same words by the client, the gateway and the terminal', async () => {
    const { url, canisterId, identities } = await setupLocalService();
    const identity = await identityFromPemFile(identities.agent.path);
    const client = await AgentServiceClient.create({ host: url, canisterId, identity });
    for (const call of [
      () => client.getAgentStatus('alice'),
      () => client.createAgentSession({ userId: 'alice', agentType: 'GitHub' }),
    ]) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(VerificationFailedError);
      expect(error).toMatchObject({ message: HINT, kind: 'VerificationFailed', certified: false });
    }
    const callers = new Callers({ host: url, canisterId });
    const pem = readFileSync(identities.agent.path, 'utf8');
    const caller = await callers.of({ id: 'a', name: 'a', pem, principal: '', createdAt: '' } as never);
    for (const [name, values] of [
      ['get_agent_status', { user_id: 'alice' }],
      ['end_agent_session', { session_id: 'ses-0000000000000001' }],
    ] as const) {
      await expect(caller.call(serviceMethod(name), values)).rejects.toMatchObject({
        kind: 'UntrustedAnswer',
        message: HINT,
      });
    }
    const where = ['--network', url, '--canister', canisterId, '--identity', identities.agent.path];
    const command = setupCommand('status', 'alice', ...where, '--directory', setupFolder());
    expect([await command.exit(), command.errors]).toEqual([1, expect.stringContaining(HINT)]);
  });
});

describe('first contact: the root key of another network', () => {
  it('is told in the same words by the client, the gateway and the terminal, and nothing is taken from the answer', async () => {
    const { url, canisterId, identities } = await setupLocalService();
    const rootKey = createNetworkKeys({ root: new Uint8Array(32).fill(7), node: new Uint8Array(32).fill(8) })
      .root.publicKeyDer;
    const identity = await identityFromPemFile(identities.agent.path);
    const client = await AgentServiceClient.create({ host: url, canisterId, identity, rootKey });
    const caller = await callerOf({ host: url, canisterId, rootKey }, identity);
    const told =
      "the certificate's signature is not the network's: root_key is another network's, or the answer was changed on its way";
    for (const call of [
      () => client.getAgentStatus('alice'),
      () => client.createAgentSession({ userId: 'alice', agentType: 'GitHub' }),
    ]) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(VerificationFailedError);
      expect(error).toMatchObject({ message: told, kind: 'VerificationFailed', certified: false });
    }
    for (const [name, values] of [
      ['get_agent_status', { user_id: 'alice' }],
      ['create_agent_session', { user_id: 'alice', agent_type: 'GitHub' }],
    ] as const) {
      await expect(caller.call(serviceMethod(name), values)).rejects.toMatchObject({
        kind: 'UntrustedAnswer',
        message: told,
      });
    }
    const where = ['--network', url, '--canister', canisterId, '--identity', identities.agent.path];
    const key = ['--root-key', Buffer.from(rootKey).toString('hex'), '--directory', setupFolder()];
    for (const words of [
      ['status', 'alice'],
      ['sessions', 'begin', 'alice', '--type', 'GitHub'],
    ]) {
      const command = setupCommand(...words, ...where, ...key);
      expect([await command.exit(), command.errors.trim()]).toEqual([1, told]);
    }
  });
});

describe('first contact: a network that stops', () => {
  it('is always told as not reached, with its URL, by the gateway and MCP', async () => {
    const service = await setupLocalService();
    const { url, canisterId, identities } = service;
    const rootKey = new Uint8Array(Buffer.from(service.rootKey, 'hex'));
    const callers = new Callers({ host: url, canisterId, rootKey });
    const pem = readFileSync(identities.agent.path, 'utf8');
    const callerOf = (id: string) => callers.of({ id, name: id, pem, principal: '', createdAt: '' } as never);
    const [known, fresh] = [await callerOf('known'), await callerOf('fresh')];
    // One knows the network's keys, the other has never asked.
    await known.call(serviceMethod('get_agent_status'), { user_id: 'alice' });
    await service.network.close();
    for (const caller of [known, fresh, known]) {
      for (const [name, values] of [
        ['get_agent_status', { user_id: 'alice' }],
        ['end_agent_session', { session_id: 'ses-0000000000000001' }],
      ] as const) {
        await expect(caller.call(serviceMethod(name), values)).rejects.toMatchObject({
          kind: 'NetworkUnreachable',
          message: `the network is not reached at ${url}`,
        });
      }
    }
  });
});
