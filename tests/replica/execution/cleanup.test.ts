import { describe, expect, it } from 'vitest';
import { canister, data, ENDLESS, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, replyI32 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

/** A method that calls another canister; what its callbacks and its cleanup do is given. */
function caller(target: Uint8Array, method: string, callbacks: string, cleanup: string): Uint8Array {
  return canister(`
    ${ENDLESS}
    (table funcref (elem $on_reply $on_reject $cleanup))
    (global $cleaned (mut i32) (i32.const 0))
    (func $on_reply (param i32) ${callbacks}) (func $on_reject (param i32) ${callbacks})
    (func $cleanup (param $env i32) ${cleanup})
    ${data(100, target)} ${data(120, method)}
    ${update(
      'go',
      makeCall({
        callee: [100, target.length],
        method: [120, method.length],
        with: '(call $ic0.call_on_cleanup (i32.const 2) (i32.const 9))',
      }),
    )}
    ${query('cleaned', '(call $reply_i32 (global.get $cleaned))')}`);
}

const TARGET = canister(`${update('answer', '(call $reply_empty)')} ${update('trap', 'unreachable')}`);
const CLEAN = '(global.set $cleaned (local.get $env))';

describe('a cleanup callback', () => {
  it.each([
    ['a reply callback that traps', 'answer', 'unreachable', 'IC0502', 9],
    ['a reject callback that traps', 'trap', 'unreachable', 'IC0502', 9],
    ['a callback that never ends', 'answer', '(call $endless)', 'IC0522', 9],
    ['a callback that breaks the rules', 'answer', '(call $reply_empty) (call $reply_empty)', 'IC0504', 9],
  ])('runs after %s', async (_, method, callbacks, code, cleaned) => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(caller(target, method, callbacks, CLEAN));
    expectReject(await network.call(id, 'go'), code);
    expect(replyI32(await network.query(id, 'cleaned'))).toBe(cleaned);
    expect(network.reports.filter(({ entryPoint }) => entryPoint === 'C')).toHaveLength(1);
  });

  it('does not run after a callback that ends well, or that only does not answer', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const good = await network.install(caller(target, 'answer', '(call $reply_empty)', CLEAN));
    const silent = await network.install(caller(target, 'answer', '', CLEAN));
    expectReply(await network.call(good, 'go'));
    expectReject(await network.call(silent, 'go'), 'IC0506', 'did not reply');
    for (const id of [good, silent]) expect(replyI32(await network.query(id, 'cleaned'))).toBe(0);
  });

  it.each([
    ['traps', `${CLEAN} unreachable`],
    ['answers, which it may not', `${CLEAN} (call $ic0.msg_reply)`],
    ['calls, which it may not', `${CLEAN} (drop (call $ic0.call_perform))`],
  ])('leaves nothing where it %s; the call is told of the callback', async (_, cleanup) => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(
      caller(target, 'answer', '(drop (i32.div_u (i32.const 1) (i32.const 0)))', cleanup),
    );
    expectReject(await network.call(id, 'go'), 'IC0502', 'integer division by 0');
    expect(replyI32(await network.query(id, 'cleaned'))).toBe(0);
    expect(network.canister(id)).toMatchObject({ callContexts: new Map(), callbacks: new Map() });
  });

  it('learns why the call was rejected', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(
      caller(target, 'trap', 'unreachable', '(global.set $cleaned (call $ic0.msg_reject_code))'),
    );
    expectReject(await network.call(id, 'go'), 'IC0502');
    expect(replyI32(await network.query(id, 'cleaned'))).toBe(5);
  });
});
