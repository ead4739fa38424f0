import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CallRejected, MemoryNetwork, type MemoryNetworkOptions } from '../../../src/replica/testing.ts';
import { canister, data, query, update } from '../support/canister-wat.ts';
import { i32 } from '../support/outcomes.ts';

const SECOND = 1_000_000_000n;
const START = 1_700_000_000n * SECOND;
const ALICE = Principal.fromUint8Array(Uint8Array.of(1, 1));
const TEXT = new Uint8Array(IDL.encode([IDL.Text], ['hello']));

/** Counts in its heap, in a global and in stable memory at once; its timer and its heartbeat count too. */
const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0))
  (func (export "canister_init") (drop (call $ic0.stable64_grow (i64.const 1))))
  (func $add
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (i32.store (i32.const 256) (global.get $count))
    (call $ic0.stable64_write (i64.const 0) (i64.const 256) (i64.const 4)))
  (func (export "canister_global_timer") (call $add))
  ${update('add', '(call $add) (call $reply_empty)')}
  ${update(
    'add_in_a_minute',
    `(drop (call $ic0.global_timer_set (i64.add (call $ic0.time) (i64.const 60000000000))))
     (call $reply_empty)`,
  )}
  ${query('global', '(call $reply_i32 (global.get $count))')}
  ${query('heap', '(call $reply (i32.const 256) (i32.const 4))')}
  ${query('stable', '(call $ic0.stable64_read (i64.const 300) (i64.const 0) (i64.const 4)) (call $reply (i32.const 300) (i32.const 4))')}
  ${query('caller_size', '(call $reply_i32 (call $ic0.msg_caller_size))')}
  ${update('fail', '(call $ic0.trap (i32.const 400) (i32.const 4))')} ${data(400, 'oops')}
  ${data(500, TEXT)} ${query('greet', `(call $reply (i32.const 500) (i32.const ${TEXT.length}))`)}`);

const BEATING = canister(`
  (global $count (mut i32) (i32.const 0))
  (func (export "canister_heartbeat") (global.set $count (i32.add (global.get $count) (i32.const 1))))
  ${query('count', '(call $reply_i32 (global.get $count))')}`);

async function setupNetwork(options: MemoryNetworkOptions = {}): Promise<MemoryNetwork> {
  const network = await MemoryNetwork.create({ time: START, ...options });
  onTestFinished(() => network.dispose());
  return network;
}

/** A network with the counter. */
async function setupCounter() {
  const network = await setupNetwork();
  return { network, canisterId: await network.install({ module: COUNTER }) };
}

/** What the counter has in each of its places. */
async function counts(network: MemoryNetwork, canisterId: Principal): Promise<number[]> {
  const replies = await Promise.all(
    ['global', 'heap', 'stable'].map((method) => network.query({ canisterId, method })),
  );
  return replies.map((reply) => new DataView(reply.buffer, reply.byteOffset).getInt32(0, true));
}

describe('a network in memory', () => {
  it('runs updates and queries, as whoever the test says', async () => {
    const { network, canisterId } = await setupCounter();
    expect(await network.call({ canisterId, method: 'add' })).toEqual(new Uint8Array());
    expect(await counts(network, canisterId)).toEqual([1, 1, 1]);
    const size = (sender?: Principal) => network.query({ canisterId, method: 'caller_size', sender });
    expect(await size()).toEqual(i32(1));
    expect(await size(ALICE)).toEqual(i32(2));
  });

  it('rejects with the code and the message of the network', async () => {
    const { network, canisterId } = await setupCounter();
    const failure = network.call({ canisterId, method: 'fail' });
    await expect(failure).rejects.toThrow(CallRejected);
    await expect(failure).rejects.toMatchObject({
      reject: { code: 5, errorCode: 'IC0503', message: expect.stringContaining('oops') },
    });
    expect(await network.send('query', { canisterId, method: 'missing' })).toMatchObject({
      kind: 'rejected',
      reject: { errorCode: 'IC0536' },
    });
  });

  it('lets controllers alone change code', async () => {
    const network = await setupNetwork();
    const canisterId = await network.install({ module: COUNTER, sender: ALICE });
    await expect(network.installCode(canisterId, { module: COUNTER, mode: 'upgrade' })).rejects.toThrow(
      'IC0512',
    );
    await network.call({ canisterId, method: 'add' });
    await network.installCode(canisterId, { module: COUNTER, mode: 'reinstall', sender: ALICE });
    expect(await counts(network, canisterId)).toEqual([0, 0, 0]);
  });

  it('gives a canister the cycles and the controllers that the test says', async () => {
    const network = await setupNetwork();
    const id = await network.create({ cycles: 7n, controllers: [ALICE, Principal.anonymous()] });
    const { cycles, settings } = network.network.subnet.canisters.get(id.toUint8Array())!;
    expect(cycles).toBe(7n);
    expect(settings.controllers).toEqual([ALICE.toUint8Array(), Uint8Array.of(4)]);
  });

  it('has a time that stands still, and runs timers as it is advanced', async () => {
    const { network, canisterId } = await setupCounter();
    await network.call({ canisterId, method: 'add_in_a_minute' });
    await network.advanceTime(59n * SECOND);
    expect(await counts(network, canisterId)).toEqual([0, 0, 0]);
    await network.advanceTime(SECOND);
    expect(await counts(network, canisterId)).toEqual([1, 1, 1]);
    expect(network.now()).toBe(START + 60n * SECOND);
  });

  it('runs heartbeats at a tick', async () => {
    const network = await setupNetwork();
    const canisterId = await network.install({ module: BEATING });
    await network.tick();
    const before = await network.query({ canisterId, method: 'count' });
    await network.tick();
    expect(await network.query({ canisterId, method: 'count' })).toEqual(i32(before[0]! + 1));
  });

  it('tells what executions took', async () => {
    const methods: (string | undefined)[] = [];
    const network = await setupNetwork({ onExecuted: ({ methodName }) => methods.push(methodName) });
    const canisterId = await network.install({ module: COUNTER });
    await network.fork().query({ canisterId, method: 'heap' });
    expect(methods).toContain('heap');
  });

  it('gives functions of a Candid interface', async () => {
    interface Service {
      greet: () => Promise<string>;
      missing: () => Promise<string>;
      fail: () => Promise<void>;
    }
    const { network, canisterId } = await setupCounter();
    const actor = network.actor<Service>(canisterId, ({ IDL: types }) =>
      types.Service({
        greet: types.Func([], [types.Text], ['query']),
        missing: types.Func([], [types.Text], ['query']),
        fail: types.Func([], [], []),
      }),
    );
    expect(await actor.greet()).toBe('hello');
    await expect(actor.missing()).rejects.toThrow('IC0536');
    await expect(actor.fail()).rejects.toThrow('oops');
  });
});

describe('a fork', () => {
  it('has what was there, and goes its own way from then on', async () => {
    const { network, canisterId } = await setupCounter();
    await network.call({ canisterId, method: 'add' });
    const fork = network.fork();
    expect(await counts(fork, canisterId)).toEqual([1, 1, 1]);
    await fork.call({ canisterId, method: 'add' });
    await network.call({ canisterId, method: 'add' });
    await network.call({ canisterId, method: 'add' });
    expect(await counts(fork, canisterId)).toEqual([2, 2, 2]);
    expect(await counts(network, canisterId)).toEqual([3, 3, 3]);
    await fork.dispose();
  });

  it('has the time, and the timers that are set', async () => {
    const { network, canisterId } = await setupCounter();
    await network.call({ canisterId, method: 'add_in_a_minute' });
    const fork = network.fork();
    await network.advanceTime(60n * SECOND);
    expect(fork.now()).toBe(START);
    expect(await counts(fork, canisterId)).toEqual([0, 0, 0]);
    await fork.advanceTime(60n * SECOND);
    expect(await counts(fork, canisterId)).toEqual([1, 1, 1]);
  });

  it('keeps cycles, settings and code apart', async () => {
    const { network, canisterId } = await setupCounter();
    const fork = network.fork();
    await fork.installCode(canisterId, { module: BEATING, mode: 'reinstall' });
    await expect(network.query({ canisterId, method: 'heap' })).resolves.toEqual(i32(0));
    await expect(fork.query({ canisterId, method: 'heap' })).rejects.toThrow('IC0536');
    const cyclesIn = (one: MemoryNetwork) =>
      one.network.subnet.canisters.get(canisterId.toUint8Array())!.cycles;
    const before = cyclesIn(network);
    await fork.tick();
    expect(cyclesIn(network)).toBe(before);
    expect(cyclesIn(fork)).toBeLessThan(before);
  });

  it('shares the heap until one of the two writes to it', async () => {
    const { network, canisterId } = await setupCounter();
    const fork = network.fork();
    const heapIn = (one: MemoryNetwork) =>
      one.network.subnet.canisters.get(canisterId.toUint8Array())!.code!.heap;
    expect(heapIn(fork)).toBe(heapIn(network));
    await fork.call({ canisterId, method: 'add' });
    expect(heapIn(fork)).not.toBe(heapIn(network));
    const own = heapIn(fork);
    await fork.call({ canisterId, method: 'add' });
    expect(heapIn(fork)).toBe(own);
  });

  it('of a snapshot can be made as often as one likes', async () => {
    const { network, canisterId } = await setupCounter();
    const snapshot = network.snapshot();
    await network.call({ canisterId, method: 'add' });
    for (let i = 0; i < 3; i++) {
      const restored = MemoryNetwork.restore(snapshot);
      await restored.call({ canisterId, method: 'add' });
      expect(await counts(restored, canisterId)).toEqual([1, 1, 1]);
      await restored.dispose();
    }
  });

  it('answers what was on its way when the snapshot was taken, and so does the network itself', async () => {
    const { network, canisterId } = await setupCounter();
    const answer = network.call({ canisterId, method: 'add' });
    const fork = network.fork();
    await fork.tick();
    expect(await counts(fork, canisterId)).toEqual([1, 1, 1]);
    await answer;
    expect(await counts(network, canisterId)).toEqual([1, 1, 1]);
  });

  it('has the same keys, so that what one certifies the other can show', async () => {
    const { network } = await setupCounter();
    expect(network.fork().network.rootKey).toEqual(network.network.rootKey);
  });
});
