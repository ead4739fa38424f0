import { canister, data, makeCall, update } from './canister-wat.ts';

/**
 * A canister whose method `ask` makes an HTTP outcall and answers with what comes of it. `arg` is the encoded request, of at
 * most 1900 bytes; addresses from 2048 to 4095 are free for `more`, such as a transform.
 */
export function askingCanister(arg: Uint8Array, cycles: bigint, more = ''): Uint8Array {
  return canister(`
    (table funcref (elem $on_reply $on_reject))
    ${data(64, 'http_request')} ${data(128, arg)}
    (func $on_reply (param i32)
      (call $ic0.msg_arg_data_copy (i32.const 4096) (i32.const 0) (call $ic0.msg_arg_data_size))
      (call $reply (i32.const 4096) (call $ic0.msg_arg_data_size)))
    (func $on_reject (param i32)
      (call $ic0.msg_reject_msg_copy (i32.const 4096) (i32.const 0) (call $ic0.msg_reject_msg_size))
      (call $ic0.msg_reject (i32.const 4096) (call $ic0.msg_reject_msg_size)))
    ${update(
      'ask',
      makeCall({
        callee: [0, 0],
        method: [64, 12],
        with: `(call $ic0.call_cycles_add128 (i64.const 0) (i64.const ${cycles}))
          (call $ic0.call_data_append (i32.const 128) (i32.const ${arg.length}))`,
      }),
    )}
    ${more}`);
}
