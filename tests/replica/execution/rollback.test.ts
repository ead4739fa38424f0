import { describe, expect, it } from 'vitest';
import { canister, data, ENDLESS, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, i32, replyI32 } from '../support/outcomes.ts';
import { setupNetwork, type TestNetwork } from '../support/setup-network.ts';

/** Sets every kind of state to a number; `observe` answers with all of it. */
const STATE = `
  (global $number (mut i32) (i32.const 0))
  (global $float (mut f64) (f64.const 0))
  (table 8 funcref) (elem func $one $two)
  (elem (i32.const 0) func $one)
  (data $passive "\\07\\00\\00\\00")
  (func $one (param i32)) (func $two (param i32))
  (func $set_all (param $n i32)
    (i32.store (i32.const 100) (local.get $n))
    (global.set $number (local.get $n))
    (global.set $float (f64.convert_i32_s (local.get $n)))
    (drop (memory.grow (local.get $n)))
    (drop (call $ic0.stable64_grow (i64.extend_i32_u (local.get $n))))
    (call $ic0.stable64_write (i64.const 5000) (i64.const 100) (i64.const 4))
    (table.set (i32.const 0) (ref.func $two))
    (table.set (local.get $n) (ref.func $one))
    (drop (table.grow (ref.null func) (local.get $n))))
  (func $set_system (param $n i32)
    (call $ic0.certified_data_set (i32.const 100) (i32.const 4))
    (drop (call $ic0.global_timer_set (i64.extend_i32_u (local.get $n)))))
  (func $argument (result i32)
    (call $ic0.msg_arg_data_copy (i32.const 0) (i32.const 0) (i32.const 4))
    (i32.load (i32.const 0)))
  (func $observe
    (i32.store (i32.const 8) (i32.load (i32.const 100)))
    (i32.store (i32.const 12) (global.get $number))
    (i32.store (i32.const 16) (i32.trunc_f64_s (global.get $float)))
    (i32.store (i32.const 20) (memory.size))
    (i32.store (i32.const 24) (i32.wrap_i64 (call $ic0.stable64_size)))
    (i32.store (i32.const 28) (i32.const 0))
    (if (i64.gt_u (call $ic0.stable64_size) (i64.const 0))
      (then (call $ic0.stable64_read (i64.const 28) (i64.const 5000) (i64.const 4))))
    (i32.store (i32.const 32) (table.size))
    (i32.store (i32.const 36) (ref.is_null (table.get (i32.const 2))))
    (call $reply (i32.const 8) (i32.const 32)))
  ${ENDLESS}
  (func $deep (param i32) (call $deep (i32.add (local.get 0) (i32.const 1))) (i32.store (i32.const 4) (local.get 0)))
  ${data(200, 'gone')}
`;

const ENDINGS = {
  trap: '(call $ic0.trap (i32.const 200) (i32.const 4))',
  unreachable: 'unreachable',
  endless: '(call $endless)',
  deep: '(call $deep (i32.const 0))',
  violation: '(call $ic0.msg_reply) (call $ic0.msg_reply)',
  'bad access': '(drop (i32.load (i32.const -4)))',
} as const;

const MODULE = canister(`
  ${STATE}
  ${update('set', '(call $set_all (call $argument)) (call $set_system (call $argument)) (call $reply_empty)')}
  ${query('observe', '(call $observe)')}
  ${Object.entries(ENDINGS)
    .map(([name, ending]) =>
      update(name, `(call $set_all (i32.const 3)) (call $set_system (i32.const 3)) ${ending}`),
    )
    .join('\n')}
  ${query('query', '(call $set_all (i32.const 3)) (call $observe)')}
  ${query('trapping query', '(call $set_all (i32.const 3)) unreachable')}
  ${update('drops', '(memory.init $passive (i32.const 300) (i32.const 0) (i32.const 4)) (data.drop $passive) unreachable')}
  ${update('inits', '(memory.init $passive (i32.const 300) (i32.const 0) (i32.const 4)) (call $reply_i32 (i32.load (i32.const 300)))')}
`);

/** heap, global, float, heap pages, stable pages, stable content, table size, whether element 2 is null. */
const INITIAL = [0, 0, 0, 1, 0, 0, 8, 1];
const WITH_TWO = [2, 2, 2, 3, 2, 2, 10, 0];

async function observe(network: TestNetwork, id: Uint8Array): Promise<number[]> {
  const reply = expectReply(await network.query(id, 'observe'));
  return Array.from(new Int32Array(reply.slice().buffer));
}

const REJECTS: Readonly<Record<keyof typeof ENDINGS, readonly [code: string, message: string]>> = {
  trap: ['IC0503', "`ic0.trap` with message: 'gone'"],
  unreachable: ['IC0502', 'unreachable'],
  endless: ['IC0522', 'exceeded the limit of 40000000000 instructions'],
  deep: ['IC0502', 'stack overflow'],
  violation: ['IC0504', 'already replied'],
  'bad access': ['IC0502', 'heap out of bounds'],
};

describe('an update that fails', () => {
  it.each(Object.entries(REJECTS))(
    'leaves nothing of what it did after %s',
    async (method, [code, message]) => {
      // Before the time to which `set` sets the timer.
      const network = await setupNetwork({ manualTime: 1n });
      const id = await network.install(MODULE);
      expectReject(await network.call(id, method), code, message);
      expect(await observe(network, id)).toEqual(INITIAL);
      expect(network.canister(id)).toMatchObject({ certifiedData: new Uint8Array(), globalTimer: 0n });

      expectReply(await network.call(id, 'set', i32(2)));
      const { version } = network.canister(id);
      expectReject(await network.call(id, method), code, message);
      expect(await observe(network, id)).toEqual(WITH_TWO);
      expect(network.canister(id)).toMatchObject({ certifiedData: i32(2), globalTimer: 2n, version });
    },
  );

  it('leaves passive segments as they were', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    expectReject(await network.call(id, 'drops'), 'IC0502', 'unreachable');
    expect(replyI32(await network.call(id, 'inits'))).toBe(7);
  });
});

describe('a query', () => {
  it('sees what it wrote, and leaves nothing of it', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    for (let i = 0; i < 3; i++) {
      const seen = expectReply(await network.query(id, 'query'));
      expect(Array.from(new Int32Array(seen.slice().buffer))).toEqual([3, 3, 3, 4, 3, 3, 11, 1]);
      expectReject(await network.query(id, 'trapping query'), 'IC0502');
      expect(await observe(network, id)).toEqual(INITIAL);
    }
  });

  it('leaves nothing when it is called as an update', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    const { version } = network.canister(id);
    expectReply(await network.call(id, 'query'));
    expect(await observe(network, id)).toEqual(INITIAL);
    expect(network.canister(id).version).toBe(version);
  });
});

describe('inspect_message', () => {
  it('leaves nothing of what it did', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`
        ${STATE}
        (func (export "canister_inspect_message") (call $set_all (i32.const 3)) (call $ic0.accept_message))
        ${update('observe', '(call $observe)')}`),
    );
    const seen = expectReply(await network.call(id, 'observe'));
    expect(Array.from(new Int32Array(seen.slice().buffer))).toEqual(INITIAL);
  });
});

describe('a callback that traps', () => {
  it('leaves nothing, and what its cleanup did is kept', async () => {
    const network = await setupNetwork();
    const target = await network.install(canister(update('answer', '(call $reply_empty)')));
    const id = await network.install(
      canister(`
        (table funcref (elem $on_reply $cleanup))
        (global $callbacks (mut i32) (i32.const 0)) (global $cleanups (mut i32) (i32.const 0))
        ${data(100, target)} ${data(120, 'answer')}
        (func $on_reply (param i32)
          (global.set $callbacks (i32.const 1))
          (i32.store (i32.const 200) (i32.const 1))
          (drop (call $ic0.stable64_grow (i64.const 1)))
          (call $reply_empty)
          unreachable)
        (func $cleanup (param $env i32)
          (global.set $cleanups (local.get $env))
          (i32.store (i32.const 204) (local.get $env)))
        ${update(
          'start',
          makeCall({
            callee: [100, target.length],
            method: [120, 6],
            onReject: 0,
            with: '(call $ic0.call_on_cleanup (i32.const 1) (i32.const 41))',
          }),
        )}
        ${query(
          'observe',
          `(i32.store (i32.const 8) (global.get $callbacks)) (i32.store (i32.const 12) (global.get $cleanups))
           (i32.store (i32.const 16) (i32.load (i32.const 200))) (i32.store (i32.const 20) (i32.load (i32.const 204)))
           (i32.store (i32.const 24) (i32.wrap_i64 (call $ic0.stable64_size)))
           (call $reply (i32.const 8) (i32.const 20))`,
        )}`),
    );
    expectReject(await network.call(id, 'start'), 'IC0502', 'unreachable');
    expect(await observe(network, id)).toEqual([0, 41, 0, 41, 0]);
    expect(network.canister(id).callContexts.size).toBe(0);
  });
});
