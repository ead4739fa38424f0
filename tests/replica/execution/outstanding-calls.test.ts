import { describe, expect, it } from 'vitest';
import { canister, data, update } from '../support/canister-wat.ts';
import { installHanging, release } from '../support/hanging-canister.ts';
import { expectReject, expectReply, i32, replyI32 } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const begin = (target: number, method: number) => `
  (call $ic0.call_new (i32.const ${target}) (i32.const 10) (i32.const ${method}) (i32.const 4)
    (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0))`;

/** Calls `hang` of one canister as often as it is told, and replies with what the last call_perform said. */
const caller = (hanging: Uint8Array, other: Uint8Array) =>
  canister(`
    (table funcref (elem $done)) (func $done (param i32))
    ${data(100, hanging)} ${data(120, other)} ${data(140, 'hang')}
    (global $left (mut i32) (i32.const 0)) (global $said (mut i32) (i32.const 0))
    ${update(
      'ask',
      `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
       (global.set $left (i32.load (i32.const 64)))
       (loop $again ${begin(100, 140)} (global.set $said (call $ic0.call_perform))
         (global.set $left (i32.sub (global.get $left) (i32.const 1)))
         (br_if $again (global.get $left)))
       (call $reply_i32 (global.get $said))`,
    )}
    ${update('ask another', `${begin(120, 140)} (call $reply_i32 (call $ic0.call_perform))`)}`);

describe('the calls of a canister that have no response yet', () => {
  it('are five hundred to one other canister at most, over all its messages', async () => {
    const network = await setupNetwork();
    const [hanging, other] = [await installHanging(network), await installHanging(network)];
    const id = await network.install(caller(hanging, other), { amount: 10n ** 15n });
    const messages = [499, 1, 1].map((times) => network.message(id, 'ask', i32(times)));
    for (const message of messages) expect(await network.submit(message)).toBeUndefined();
    const another = network.message(id, 'ask another');
    expect(await network.submit(another)).toBeUndefined();
    const said = await Promise.all(
      [...messages, another].map(async ({ requestId }) =>
        replyI32(await network.network.subnet.outcome(requestId)),
      ),
    );
    expect(said).toEqual([0, 0, 2, 0]);
    // A response makes room for another.
    await release(network, hanging);
    expect(replyI32(await network.call(id, 'ask', i32(1)))).toBe(0);
  });

  it('may be more to several canisters together', async () => {
    const network = await setupNetwork();
    const [hanging, other] = [await installHanging(network), await installHanging(network)];
    const id = await network.install(caller(hanging, other), { amount: 10n ** 15n });
    expect(replyI32(await network.call(id, 'ask', i32(501)))).toBe(2);
    expect(replyI32(await network.call(id, 'ask another'))).toBe(0);
    expectReply(await network.call(id, 'ask', i32(500)));
    expectReject(await network.call(id, 'ask', new Uint8Array()), 'IC0504');
  });
});
