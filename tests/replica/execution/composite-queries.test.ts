import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { equalBytes } from '../../../src/replica/codec/bytes.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { encodeArgument } from '../support/management-types.ts';
import { expectReject, expectReply, replyI32 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const composite = (name: string, body: string) =>
  `(func (export "canister_composite_query ${name}") ${body})`;

/** Sends on what a called query replies, and rejects where that is rejected. */
const callbacks = (after = '') => `
  (table funcref (elem $on_reply $on_reject))
  (func $on_reply (param i32)
    (call $ic0.msg_arg_data_copy (i32.const 200) (i32.const 0) (call $ic0.msg_arg_data_size))
    ${after}
    (call $reply (i32.const 200) (call $ic0.msg_arg_data_size)))
  (func $on_reject (param i32)
    (call $ic0.msg_reject_msg_copy (i32.const 200) (i32.const 0) (call $ic0.msg_reject_msg_size))
    (call $ic0.msg_reject (i32.const 200) (call $ic0.msg_reject_msg_size)))`;

/** A composite query that calls a method of a canister. */
const ask = (id: Uint8Array, method: string, after = '') => `
  ${callbacks(after)} ${data(100, id)} ${data(120, method)}
  ${composite('ask', makeCall({ callee: [100, id.length], method: [120, method.length] }))}`;

describe('a composite query', () => {
  it('calls queries and composite queries of other canisters', async () => {
    const network = await setupNetwork();
    const target = await network.install(canister(query('five', '(call $reply_i32 (i32.const 5))')));
    const middle = await network.install(canister(ask(target, 'five')));
    const id = await network.install(canister(ask(middle, 'ask')));
    expect(replyI32(await network.query(middle, 'ask'))).toBe(5);
    expect(replyI32(await network.query(id, 'ask'))).toBe(5);
    expect(network.reports.map(({ entryPoint }) => entryPoint).slice(-5)).toEqual([
      'CQ',
      'CQ',
      'NRQ',
      'CRy',
      'CRy',
    ]);
    expect(network.canister(middle).queryStats.calls).toBe(2n);
    expectReject(
      await network.call(id, 'ask'),
      'IC0527',
      'Composite query cannot be called in replicated mode',
    );
  });

  it('keeps its state over its callbacks, and leaves nothing of it', async () => {
    const network = await setupNetwork();
    const target = await network.install(canister(query('five', '(call $reply_i32 (i32.const 5))')));
    const count = '(i32.store (i32.const 64) (i32.add (i32.load (i32.const 64)) (i32.const 1)))';
    const id = await network.install(
      canister(`
        (table funcref (elem $on_reply))
        (func $on_reply (param $last i32)
          ${count} (if (local.get $last) (then (call $reply_i32 (i32.load (i32.const 64))))))
        ${data(100, target)} ${data(120, 'five')} ${query('count', '(call $reply_i32 (i32.load (i32.const 64)))')}
        ${composite(
          'twice',
          `${count} ${[0, 1]
            .map((env) => makeCall({ callee: [100, target.length], method: [120, 4], onReject: 0, env }))
            .join(' ')}`,
        )}`),
    );
    expect(replyI32(await network.query(id, 'twice'))).toBe(3);
    expect(replyI32(await network.query(id, 'twice'))).toBe(3);
    expect(replyI32(await network.query(id, 'count'))).toBe(0);
  });

  it('shows no certificate to the canisters that it calls', async () => {
    const network = await setupNetwork();
    const target = await network.install(
      canister(query('present', '(call $reply_i32 (call $ic0.data_certificate_present))')),
    );
    const id = await network.install(canister(ask(target, 'present')));
    expect(replyI32(await network.query(id, 'ask'))).toBe(0);
  });

  it.each([
    ['traps', 'trap', 'unreachable'],
    ['does not answer', 'silent', 'did not reply'],
    ['is an update', 'update', "no query method 'update'"],
  ])('gets a reject where what it calls %s', async (_, method, message) => {
    const network = await setupNetwork();
    const target = await network.install(
      canister(`${query('trap', 'unreachable')} ${query('silent', '')} ${update('update', '')}`),
    );
    const id = await network.install(canister(ask(target, method)));
    expectReject(await network.query(id, 'ask'), 'IC0406', message);
  });

  it('fails where its callback traps', async () => {
    const network = await setupNetwork();
    const target = await network.install(canister(query('five', '(call $reply_i32 (i32.const 5))')));
    const id = await network.install(canister(ask(target, 'five', 'unreachable')));
    expectReject(await network.query(id, 'ask'), 'IC0502', 'unreachable');
  });

  it('asks the management canister what can be asked by a query', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const value = { canister_id: Principal.fromUint8Array(id) };
    const arg = encodeArgument('canister_status', value);
    const call = (method: number, size: number) =>
      makeCall({
        callee: [0, 0],
        method: [method, size],
        with: `(call $ic0.call_data_append (i32.const 400) (i32.const ${arg.length}))`,
      });
    const module = canister(`
      ${callbacks()} ${data(100, 'canister_status')} ${data(120, 'stop_canister')} ${data(400, arg)}
      ${composite('status', call(100, 15))} ${composite('stop', call(120, 13))}`);
    expectReply(await network.installCode(id, module));
    const status = await network.manage('canister_status', value);
    expect(await network.query(id, 'status')).toEqual(status);
    expectReject(await network.query(id, 'stop'), 'IC0406', "no method 'stop_canister'");
    expect(network.canister(id).runState).toBe('running');
  });

  it('calls itself so deep and no deeper', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    await network.installCode(id, canister(ask(id, 'ask')));
    expectReject(await network.query(id, 'ask'), 'IC0406', 'maximum call depth of 6');
    const own = network.reports.filter(
      ({ canisterId, entryPoint }) => entryPoint === 'CQ' && equalBytes(canisterId, id),
    );
    expect(own).toHaveLength(6);
  });

  it('shares its limit of instructions with all that it calls', async () => {
    const network = await setupNetwork();
    const target = await network.install(
      canister(`
        (func $work (param $left i32)
          (loop $again
            ${'(drop (memory.size))'.repeat(1000)}
            (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))
        ${query('work', '(call $work (i32.const 100000)) (call $reply_empty)')}`),
    );
    expectReply(await network.query(target, 'work'));
    const calls = [0, 1, 2].map((env) =>
      makeCall({ callee: [100, target.length], method: [120, 4], onReject: 0, env }),
    );
    const id = await network.install(
      canister(`
        (table funcref (elem $on_response)) (func $on_response (param i32))
        ${data(100, target)} ${data(120, 'work')} ${composite('three', calls.join(' '))}`),
    );
    expectReject(await network.query(id, 'three'), 'IC0522', '5000000000 instructions');
  });

  it('is free for the canister, which needs no cycles for its calls', async () => {
    const network = await setupNetwork();
    const target = await network.install(canister(query('five', '(call $reply_i32 (i32.const 5))')));
    const id = await network.install(canister(ask(target, 'five')));
    const state = network.canister(id);
    state.cycles = 0n;
    state.settings = { ...state.settings, freezingThreshold: 0n };
    expect(replyI32(await network.query(id, 'ask'))).toBe(5);
    expect(network.canister(id).cycles).toBe(0n);
  });
});
