import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { principalText } from '../../../src/replica/codec/principal-text.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, replyText } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const MODULE = canister(`
  ${update('answer', '(call $reply_empty)')} ${update('silent', '')} ${query('five', '(call $reply_i32 (i32.const 5))')}
  (func (export "canister_composite_query composite") (call $reply_empty))`);

/** Replies with the message of the reject that its call gets. */
function teller(callee: Uint8Array, method: string): Uint8Array {
  const call = makeCall({
    callee: [100, callee.length],
    method: [120, method.length],
    onReply: 0,
    onReject: 0,
  });
  return canister(`
    (table funcref (elem $on_reject)) ${data(100, callee)} ${data(120, method)}
    (func $on_reject (param i32)
      (call $ic0.msg_reject_msg_copy (i32.const 200) (i32.const 0) (call $ic0.msg_reject_msg_size))
      (call $reply (i32.const 200) (call $ic0.msg_reject_msg_size)))
    ${update('ask', call)} (func (export "canister_composite_query ask_query") ${call})`);
}

async function setup() {
  const network = await setupNetwork();
  const id = await network.install(MODULE);
  return { network, id, text: principalText(id), canister_id: Principal.fromUint8Array(id) };
}

describe('rejects', () => {
  it.each(['missing', 'canister_init', ''])(
    'an update of the method %j, which does not exist, is accepted and its reject certified',
    async (method) => {
      const { network, id, text } = await setup();
      const message = network.message(id, method);
      expect(await network.submit(message)).toBeUndefined();
      const outcome = await network.network.subnet.outcome(message.requestId);
      const { message: said } = expectReject(outcome, 'IC0536');
      expect(said).toBe(`Error from Canister ${text}: Canister has no update method '${method}'.`);
    },
  );

  it('an update of a query method runs it, and of a composite query is refused', async () => {
    const { network, id } = await setup();
    expectReply(await network.call(id, 'five'));
    expect(await network.submit(network.message(id, 'composite'))).toMatchObject({ errorCode: 'IC0527' });
  });

  it('an update of a missing method is for inspect_message to refuse', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`${update('m', '')} (func (export "canister_inspect_message"))`),
    );
    expect(await network.submit(network.message(id, 'missing'))).toMatchObject({ errorCode: 'IC0406' });
  });

  it.each(['answer', 'missing'])('a query of %s, which is no query method, is rejected', async (method) => {
    const { network, id, text } = await setup();
    const { message } = expectReject(await network.query(id, method), 'IC0536');
    expect(message).toBe(`Error from Canister ${text}: Canister has no query method '${method}'.`);
  });

  it('say of a stopped canister what the replica says', async () => {
    const { network, id, text, canister_id } = await setup();
    expectReply(await network.manage('stop_canister', { canister_id }));
    expect(await network.submit(network.message(id, 'answer'))).toEqual({
      code: 5,
      errorCode: 'IC0508',
      message: `Canister ${text} is stopped`,
    });
    for (const method of ['five', 'missing', 'composite']) {
      const { message } = expectReject(await network.query(id, method), 'IC0508');
      expect(message).toBe(`Canister ${text} is stopped and therefore does not have a CallContextManager`);
    }
    const asking = await network.install(teller(id, 'five'));
    expect(replyText(await network.call(asking, 'ask'))).toBe(`Canister ${text} is stopped`);
    expect(replyText(await network.query(asking, 'ask_query'))).toBe(
      `IC0508: Canister ${text} is stopped and therefore does not have a CallContextManager`,
    );
  });

  it('say of a canister that stops before its message runs that it is not running', async () => {
    const { network, id, text, canister_id } = await setup();
    const stop = network.manage('stop_canister', { canister_id });
    const message = network.message(id, 'answer');
    expect(await network.submit(message)).toBeUndefined();
    const outcome = await network.network.subnet.outcome(message.requestId);
    expect(expectReject(outcome, 'IC0508').message).toBe(`Canister ${text} is not running`);
    expectReply(await stop);
  });

  it('say of a canister without code what the replica says', async () => {
    const network = await setupNetwork();
    const empty = await network.create();
    expect(await network.submit(network.message(empty, 'm'))).toEqual({
      code: 5,
      errorCode: 'IC0537',
      message: 'Requested canister has no wasm module',
    });
    expectReject(await network.query(empty, 'm'), 'IC0537', /contains no Wasm module/);
  });

  it('say of a call without an answer what the replica says, to a user and to a canister', async () => {
    const { network, id, text } = await setup();
    const { message } = expectReject(await network.call(id, 'silent'), 'IC0506');
    expect(message).toBe(`Canister ${text} did not reply to the call`);
    const asking = await network.install(teller(id, 'silent'));
    expect(replyText(await network.call(asking, 'ask'))).toBe('No response');
  });

  it('tell canisters the code before the text, unless a canister said the text', async () => {
    const { network, id, text } = await setup();
    const asking = await network.install(teller(id, 'missing'));
    const said = `Error from Canister ${text}: Canister has no update method 'missing'.`;
    expect(replyText(await network.call(asking, 'ask'))).toBe(`IC0536: ${said}`);
    const refusing = await network.install(
      canister(
        `${data(100, 'no')} ${update('refuse', '(call $ic0.msg_reject (i32.const 100) (i32.const 2))')}`,
      ),
    );
    const told = await network.install(teller(refusing, 'refuse'));
    expect(replyText(await network.call(told, 'ask'))).toBe('no');
  });
});
