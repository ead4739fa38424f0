import { describe, expect, it } from 'vitest';
import { canister, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, i32, replyI32, replyI64 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const LOCALS = Array.from({ length: 32 }, (_, i) => i);

/** Calls itself as often as it is told; all of its 32 locals are needed again after the call. */
const DEEP = `
  (func $deep (param $left i32) (result i64) (local $below i64) ${LOCALS.map((i) => `(local $l${i} i64)`).join(' ')}
    (if (i32.eqz (local.get $left)) (then (return (i64.const 0))))
    ${LOCALS.map((i) => `(local.set $l${i} (i64.mul (i64.extend_i32_u (local.get $left)) (i64.const ${i + 1})))`).join(' ')}
    (local.set $below (call $deep (i32.sub (local.get $left) (i32.const 1))))
    (i64.add (local.get $below) ${LOCALS.map((i) => `(local.get $l${i})`).reduce((sum, local) => `(i64.add ${sum} ${local})`)}))`;

const FRAMES = `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
  (call $reply_i64 (call $deep (i32.load (i32.const 64))))`;

const MODULE = canister(`
  ${DEEP} (table funcref (elem $endless_host)) (global $count (mut i32) (i32.const 0))
  (func $endless (call $endless) (drop (call $ic0.time)))
  (func $endless_host (drop (call $ic0.stable64_size)) (call_indirect (i32.const 0)) (drop (call $ic0.time)))
  ${update('deep', FRAMES)} ${query('deep_query', FRAMES)}
  ${update('endless', '(call $endless)')} ${query('endless_query', '(call $endless)')}
  ${update('endless_host', '(call $endless_host)')}
  (func (export "canister_global_timer") (call $endless))
  ${update('set', '(drop (call $ic0.global_timer_set (i64.const 1))) (call $reply_empty)')}
  ${update(
    'count',
    '(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))',
  )}`);

/** What the frames add up to: each its number times 1 to 32. */
const sumOf = (frames: bigint): bigint => ((frames * (frames + 1n)) / 2n) * ((32n * 33n) / 2n);

describe('stack depth', () => {
  it.each([3_000, 10_000])('%i frames of 32 locals run, in updates and in queries', async (frames) => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    expect(replyI64(await network.call(id, 'deep', i32(frames)))).toBe(sumOf(BigInt(frames)));
    expect(replyI64(await network.query(id, 'deep_query', i32(frames)))).toBe(sumOf(BigInt(frames)));
  });

  it.each(['endless', 'endless_host'])(
    'a recursion without end is a trap, after which all goes on: %s',
    async (method) => {
      const network = await setupNetwork();
      const id = await network.install(MODULE);
      expect(replyI32(await network.call(id, 'count'))).toBe(1);
      for (let i = 0; i < 3; i++) expectReject(await network.call(id, method), 'IC0502', 'stack overflow');
      expect(replyI32(await network.call(id, 'count'))).toBe(2);
    },
  );

  it('a recursion without end in a query or a timer is a trap too', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    expectReject(await network.query(id, 'endless_query'), 'IC0502', 'stack overflow');
    expectReply(await network.call(id, 'set'));
    await network.network.subnet.idle();
    expect(network.reports.at(-1)).toMatchObject({ entryPoint: 'T', trapped: true });
    expect(replyI32(await network.call(id, 'count'))).toBe(1);
  });
});
