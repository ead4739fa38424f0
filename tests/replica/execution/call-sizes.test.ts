import { describe, expect, it } from 'vitest';
import { canister, data, makeCall, update } from '../support/canister-wat.ts';
import { expectReject, i32, replyI32 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const MIB = 1024 * 1024;
const LARGE = { memory: '(memory 200)' };

/** Replies with the size of its argument. */
const SIZE = canister(update('size', '(call $reply_i32 (call $ic0.msg_arg_data_size))'), LARGE);

/** Calls with an argument of as many bytes as it is told, which it appends in parts of a MiB, and passes on what comes. */
function sender(callee: Uint8Array): Uint8Array {
  const append = `
    (local $left i32) (local $part i32)
    (call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
    (local.set $left (i32.load (i32.const 64)))`;
  const call = makeCall({
    callee: [100, callee.length],
    method: [120, 4],
    with: `(loop $more
      (local.set $part (select (local.get $left) (i32.const ${MIB}) (i32.lt_u (local.get $left) (i32.const ${MIB}))))
      (call $ic0.call_data_append (i32.const 256) (local.get $part))
      (local.set $left (i32.sub (local.get $left) (local.get $part)))
      (br_if $more (local.get $left)))`,
  });
  return canister(
    `(table funcref (elem $on_reply $on_reject)) ${data(100, callee)} ${data(120, 'size')}
    (func $on_reply (param i32)
      (call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4)) (call $reply (i32.const 64) (i32.const 4)))
    (func $on_reject (param i32) (call $reply_i32 (i32.sub (i32.const 0) (call $ic0.msg_reject_code))))
    ${update('send', `${append} ${call}`)}`,
    LARGE,
  );
}

describe('size of a call within one subnet', () => {
  /** Without the four bytes of the method's name. */
  const most = 10 * MIB - 4;

  it.each([3 * MIB, 9 * MIB, most])('passes with %i bytes', async (bytes) => {
    const network = await setupNetwork();
    const id = await network.install(sender(await network.install(SIZE)));
    expect(replyI32(await network.call(id, 'send', i32(bytes)))).toBe(bytes);
  });

  it('is 10 MiB at most, with the name of the method', async () => {
    const network = await setupNetwork();
    const id = await network.install(sender(await network.install(SIZE)));
    const outcome = await network.call(id, 'send', i32(most + 1));
    expectReject(outcome, 'IC0504', `payload size (${most + 1}) cannot be larger than ${most}`);
    expect(network.canister(id).callContexts.size).toBe(0);
  });

  it('passes to itself and to a canister that is not there', async () => {
    const network = await setupNetwork();
    const target = await network.install(SIZE);
    const missing = target.with(7, 99);
    const id = await network.install(sender(missing));
    // Minus the reject code of a destination that is none.
    expect(replyI32(await network.call(id, 'send', i32(3 * MIB)))).toBe(-3);
  });
});
