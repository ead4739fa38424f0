import { CanisterStatus, HttpAgent, polling, QueryResponseStatus } from '@dfinity/agent';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { describe, expect, it, onTestFinished } from 'vitest';
import { toHex, utf8 } from '../../src/replica/codec/bytes.ts';
import { sha256 } from '../../src/replica/codec/sha256.ts';
import { Network, type NetworkOptions } from '../../src/replica/network.ts';
import { canister, data, query, update, withSection } from './support/canister-wat.ts';
import { expectReply, i32, replyI32 } from './support/outcomes.ts';
import { setupDirectory } from './support/setup-directory.ts';
import { SECOND, START, setupNetwork, TestNetwork } from './support/setup-network.ts';

const identity = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(3));

const MODULE = withSection(
  withSection(
    canister(`
      ${data(100, 'certified')} (global $count (mut i32) (i32.const 0))
      ${update(
        'certify',
        `(call $ic0.certified_data_set (i32.const 100) (i32.const 9))
         (global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))`,
      )}
      ${update('trap', 'unreachable')} ${query('count', '(call $reply_i32 (global.get $count))')}`),
    'icp:public greeting',
    utf8('hello'),
  ),
  'icp:private secret',
  utf8('hidden'),
);

/** A network with the machine's time that listens, with an agent that verifies all that it says. */
async function setupAgent(options: NetworkOptions = {}) {
  const network = await Network.open(options);
  onTestFinished(() => network.close());
  const host = await network.listen({ port: 0 });
  const agent = await HttpAgent.create({ host, identity, rootKey: network.rootKey, retryTimes: 0 });
  return { network, agent, direct: new TestNetwork(network, []) };
}

/** Calls and follows the call to its verified reply, as an actor does. */
async function callAndRead(agent: HttpAgent, canisterId: Principal, methodName: string): Promise<Uint8Array> {
  const { requestId } = await agent.call(canisterId, { methodName, arg: new Uint8Array() });
  const { reply } = await polling.pollForResponse(agent, canisterId, requestId);
  return reply;
}

describe('a network', () => {
  it('shows an agent what canisters did, and certifies it', async () => {
    const { agent, direct } = await setupAgent();
    const id = await direct.install(MODULE);
    const canisterId = Principal.fromUint8Array(id);
    const controllers = [identity.getPrincipal(), Principal.fromUint8Array(utf8('owner'))];
    expectReply(
      await direct.manage('update_settings', { canister_id: canisterId, settings: { controllers } }),
    );

    expect(await callAndRead(agent, canisterId, 'certify')).toEqual(i32(1));
    const queried = await agent.query(canisterId, { methodName: 'count', arg: new Uint8Array() });
    expect(queried.status).toBe(QueryResponseStatus.Replied);
    await expect(callAndRead(agent, canisterId, 'trap')).rejects.toThrow('IC0502');

    const metadata = (path: string) => ({
      kind: 'metadata' as const,
      key: path,
      path,
      decodeStrategy: 'utf-8' as const,
    });
    const paths = ['module_hash' as const, 'controllers' as const, metadata('greeting'), metadata('secret')];
    const status = await CanisterStatus.request({ agent, canisterId, paths });
    expect(status.get('module_hash')).toBe(toHex(sha256(MODULE)));
    expect(status.get('controllers')).toEqual(controllers);
    expect(status.get('greeting')).toBe('hello');
    expect(status.get('secret')).toBe('hidden');
  });

  it('certifies after a restart what it had certified before', async () => {
    const directory = setupDirectory();
    const first = await setupAgent({ directory });
    const id = await first.direct.install(MODULE);
    const { rootKey } = first.network;
    await first.network.close();

    const second = await setupAgent({ directory });
    expect(second.network.rootKey).toEqual(rootKey);
    const canisterId = Principal.fromUint8Array(id);
    const status = await CanisterStatus.request({ agent: second.agent, canisterId, paths: ['module_hash'] });
    expect(status.get('module_hash')).toBe(toHex(sha256(MODULE)));
    expect(await callAndRead(second.agent, canisterId, 'certify')).toEqual(i32(1));
  });

  it('has keys of its own', async () => {
    const [first, second] = [await setupNetwork(), await setupNetwork()];
    expect(first.network.rootKey).not.toEqual(second.network.rootKey);
    expect(first.network.subnet.id).not.toEqual(second.network.subnet.id);
  });

  it('tells who listens of every execution', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    await network.call(id, 'certify');
    await network.call(id, 'trap');
    await network.query(id, 'count');
    expect(network.reports).toMatchObject([
      { canisterId: id, entryPoint: 'U', methodName: 'certify', trapped: false },
      { canisterId: id, entryPoint: 'U', methodName: 'trap', trapped: true },
      { canisterId: id, entryPoint: 'NRQ', methodName: 'count', cycles: 0n },
    ]);
  });

  it('hides private metadata from all but controllers', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    const { subnet } = network.network;
    expect(['secret', 'greeting', 'nothing'].map((name) => subnet.isPrivateMetadata(id, name))).toEqual([
      true,
      false,
      false,
    ]);
    expect(subnet.isPrivateMetadata(await network.create(), 'secret')).toBe(false);
  });

  it('rejects to listen where the port is taken', async () => {
    const { network } = await setupAgent();
    const other = await setupNetwork();
    const url = await other.network.listen({ port: 0 });
    await expect(network.listen({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('executes nothing once it is closed, and can be closed twice', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    await network.network.close();
    await network.submit(network.message(id, 'certify'));
    await network.network.subnet.idle();
    expect(replyI32(await network.query(id, 'count'))).toBe(0);
    await network.network.close();
  });
});

describe("a network's time", () => {
  it('stands where it is put, until it is advanced', async () => {
    const network = await setupNetwork();
    expect(network.network.now()).toBe(START);
    await network.network.advanceTime(SECOND + 1n);
    expect(network.network.now()).toBe(START + SECOND + 1n);
    await expect(network.network.advanceTime(-1n)).rejects.toThrow('time does not go back');
  });

  it("is the machine's otherwise, and goes on from where it was advanced to", async () => {
    const { network } = await setupAgent();
    const machine = BigInt(Date.now()) * 1_000_000n;
    expect(network.now()).toBeGreaterThanOrEqual(machine);
    await network.advanceTime(3600n * SECOND);
    expect(network.now()).toBeGreaterThanOrEqual(machine + 3600n * SECOND);
  });
});
