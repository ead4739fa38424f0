import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { executionFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, i32, replyI32, replyI64, replyText } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { setupNetwork } from '../support/setup-network.ts';

/** Counts calls, or refuses. */
const TARGET = canister(`
  ${data(100, 'refused')}
  (global $count (mut i32) (i32.const 0))
  ${update('refuse', '(call $ic0.msg_reject (i32.const 100) (i32.const 7))')}
  ${update(
    'next',
    '(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))',
  )}
  ${query('read', '(call $reply_i32 (global.get $count))')}`);

describe('a canister that calls', () => {
  it('calls itself', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const target = await network.install(TARGET);
    const inner = new Uint8Array([target.length, ...target, 4, ...utf8('next'), ...new Uint8Array(8)]);
    const relayed = relayedReply(await relay.call({ callee: relay.id, method: 'relay', arg: inner }));
    expect(relayed).toEqual(new Uint8Array([...new Uint8Array(9), ...i32(1)]));
  });

  it('has its calls executed in order, each once, and their responses after', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const calls = Array.from({ length: 5 }, (_, env) =>
      makeCall({ callee: [100, target.length], method: [120, 4], onReject: 0, env }),
    );
    const id = await network.install(
      canister(`
        (table funcref (elem $on_reply)) ${data(100, target)} ${data(120, 'next')}
        (global $at (mut i32) (i32.const 200))
        (func $on_reply (param $env i32)
          (i32.store8 (global.get $at) (local.get $env))
          (call $ic0.msg_arg_data_copy (i32.add (global.get $at) (i32.const 1)) (i32.const 0) (i32.const 1))
          (global.set $at (i32.add (global.get $at) (i32.const 2)))
          (if (i32.eq (global.get $at) (i32.const 210)) (then (call $reply (i32.const 200) (i32.const 10)))))
        ${update('go', calls.join('\n'))}`),
    );
    expect([...expectReply(await network.call(id, 'go'))]).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5]);
  });

  it('keeps the cycles of a call that it never performs', async () => {
    const network = await setupNetwork();
    const begin = `(call $ic0.call_new (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
      (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))
      (call $ic0.call_cycles_add (i64.const 1000000000))`;
    const id = await network.install(
      canister(update('begin', `${begin} ${begin} (call $reply_i64 (call $ic0.canister_cycle_balance))`)),
    );
    network.reports.length = 0;
    const before = network.canister(id).cycles;
    const seen = replyI64(await network.call(id, 'begin'));
    const ingress = 1_200_000n + 2_000n * 5n;
    expect(seen).toBe(before - ingress - executionFee(40_000_000_000n) - 1_000_000_000n);
    expect(network.canister(id).cycles).toBe(before - ingress - network.reports[0]!.cycles);
  });

  it('traps where it sends more cycles than it has', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const before = network.canister(relay.id).cycles;
    const tooMuch = new Uint8Array([0, 0, ...new Uint8Array(8).fill(255)]);
    expectReject(await network.call(relay.id, 'relay', tooMuch), 'IC0504', 'cycles requested');
    expect(network.canister(relay.id).cycles).toBeGreaterThan(before - 10_000_000n);
  });

  it.each([
    ['minus one', -1, '(param i32)', 'there is no function -1 in the table'],
    ['past the end of the table', 7, '(param i32)', 'there is no function 7 in the table'],
    ['that is null', 1, '(param i32)', 'there is no function 1 in the table'],
    ['of another type', 0, '(param i64)', 'wrong type'],
  ])('is rejected where its callback is a function %s', async (_, onReply, type, message) => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(
      canister(`
        (table 2 funcref) (elem (i32.const 0) $callback) (func $callback ${type} (call $reply_empty))
        ${data(100, target)} ${data(120, 'next')}
        ${update('go', makeCall({ callee: [100, target.length], method: [120, 4], onReply, onReject: onReply }))}`),
    );
    expectReject(await network.call(id, 'go'), 'IC0504', message);
    expect(replyI32(await network.query(target, 'read'))).toBe(1);
  });

  it('goes on after a one-way call whose callbacks do not exist', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(
      canister(`
        (table 1 funcref) ${data(100, target)} ${data(120, 'next')}
        ${update(
          'notify',
          `${makeCall({ callee: [100, target.length], method: [120, 4], onReply: -1, onReject: -1 })} (call $reply_empty)`,
        )}`),
    );
    expectReply(await network.call(id, 'notify'));
    await network.network.subnet.idle();
    expect(replyI32(await network.query(target, 'read'))).toBe(1);
    expect(network.canister(id).callContexts.size).toBe(0);
    expect(network.canister(id).callbacks.size).toBe(0);
  });

  it('learns in a reject callback why, who called, and what came back', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(
      canister(`
        (table funcref (elem $never $on_reject)) ${data(100, target)} ${data(120, 'refuse')}
        (func $never (param i32) unreachable)
        (func $on_reject (param $env i32)
          (i32.store8 (i32.const 200) (local.get $env))
          (i32.store8 (i32.const 201) (call $ic0.msg_reject_code))
          (call $ic0.msg_reject_msg_copy (i32.const 202) (i32.const 0) (call $ic0.msg_reject_msg_size))
          (call $ic0.msg_caller_copy (i32.const 209) (i32.const 0) (call $ic0.msg_caller_size))
          (call $reply (i32.const 200) (i32.const 14)))
        ${update('go', makeCall({ callee: [100, target.length], method: [120, 6], env: 65 }))}`),
    );
    expect(replyText(await network.call(id, 'go'))).toBe('A\u0004refusedowner');
  });
});
