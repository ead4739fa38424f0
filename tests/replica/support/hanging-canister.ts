import { Principal } from '@dfinity/principal';
import { canister, data, makeCall, update } from './canister-wat.ts';
import { encodeArgument } from './management-types.ts';
import { expectReply } from './outcomes.ts';
import { owner, type TestNetwork } from './setup-network.ts';

/**
 * Installs a canister whose method `hang` answers only after `release`: it waits for its own stop, which waits for the
 * end of that call.
 */
export async function installHanging(network: TestNetwork): Promise<Uint8Array> {
  const id = await network.create();
  const canister_id = Principal.fromUint8Array(id);
  const settings = { controllers: [Principal.fromUint8Array(owner), canister_id] };
  expectReply(await network.manage('update_settings', { canister_id, settings }));
  const arg = encodeArgument('stop_canister', { canister_id });
  const module = canister(`
    (table funcref (elem $on_response)) (func $on_response (param i32) (call $reply_i32 (i32.const 42)))
    ${data(100, 'stop_canister')} ${data(120, arg)}
    ${update(
      'hang',
      makeCall({
        callee: [0, 0],
        method: [100, 13],
        onReject: 0,
        with: `(call $ic0.call_data_append (i32.const 120) (i32.const ${arg.length}))`,
      }),
    )}
    ${update('answer', '(call $reply_empty)')}`);
  expectReply(await network.installCode(id, module));
  return id;
}

/** Lets the calls of `hang` be answered, with 42. */
export async function release(network: TestNetwork, id: Uint8Array): Promise<void> {
  expectReply(await network.manage('start_canister', { canister_id: Principal.fromUint8Array(id) }));
  await network.network.subnet.idle();
}
