const LOCALS = Array.from({ length: 32 }, (_, i) => i);

/** Calls itself as often as it is told; all of its 32 locals are needed again after the call. */
export const DEEP = `
  (func $deep (param $left i32) (result i64) (local $below i64) ${LOCALS.map((i) => `(local $l${i} i64)`).join(' ')}
    (if (i32.eqz (local.get $left)) (then (return (i64.const 0))))
    ${LOCALS.map((i) => `(local.set $l${i} (i64.mul (i64.extend_i32_u (local.get $left)) (i64.const ${i + 1})))`).join(' ')}
    (local.set $below (call $deep (i32.sub (local.get $left) (i32.const 1))))
    (i64.add (local.get $below) ${LOCALS.map((i) => `(local.get $l${i})`).reduce((sum, local) => `(i64.add ${sum} ${local})`)}))`;

/** Answers what so many frames add up to; the argument is four bytes. */
export const FRAMES = `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
  (call $reply_i64 (call $deep (i32.load (i32.const 64))))`;

/** What the frames add up to: each its number times 1 to 32. */
export const sumOf = (frames: bigint): bigint => ((frames * (frames + 1n)) / 2n) * ((32n * 33n) / 2n);
