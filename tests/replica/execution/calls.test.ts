import { describe, expect, it } from 'vitest';
import { equalBytes, utf8 } from '../../../src/replica/codec/bytes.ts';
import {
  callFee,
  executionFee,
  RESPONSE_INSTRUCTIONS,
  responseFee,
  responseReserve,
} from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, i32, i64, replyI32 } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { setupNetwork } from '../support/setup-network.ts';

/** Answers in many ways. */
const TARGET = canister(`
  ${data(100, 'refused')}
  (global $count (mut i32) (i32.const 0))
  ${update(
    'echo',
    `(call $ic0.msg_arg_data_copy (i32.const 200) (i32.const 0) (call $ic0.msg_arg_data_size))
     (call $reply (i32.const 200) (call $ic0.msg_arg_data_size))`,
  )}
  ${update(
    'caller',
    `(call $ic0.msg_caller_copy (i32.const 200) (i32.const 0) (call $ic0.msg_caller_size))
     (call $reply (i32.const 200) (call $ic0.msg_caller_size))`,
  )}
  ${update('refuse', '(call $ic0.msg_reject (i32.const 100) (i32.const 7))')}
  ${update('trap', 'unreachable')}
  ${update('silent', '')}
  ${update('accept', '(call $reply_i64 (call $ic0.msg_cycles_accept (i64.const 1000)))')}
  ${update('available', '(call $reply_i64 (call $ic0.msg_cycles_available))')}
  ${update('accept and trap', '(drop (call $ic0.msg_cycles_accept (i64.const 1000))) unreachable')}
  ${update(
    'accept late',
    '(call $reply_empty) (if (i64.ne (call $ic0.msg_cycles_accept (i64.const 1000)) (i64.const 0)) (then unreachable))',
  )}
  ${update('deadline', '(call $reply_i64 (call $ic0.msg_deadline))')}
  ${update(
    'next',
    '(global.set $count (i32.add (global.get $count) (i32.const 1))) (call $reply_i32 (global.get $count))',
  )}
  ${query('read', '(call $reply_i32 (global.get $count))')}
  (func (export "canister_composite_query composite") (call $reply_empty))`);

describe('a call of a canister', () => {
  it('gets the reply', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const callee = await network.install(TARGET);
    const echoed = await relay.call({ callee, method: 'echo', arg: utf8('hello') });
    expect(echoed).toEqual({ kind: 'replied', reply: utf8('hello'), refunded: 0n });
    expect(relayedReply(await relay.call({ callee, method: 'caller' }))).toEqual(relay.id);
    expect(relayedReply(await relay.call({ callee, method: 'read' }))).toEqual(i32(0));
    expect(relayedReply(await relay.call({ callee, method: 'deadline' }))).toEqual(new Uint8Array(8));
  });

  it.each([
    ['the canister rejects', 'refuse', 4, /^refused$/],
    ['the canister traps', 'trap', 5, /^IC0502: .*unreachable/],
    ['the canister does not answer', 'silent', 5, /^No response$/],
    ['there is no such method', 'nothing', 5, /^IC0536: .*no update method 'nothing'/],
    [
      'the method is a composite query',
      'composite',
      5,
      /^IC0527: .*Composite query cannot be called in replicated mode/,
    ],
  ] as const)('gets a reject and all of its cycles back when %s', async (_, method, code, message) => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const callee = await network.install(TARGET);
    const relayed = await relay.call({ callee, method, cycles: 77n });
    expect(relayed).toEqual({
      kind: 'rejected',
      code,
      message: expect.stringMatching(message),
      refunded: 77n,
    });
  });

  it('gets a reject where the canister is not there, or does not run', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const callee = await network.install(TARGET);
    const missing = callee.with(7, 99);
    const notFound = { kind: 'rejected', code: 3, message: expect.stringMatching('not found'), refunded: 5n };
    expect(await relay.call({ callee: missing, method: 'echo', cycles: 5n })).toEqual(notFound);
    network.canister(callee).runState = 'stopped';
    const stopped = { kind: 'rejected', code: 5, message: expect.stringMatching('is stopped'), refunded: 5n };
    expect(await relay.call({ callee, method: 'echo', cycles: 5n })).toEqual(stopped);
    expect(
      await relay.call({ callee: new Uint8Array(), method: 'no_such_method', cycles: 5n }),
    ).toMatchObject({
      kind: 'rejected',
      code: 5,
      refunded: 5n,
    });
  });

  it('brings cycles, of which those come back that are not accepted', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const callee = await network.install(TARGET);
    const before = network.canister(callee).cycles;
    const all = await relay.call({ callee, method: 'available', cycles: 5000n });
    expect(all).toMatchObject({ kind: 'replied', refunded: 5000n });
    expect(new DataView(relayedReply(all).buffer).getBigUint64(0, true)).toBe(5000n);
    expect(await relay.call({ callee, method: 'accept', cycles: 5000n })).toMatchObject({ refunded: 4000n });
    expect(await relay.call({ callee, method: 'accept', cycles: 50n })).toMatchObject({ refunded: 0n });
    const failed = await relay.call({ callee, method: 'accept and trap', cycles: 5000n });
    expect(failed).toMatchObject({ kind: 'rejected', refunded: 5000n });
    const late = await relay.call({ callee, method: 'accept late', cycles: 5000n });
    expect(late).toMatchObject({ kind: 'replied', refunded: 5000n });
    const fees = network.reports
      .filter(({ canisterId }) => equalBytes(canisterId, callee))
      .reduce((sum, { cycles }) => sum + cycles, 0n);
    expect(network.canister(callee).cycles).toBe(before + 1050n - fees);
  });

  it('costs its sender the fee of a call, and both executions', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const callee = await network.install(TARGET);
    network.reports.length = 0;
    const before = network.canister(relay.id).cycles;
    await relay.call({ callee, method: 'echo', arg: utf8('four') });
    const [sent, , received] = network.reports;
    // The reply has as many bytes as the argument.
    const fee = callFee('echo', utf8('four')) + responseFee(4);
    expect(fee).toBe(260_000n + 8_000n + 4_000n);
    const ingress = 1_200_000n + 2_000n * BigInt('relay'.length + 1 + callee.length + 1 + 4 + 8 + 4);
    const executions = executionFee(sent!.instructions) + executionFee(received!.instructions);
    expect(network.canister(relay.id).cycles).toBe(before - ingress - fee - executions);
  });

  it('is not performed without the cycles to execute its response', async () => {
    const network = await setupNetwork();
    const callee = await network.install(TARGET);
    const relay = await installRelay(network, { amount: 1_000_000_000_000n });
    const canisterState = network.canister(relay.id);
    canisterState.cycles = responseReserve() + executionFee(RESPONSE_INSTRUCTIONS) - 1n;
    const arg = new Uint8Array([callee.length, ...callee, 4, ...utf8('next'), ...new Uint8Array(8)]);
    canisterState.settings = { ...canisterState.settings, freezingThreshold: 0n };
    expectReject(await network.call(relay.id, 'relay', arg), 'IC0503', 'not performed');
    expect(replyI32(await network.query(callee, 'read'))).toBe(0);
  });

  it('is rejected where it brings fewer cycles than the callee asks for', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const callee = await network.install(TARGET);
    const state = network.canister(callee);
    state.settings = { ...state.settings, minimumIncomingCanisterCallCycles: 10n };
    expect(await relay.call({ callee, method: 'echo', cycles: 9n })).toMatchObject({ code: 5, refunded: 9n });
    expect(await relay.call({ callee, method: 'echo', cycles: 10n })).toMatchObject({ kind: 'replied' });
    expectReply(await network.call(callee, 'echo'));
  });

  it('is told amounts of 128 bits: those that came, that it accepts, that came back, and its balance', async () => {
    const network = await setupNetwork();
    const reply = (name: string, args = '') =>
      `(call $ic0.${name} ${args} (i32.const 64)) (call $reply (i32.const 64) (i32.const 16))`;
    const target = await network.install(
      canister(`${update('available', reply('msg_cycles_available128'))}
        ${update('accept', reply('msg_cycles_accept128', '(i64.const 1) (i64.const 0)'))}
        ${update('balance', reply('canister_cycle_balance128'))}
        ${update('older balance', '(call $reply_i64 (call $ic0.canister_cycle_balance))')}`),
    );
    const relay = await installRelay(network);
    const amount = (low: bigint) => Uint8Array.from([...i64(low), ...i64(0n)]);
    for (const [method, refunded] of [
      ['available', 700n],
      ['accept', 0n],
    ] as const) {
      const relayed = await relay.call({ callee: target, method, cycles: 700n });
      expect(relayed).toMatchObject({ reply: amount(700n), refunded });
    }
    const held = network.canister(target).cycles - executionFee(40_000_000_000n);
    expect(relayedReply(await relay.call({ callee: target, method: 'balance' }))).toEqual(amount(held));

    const id = await network.create();
    const code = canister(`
      (table funcref (elem $done)) (func $done (param i32) ${reply('msg_cycles_refunded128')})
      ${data(100, target)} ${data(120, 'available')}
      ${update('send', makeCall({ callee: [100, target.length], method: [120, 9], onReject: 0, with: '(call $ic0.call_cycles_add128 (i64.const 0) (i64.const 900))' }))}`);
    expectReply(await network.installCode(id, code));
    expect(expectReply(await network.call(id, 'send'))).toEqual(amount(900n));
  });
});
