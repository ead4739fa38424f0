import {
  AgentError,
  AnonymousIdentity,
  CanisterStatus,
  HttpAgent,
  type Identity,
  polling,
  QueryResponseStatus,
  TrustError,
} from '@dfinity/agent';
import { DelegationChain, DelegationIdentity, ECDSAKeyIdentity, Ed25519KeyIdentity } from '@dfinity/identity';
import { Secp256k1KeyIdentity } from '@dfinity/identity-secp256k1';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { createNetworkKeys } from '../../../src/replica/certification/network-keys.ts';
import { StateTree } from '../../../src/replica/certification/state-tree.ts';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { canisterId, keys, owner, setupListeningNetwork, stranger } from './setup-network.ts';

const agentOf = (host: string, identity: Identity) =>
  HttpAgent.create({ host, identity, shouldFetchRootKey: true, retryTimes: 0 });

/** Calls and follows the call to its verified reply, as an actor does. */
async function callAndRead(agent: HttpAgent, methodName: string, callSync: boolean): Promise<Uint8Array> {
  const { requestId } = await agent.call(canisterId, { methodName, arg: utf8('hi'), callSync });
  const { reply } = await polling.pollForResponse(agent, canisterId, requestId);
  return reply;
}

async function delegated(): Promise<Identity> {
  const session = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(9));
  const chain = await DelegationChain.create(owner, session.getPublicKey(), new Date(Date.now() + 600_000), {
    targets: [canisterId],
  });
  return DelegationIdentity.fromDelegation(session, chain);
}

const identities: readonly (readonly [string, () => Identity | Promise<Identity>])[] = [
  ['anonymous', () => new AnonymousIdentity()],
  ['Ed25519', () => owner],
  ['secp256k1', () => Secp256k1KeyIdentity.generate(new Uint8Array(32).fill(6))],
  ['P-256', () => ECDSAKeyIdentity.generate()],
  ['delegated', delegated],
];

describe('an agent that verifies everything', () => {
  it.each(identities)('calls, queries and reads as %s', async (_scheme, makeIdentity) => {
    const { host, subnet } = await setupListeningNetwork();
    const identity = await makeIdentity();
    const agent = await agentOf(host, identity);
    for (const callSync of [true, false]) {
      expect(await callAndRead(agent, 'echo', callSync)).toEqual(utf8('hi'));
    }
    expect(subnet.ran[0]?.sender).toEqual(identity.getPrincipal().toUint8Array());
    const answer = await agent.query(canisterId, { methodName: 'echo', arg: utf8('ho') });
    expect(answer).toMatchObject({ status: QueryResponseStatus.Replied, reply: { arg: utf8('ho') } });
  });

  it('gets the certificate of a synchronous call at once', async () => {
    const { host } = await setupListeningNetwork();
    const agent = await agentOf(host, owner);
    const { response } = await agent.call(canisterId, { methodName: 'echo', arg: utf8('hi') });
    expect(response.status).toBe(200);
    expect(response.body).toHaveProperty('certificate');
  });

  it.each([true, false])('learns of rejects (synchronous: %s)', async (callSync) => {
    const { host } = await setupListeningNetwork();
    const agent = await agentOf(host, owner);
    await expect(callAndRead(agent, 'trap', callSync)).rejects.toThrow(/the canister trapped[^]*IC0503/);
    const refused = await agent.call(canisterId, { methodName: 'refuse', arg: utf8('hi'), callSync });
    expect(refused.response).toMatchObject({
      status: 200,
      body: { reject_code: 4, reject_message: 'inspect_message refused', error_code: 'IC0406' },
    });
    const answer = await agent.query(canisterId, { methodName: 'trap', arg: utf8('hi') });
    expect(answer).toMatchObject({
      status: QueryResponseStatus.Rejected,
      reject_code: 5,
      error_code: 'IC0503',
    });
  });

  it('polls where the outcome of a synchronous call takes too long', async () => {
    const { host, subnet, state } = await setupListeningNetwork({ callTimeoutMs: 20 });
    const agent = await agentOf(host, owner);
    const { requestId, response } = await agent.call(canisterId, { methodName: 'hang', arg: utf8('hi') });
    expect(response.status).toBe(202);
    state.setRequestStatus(requestId, { kind: 'replied', reply: utf8('late') });
    state.setTime(subnet.now());
    const { reply } = await polling.pollForResponse(agent, canisterId, requestId);
    expect(reply).toEqual(utf8('late'));
  });

  it('reads the status of a canister', async () => {
    const { host } = await setupListeningNetwork();
    const agent = await agentOf(host, stranger);
    const status = await CanisterStatus.request({
      agent,
      canisterId,
      paths: ['time', 'controllers', 'candid', 'module_hash', 'subnet'],
    });
    expect(status.get('candid')).toBe('service : {}');
    expect(status.get('controllers')).toEqual([owner.getPrincipal()]);
    expect(status.get('module_hash')).toBe('05'.repeat(32));
    const node = Principal.fromUint8Array(keys.nodeId).toText();
    expect(status.get('subnet')).toMatchObject({ nodeKeys: new Map([[node, keys.node.publicKeyDer]]) });
  });

  it("reads a subnet's own state at the subnet", async () => {
    const { host } = await setupListeningNetwork();
    const agent = await agentOf(host, stranger);
    expect(await agent.fetchSubnetKeys(canisterId)).toBeDefined();
    expect(await agent.status()).toMatchObject({ root_key: keys.root.publicKeyDer });
  });

  it('refuses what another network signed', async () => {
    const others = createNetworkKeys({ root: new Uint8Array(32).fill(8), node: new Uint8Array(32).fill(2) });
    const forged = new StateTree({ keys: others, type: 'application', canisterRanges: [] });
    forged.setTime(BigInt(Date.now()) * 1_000_000n);
    const { host } = await setupListeningNetwork({ state: forged });
    const agent = await agentOf(host, owner);
    await expect(callAndRead(agent, 'echo', true)).rejects.toBeInstanceOf(TrustError);
  });

  it('refuses a query reply that another node signed', async () => {
    const impostor = createNetworkKeys({
      root: new Uint8Array(32).fill(1),
      node: new Uint8Array(32).fill(8),
    });
    const { host } = await setupListeningNetwork({ keys: { ...keys, node: impostor.node } });
    const agent = await agentOf(host, owner);
    await expect(agent.query(canisterId, { methodName: 'echo', arg: utf8('hi') })).rejects.toBeInstanceOf(
      AgentError,
    );
  });

  it('sets its clock by the network where its own is off', async () => {
    const ahead = 3_600_000_000_000n;
    const now = () => BigInt(Date.now()) * 1_000_000n + ahead;
    const { host, state, subnet } = await setupListeningNetwork({ clock: now });
    subnet.now = now;
    state.setTime(now());
    const agent = await agentOf(host, owner);
    expect(await callAndRead(agent, 'echo', true)).toEqual(utf8('hi'));
  });
});
