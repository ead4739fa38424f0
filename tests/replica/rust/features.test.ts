import { Certificate } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { describe, expect, it, onTestFinished } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { MemoryNetwork } from '../../../src/replica/testing.ts';
import { type Features, featuresInterface } from './features-interface.ts';
import { builtDigest, RUST_CANISTERS, rustModule, sourcesDigest } from './sources.ts';

const SECOND = 1_000_000_000n;
const MODULE = rustModule('features');

async function setupNetwork(): Promise<MemoryNetwork> {
  // Now, as clients compare the time of a certificate with theirs.
  const network = await MemoryNetwork.create({ time: BigInt(Date.now()) * 1_000_000n });
  onTestFinished(() => network.dispose());
  return network;
}

/** A network with the canister, its methods, and a function that installs another one. */
async function setupCanister() {
  const network = await setupNetwork();
  const install = async () => {
    const canisterId = await network.install({ module: MODULE });
    return { canisterId, actor: network.actor<Features>(canisterId, featuresInterface) };
  };
  return { network, install, ...(await install()) };
}

describe('the modules of canisters in Rust', () => {
  it.each(RUST_CANISTERS)('are built from the sources beside them: %s', (name) => {
    expect(sourcesDigest(name), 'run: npm run build:rust-canisters').toBe(builtDigest(name));
    expect(rustModule(name).length).toBeLessThan(400_000);
  });
});

describe('a canister in Rust', () => {
  it('keeps in stable memory what an upgrade would lose, and carries over what it saves', async () => {
    const { network, canisterId, actor } = await setupCanister();
    await actor.increment();
    await actor.increment();
    await actor.visit();
    expect(await actor.write_note(7n, 'first')).toEqual([]);
    expect(await actor.write_note(7n, 'second')).toEqual(['first']);
    await network.installCode(canisterId, { module: MODULE, mode: 'upgrade' });
    expect(await actor.counter()).toBe(2n);
    expect(await actor.read_note(7n)).toEqual(['second']);
    expect(await actor.read_note(8n)).toEqual([]);
    expect(await actor.visit()).toBe(2n);
    await network.installCode(canisterId, { module: MODULE, mode: 'reinstall' });
    expect(await actor.counter()).toBe(0n);
  });

  it('leaves nothing of a message that panics, and says why in the reject', async () => {
    const { actor } = await setupCanister();
    await actor.increment();
    await expect(actor.count_and_panic()).rejects.toThrow(/as it was asked to/);
    expect(await actor.counter()).toBe(1n);
  });

  it('sends cycles, and gets back those that are not accepted', async () => {
    const { install, actor } = await setupCanister();
    const { canisterId } = await install();
    expect(await actor.send_cycles(canisterId, 1_000_000n, 300_000n)).toEqual([300_000n, 700_000n]);
  });

  it('calls with a time limit, and calls itself', async () => {
    const { install, canisterId, actor } = await setupCanister();
    const other = await install();
    expect(await actor.increment_elsewhere(other.canisterId, 10)).toEqual({ Ok: 1n });
    expect(await actor.increment_elsewhere(canisterId, 10)).toEqual({ Ok: 1n });
  });

  it('is told that a call failed', async () => {
    const { network, actor } = await setupCanister();
    const empty = await network.create();
    expect(await actor.increment_elsewhere(empty, 10)).toEqual({
      Err: expect.stringMatching(/no Wasm module/i),
    });
  });

  it('asks other canisters in a composite query', async () => {
    const { install, canisterId, actor } = await setupCanister();
    const others = [await install(), await install()];
    for (const other of others) await other.actor.increment();
    await actor.increment();
    const ids = others.map((other) => other.canisterId);
    expect(await actor.sum_of_counters([...ids, canisterId])).toBe(4n);
  });

  it('has timers, once and again', async () => {
    const { network, actor } = await setupCanister();
    await actor.set_timers(5n, 60n);
    await network.advanceTime(4n * SECOND);
    expect(await actor.fired()).toBe(0n);
    await network.advanceTime(2n * SECOND);
    expect(await actor.fired()).toBe(100n);
    await network.advanceTime(60n * SECOND);
    expect(await actor.fired()).toBe(101n);
    await network.advanceTime(60n * SECOND);
    expect(await actor.fired()).toBe(102n);
  });

  it('has a heartbeat', async () => {
    const { network, actor } = await setupCanister();
    const before = await actor.beats();
    await network.tick();
    expect(await actor.beats()).toBeGreaterThan(before);
  });

  it('draws random bytes', async () => {
    const { actor } = await setupCanister();
    const [one, other] = [await actor.random_bytes(), await actor.random_bytes()];
    expect(one).toHaveLength(32);
    expect(other).not.toEqual(one);
  });

  it('makes HTTP outcalls, and transforms what they answer', async () => {
    const { network, actor } = await setupCanister();
    const answer = actor.fetch('https://example.com/');
    await expect.poll(() => network.network.subnet.outcalls).toHaveLength(1);
    const [outcall] = network.network.subnet.outcalls;
    expect(outcall?.request).toMatchObject({ url: 'https://example.com/', method: 'get' });
    const response = { kind: 'replied', status: 200, headers: [], body: utf8('hello') } as const;
    network.network.subnet.answerOutcall(outcall?.id ?? -1n, response);
    expect(await answer).toEqual([200n, 'HELLO!']);
  });

  it('certifies data, which a client can verify', async () => {
    const { network, canisterId, actor } = await setupCanister();
    const data = new Uint8Array(32).fill(7);
    await actor.certify(data);
    const [certificate = new Uint8Array()] = await actor.certificate();
    const verified = await Certificate.create({
      certificate: new Uint8Array(certificate),
      rootKey: network.network.rootKey,
      canisterId: Principal.fromUint8Array(canisterId.toUint8Array()),
    });
    const found = verified.lookup_path(['canister', canisterId.toUint8Array(), 'certified_data']);
    expect(found).toMatchObject({ value: data });
  });
});
