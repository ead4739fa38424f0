import { describe, expect, it } from 'vitest';
import { CanisterCalls } from '../../../src/client/calls/canister-calls.ts';
import { SealedCalls } from '../../../src/client/sealing/sealed-calls.ts';
import { createCaller } from '../../../src/json-interface/callers/caller.ts';
import { serviceMethod } from '../../../src/json-interface/methods/service-method.ts';
import { setupLocalService } from '../../e2e/support/local-service.ts';
import { tamperingProxy } from '../../e2e/support/tampering-proxy.ts';

describe('a caller', () => {
  it.each([
    ['a query', 'get_agent_status', 'query', 'alice'],
    ['an update', 'create_agent_session', 'call', 'ses-'],
  ])('trusts no answer to %s that was altered on the way', async (_name, method, endpoint, text) => {
    const { url, canisterId, rootKey, identities } = await setupLocalService();
    const calls = await CanisterCalls.create({
      host: await tamperingProxy(url, endpoint, text),
      canisterId,
      rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
      identity: identities.agent.identity,
    });
    const caller = createCaller('p', new SealedCalls(calls));
    const values = { user_id: 'alice', agent_type: 'GitHub' };
    await expect(caller.call(serviceMethod(method), values)).rejects.toMatchObject({
      kind: 'UntrustedAnswer',
    });
  });

  it('waits for no answer for longer than its time', async () => {
    const { url, canisterId, rootKey, identities } = await setupLocalService();
    const calls = await CanisterCalls.create({
      host: url,
      canisterId,
      rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
      identity: identities.agent.identity,
      timeoutMs: 1,
    });
    const caller = createCaller('p', new SealedCalls(calls));
    await expect(caller.call(serviceMethod('cleanup_expired_sessions'), {})).rejects.toMatchObject({
      kind: 'NetworkTimeout',
    });
  });
});
