import { describe, expect, it } from 'vitest';
import { canister, data, makeCall, update } from '../support/canister-wat.ts';
import { installHanging, release } from '../support/hanging-canister.ts';
import { expectReject, replyI64 } from '../support/outcomes.ts';
import { SECOND, setupNetwork } from '../support/setup-network.ts';

/** Answers with the deadline of the call. */
const TARGET = canister(update('deadline', '(call $reply_i64 (call $ic0.msg_deadline))'));

describe('a call with best-effort response', () => {
  const caller = (target: Uint8Array, method: string) =>
    canister(`
      (table funcref (elem $on_reply $on_reject)) ${data(100, target)} ${data(120, method)}
      (func $on_reply (param i32)
        (call $ic0.msg_arg_data_copy (i32.const 200) (i32.const 0) (call $ic0.msg_arg_data_size))
        (call $reply (i32.const 200) (call $ic0.msg_arg_data_size)))
      (func $on_reject (param i32)
        (call $ic0.msg_reject_msg_copy (i32.const 200) (i32.const 0) (call $ic0.msg_reject_msg_size))
        (call $ic0.msg_reject (i32.const 200) (call $ic0.msg_reject_msg_size)))
      ${[10, 1000]
        .map((seconds) =>
          update(
            `wait ${seconds}`,
            makeCall({
              callee: [100, target.length],
              method: [120, method.length],
              with: `(call $ic0.call_with_best_effort_response (i32.const ${seconds}))`,
            }),
          ),
        )
        .join('\n')}`);

  it('tells the callee its deadline, five minutes from now at most', async () => {
    const network = await setupNetwork();
    const target = await network.install(TARGET);
    const id = await network.install(caller(target, 'deadline'));
    expect(replyI64(await network.call(id, 'wait 10'))).toBe(network.network.now() + 10n * SECOND);
    expect(replyI64(await network.call(id, 'wait 1000'))).toBe(network.network.now() + 300n * SECOND);
  });

  it('is rejected at its deadline, and a response that comes later is dropped', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(caller(hanging, 'hang'));
    const message = network.message(id, 'wait 10');
    await network.submit(message);
    await network.network.subnet.idle();
    await network.network.advanceTime(10n * SECOND - 1n);
    expect(network.canister(id).callbacks.size).toBe(1);
    await network.network.advanceTime(1n);
    expectReject(await network.network.subnet.outcome(message.requestId), 'IC0406', 'deadline has expired');
    const { cycles } = network.canister(id);
    await release(network, hanging);
    expect(network.canister(id)).toMatchObject({ cycles, callbacks: new Map(), callContexts: new Map() });
  });
});
