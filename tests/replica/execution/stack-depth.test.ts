import { describe, expect, it } from 'vitest';
import { canister, query, update } from '../support/canister-wat.ts';
import { DEEP, FRAMES, sumOf } from '../support/deep-frames.ts';
import { expectReject, expectReply, i32, replyI32, replyI64 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

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
