import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import type { IngressMessage } from '../../../src/replica/messages/message.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject, replyText } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { setupNetwork, type TestNetwork } from '../support/setup-network.ts';

/** Replies with what is said of its caller: the info, and after it the signer. */
const TELL = `
  (call $ic0.msg_caller_info_data_copy (i32.const 200) (i32.const 0) (call $ic0.msg_caller_info_data_size))
  (call $ic0.msg_reply_data_append (i32.const 200) (call $ic0.msg_caller_info_data_size))
  (call $ic0.msg_caller_info_signer_copy (i32.const 200) (i32.const 0) (call $ic0.msg_caller_info_signer_size))
  (call $ic0.msg_reply_data_append (i32.const 200) (call $ic0.msg_caller_info_signer_size))
  (call $ic0.msg_reply)`;
const TARGET = canister(`${update('tell', TELL)} ${query('tell_query', TELL)}`);

function teller(target: Uint8Array): Uint8Array {
  const call = (method: readonly [number, number], onReply: number) =>
    makeCall({ callee: [100, target.length], method, onReply, onReject: 0 });
  return canister(`
    (table funcref (elem $tell_in_callback $pass_on)) ${data(100, target)} ${data(120, 'tell')} ${data(130, 'tell_query')}
    (func $tell_in_callback (param i32) ${TELL})
    (func $pass_on (param i32)
      (call $ic0.msg_arg_data_copy (i32.const 200) (i32.const 0) (call $ic0.msg_arg_data_size))
      (call $ic0.msg_reply_data_append (i32.const 200) (call $ic0.msg_arg_data_size))
      (call $ic0.msg_reply))
    ${update('tell', TELL)} ${query('tell_query', TELL)} ${update('in_callback', call([120, 4], 0))}
    ${update('of_canister', call([120, 4], 1))}
    (func (export "canister_composite_query composite") ${TELL})
    (func (export "canister_composite_query in_composite_callback") ${call([130, 10], 0)})
    (func (export "canister_inspect_message")
      (if (call $ic0.msg_caller_info_data_size) (then (call $ic0.accept_message))))`);
}

const callerInfo = { info: utf8('role=admin '), signer: utf8('provider') };
const SAID = 'role=admin provider';

async function setup() {
  const network = await setupNetwork();
  const id = await network.install(teller(await network.install(TARGET)));
  const message = (method: string): IngressMessage => ({ ...network.message(id, method), callerInfo });
  return { network, id, message };
}

const queried = ({ network: { subnet } }: TestNetwork, message: IngressMessage) => subnet.query(message);

describe('sender_info: what is said of the caller', () => {
  it.each(['tell', 'tell_query', 'in_callback'])('is seen in an update: %s', async (method) => {
    const { network, message } = await setup();
    expect(replyText(await network.run(message(method)))).toBe(SAID);
  });

  it.each(['tell_query', 'composite', 'in_composite_callback'])('is seen in a query: %s', async (method) => {
    const { network, message } = await setup();
    expect(replyText(await queried(network, message(method)))).toBe(SAID);
  });

  it('is seen by inspect_message, and empty where nothing is said', async () => {
    const { network, id } = await setup();
    expectReject(await network.call(id, 'tell'), 'IC0406');
    expect(replyText(await network.query(id, 'tell_query'))).toBe('');
  });

  it('does not go with a call to another canister', async () => {
    const { network, message } = await setup();
    expect(replyText(await network.run(message('of_canister')))).toBe('');
  });

  it('is kept over the end of the process while the call is worked on', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const target = await first.install(TARGET);
    const id = await first.install(teller(target));
    const message = { ...first.message(id, 'in_callback'), callerInfo };
    const submitted = first.submit(message);
    await first.network.close();
    await submitted;
    const second = await setupNetwork({ directory });
    const known = second.network.subnet.requester(message.requestId);
    const outcome =
      known === undefined
        ? await second.run(message)
        : await second.network.subnet.outcome(message.requestId);
    expect(replyText(outcome)).toBe(SAID);
  });
});
