import { canister, data, makeCall, query, update } from './canister-wat.ts';

/** Counts its updates, shows the time in seconds, and adds to its count by a timer after ten seconds. */
export const COUNTER = canister(`
  (global $count (mut i32) (i32.const 0))
  (func $add (global.set $count (i32.add (global.get $count) (i32.const 1))))
  (func (export "canister_global_timer") (call $add))
  ${update('add', '(call $add) (call $reply_i32 (global.get $count))')}
  ${query('count', '(call $reply_i32 (global.get $count))')}
  ${query('now', '(call $reply_i64 (call $ic0.time))')} ${update('now_update', '(call $reply_i64 (call $ic0.time))')}
  ${query('seconds', '(call $reply_i64 (i64.div_u (call $ic0.time) (i64.const 1000000000)))')}
  ${update(
    'add_later',
    `(drop (call $ic0.global_timer_set (i64.add (call $ic0.time) (i64.const 10000000000))))
     (call $reply_empty)`,
  )}`);

/** Calls `add` of another with as many bytes as it is told, and replies 1 where that did. */
export function sendingCanister(callee: Uint8Array): Uint8Array {
  const call = makeCall({
    callee: [100, callee.length],
    method: [120, 3],
    with: '(call $ic0.call_data_append (i32.const 256) (i32.load (i32.const 64)))',
  });
  return canister(
    `(table funcref (elem $on_reply $on_reject)) ${data(100, callee)} ${data(120, 'add')}
    (func $on_reply (param i32) (call $reply_i32 (i32.const 1)))
    (func $on_reject (param i32) (call $reply_i32 (i32.const 0)))
    ${update('send', `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4)) ${call}`)}`,
    { memory: '(memory 160)' },
  );
}
