import { describe, expect, it } from 'vitest';
import { canister, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, i32, replyI32 } from '../support/outcomes.ts';
import { SECOND, setupNetwork } from '../support/setup-network.ts';

/** Appends its argument to a list in memory, and gives its length. */
const LIST = canister(
  `
  (global $length (mut i32) (i32.const 0))
  ${update(
    'add',
    `(call $ic0.msg_arg_data_copy (i32.add (i32.const 1024) (global.get $length)) (i32.const 0) (i32.const 4))
     (global.set $length (i32.add (global.get $length) (i32.const 4)))
     (call $reply_i32 (i32.div_u (global.get $length) (i32.const 4)))`,
  )}
  ${update('trap', 'unreachable')}
  ${query('list', '(call $reply (i32.const 1024) (global.get $length))')}`,
);

describe('ingress messages', () => {
  it('are executed in order, each once, when many come at once', async () => {
    const network = await setupNetwork();
    const id = await network.install(LIST);
    const messages = Array.from({ length: 200 }, (_, i) => network.message(id, 'add', i32(i)));
    const refused = await Promise.all(messages.map((message) => network.submit(message)));
    expect(refused.every((reject) => reject === undefined)).toBe(true);
    const outcomes = await Promise.all(
      messages.map(({ requestId }) => network.network.subnet.outcome(requestId)),
    );
    expect(outcomes.map(replyI32)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    const list = expectReply(await network.query(id, 'list'));
    expect(new Int32Array(list.slice().buffer)).toEqual(Int32Array.from({ length: 200 }, (_, i) => i));
  });

  it('run once for one request id, however often they are submitted', async () => {
    const network = await setupNetwork();
    const id = await network.install(LIST);
    const message = network.message(id, 'add', i32(1));
    expect(await Promise.all([network.submit(message), network.submit(message)])).toEqual([
      undefined,
      undefined,
    ]);
    expect(replyI32(await network.network.subnet.outcome(message.requestId))).toBe(1);
    expect(replyI32(await network.run(message))).toBe(1);
    const { cycles } = network.canister(id);
    await network.network.advanceTime(9n * SECOND);
    expect(replyI32(await network.run({ ...message, arg: i32(2) }))).toBe(1);
    expect(network.canister(id).cycles).toBe(cycles);
    expect(expectReply(await network.query(id, 'list'))).toEqual(i32(1));
  });

  it('tell several who wait for one of them', async () => {
    const network = await setupNetwork();
    const id = await network.install(LIST);
    const message = network.message(id, 'trap');
    await network.submit(message);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => network.network.subnet.outcome(message.requestId)),
    );
    for (const outcome of outcomes) expectReject(outcome, 'IC0502');
  });

  it('can be submitted again after a refusal', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const message = network.message(id, 'add', i32(1));
    expectReject(await network.run(message), 'IC0537');
    expectReply(await network.installCode(id, LIST));
    expect(replyI32(await network.run(message))).toBe(1);
  });

  it('are known to their sender until five minutes after they expired', async () => {
    const network = await setupNetwork();
    const id = await network.install(LIST);
    const message = network.message(id, 'add', i32(1));
    await network.run(message);
    await network.network.advanceTime(message.ingressExpiry - network.network.now() + 300n * SECOND);
    const { sender, effectiveCanisterId } = message;
    const { subnet } = network.network;
    expect(subnet.requester(message.requestId)).toMatchObject({ sender, effectiveCanisterId });
    await network.network.advanceTime(1n);
    expect(subnet.requester(message.requestId)).toBeUndefined();
    await expect(subnet.outcome(message.requestId)).rejects.toThrow('not known');
  });
});
