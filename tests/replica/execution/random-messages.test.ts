import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canister, query, update } from '../support/canister-wat.ts';
import { expectReply } from '../support/outcomes.ts';
import { setupNetwork } from '../support/setup-network.ts';

const PAGE = 65_536;
const FIRST_PAGES = 3;

/** What a script's steps are; each comes with a byte. */
const OPS = ['heap', 'global', 'memory', 'stableGrow', 'stableWrite', 'table', 'trap'] as const;
type Op = (typeof OPS)[number];
type Script = readonly (readonly [op: Op, value: number])[];

/** What each step does with its byte, `$v`. */
const BODIES: Readonly<Record<Op, string>> = {
  heap: '(i32.store8 (i32.add (i32.const 512) (i32.and (local.get $v) (i32.const 63))) (local.get $v))',
  global: '(global.set $g (i64.add (i64.extend_i32_u (local.get $v)) (i64.const 1)))',
  memory: `(drop (memory.grow (i32.const 1)))
    (i32.store8 (i32.sub (i32.mul (memory.size) (i32.const ${PAGE})) (i32.const 1)) (local.get $v))`,
  stableGrow: '(drop (call $ic0.stable64_grow (i64.const 1)))',
  stableWrite: `(if (i64.ne (call $ic0.stable64_size) (i64.const 0)) (then
    (i32.store8 (i32.const 64) (local.get $v))
    (call $ic0.stable64_write (i64.extend_i32_u (i32.mul (local.get $v) (i32.const 250))) (i64.const 64) (i64.const 1))))`,
  table: `(if (i32.and (local.get $v) (i32.const 1))
    (then (table.set (i32.and (local.get $v) (i32.const 7)) (ref.func $f)))
    (else (table.set (i32.and (local.get $v) (i32.const 7)) (ref.null func))))`,
  trap: 'unreachable',
};

const MODULE = canister(
  `
  (global $g (mut i64) (i64.const 0)) (table 8 funcref) (elem declare func $f) (func $f)
  (func $run (local $i i32) (local $op i32) (local $v i32)
    (call $ic0.msg_arg_data_copy (i32.const 1024) (i32.const 0) (call $ic0.msg_arg_data_size))
    (loop $next
      (if (i32.lt_u (local.get $i) (call $ic0.msg_arg_data_size)) (then
        (local.set $op (i32.load8_u (i32.add (i32.const 1024) (local.get $i))))
        (local.set $v (i32.load8_u (i32.add (i32.const 1025) (local.get $i))))
        ${OPS.map((op, code) => `(if (i32.eq (local.get $op) (i32.const ${code})) (then ${BODIES[op]}))`).join('\n')}
        (local.set $i (i32.add (local.get $i) (i32.const 2)))
        (br $next)))))
  ${update('run', '(call $run) (call $reply_empty)')} ${query('try', '(call $run) (call $reply_empty)')}
  ${query(
    'observe',
    `(local $i i32)
     (call $ic0.msg_reply_data_append (i32.const 512) (i32.const 64))
     (i64.store (i32.const 0) (global.get $g)) (i32.store (i32.const 8) (memory.size))
     (i32.store (i32.const 12) (i32.load8_u (i32.sub (i32.mul (memory.size) (i32.const ${PAGE})) (i32.const 1))))
     (i64.store (i32.const 16) (call $ic0.stable64_size))
     (loop $next
       (i32.store8 (i32.add (i32.const 24) (local.get $i)) (ref.is_null (table.get (local.get $i))))
       (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
     (call $ic0.msg_reply_data_append (i32.const 0) (i32.const 32))
     (if (i64.ne (call $ic0.stable64_size) (i64.const 0)) (then
       (call $ic0.stable64_read (i64.const ${PAGE}) (i64.const 0) (i64.const ${PAGE}))
       (call $ic0.msg_reply_data_append (i32.const ${PAGE}) (i32.const ${PAGE}))))
     (call $ic0.msg_reply)`,
  )}`,
  { memory: `(memory ${FIRST_PAGES})` },
);

/** The same state, in plain data. */
class Model {
  readonly heap = new Uint8Array(64);
  global = 0n;
  pages = FIRST_PAGES;
  last = 0;
  stablePages = 0;
  readonly stable = new Uint8Array(PAGE);
  readonly empty = new Uint8Array(8).fill(1);

  /** A copy on which the script ran; undefined where it traps. */
  after(script: Script): Model | undefined {
    const next = copyOf(this);
    for (const [op, v] of script) {
      if (op === 'trap') return undefined;
      next.#step(op, v);
    }
    return next;
  }

  observed(): Uint8Array {
    const bytes = new Uint8Array(96 + (this.stablePages > 0 ? PAGE : 0));
    const view = new DataView(bytes.buffer);
    bytes.set(this.heap);
    view.setBigUint64(64, this.global, true);
    view.setUint32(72, this.pages, true);
    view.setUint32(76, this.last, true);
    view.setBigUint64(80, BigInt(this.stablePages), true);
    bytes.set(this.empty, 88);
    if (this.stablePages > 0) bytes.set(this.stable, 96);
    return bytes;
  }

  #step(op: Exclude<Op, 'trap'>, v: number): void {
    switch (op) {
      case 'heap':
        this.heap[v & 63] = v;
        return;
      case 'global':
        this.global = BigInt(v) + 1n;
        return;
      case 'memory':
        this.pages += 1;
        this.last = v;
        return;
      case 'stableGrow':
        this.stablePages += 1;
        return;
      case 'stableWrite':
        if (this.stablePages > 0) this.stable[v * 250] = v;
        return;
      case 'table':
        this.empty[v & 7] = 1 - (v & 1);
    }
  }
}

function copyOf(model: Model): Model {
  const copy = new Model();
  copy.heap.set(model.heap);
  copy.stable.set(model.stable);
  copy.empty.set(model.empty);
  const { global, pages, last, stablePages } = model;
  return Object.assign(copy, { global, pages, last, stablePages });
}

const script = fc.array(fc.tuple(fc.constantFrom(...OPS.slice(0, -1)), fc.integer({ min: 0, max: 255 })), {
  maxLength: 12,
});
const message = fc.record({
  script,
  traps: fc.boolean(),
  kind: fc.constantFrom('update', 'query', 'query as update'),
});

describe('random messages', () => {
  it('leave what they did where they are updates that end well, and nothing otherwise', async () => {
    const network = await setupNetwork();
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 12 }), async (messages) => {
        const id = await network.install(MODULE);
        let model = new Model();
        for (const { script: steps, traps, kind } of messages) {
          const whole: Script = traps ? [...steps, ['trap', 0]] : steps;
          const arg = new Uint8Array(whole.flatMap(([op, value]) => [OPS.indexOf(op), value]));
          const outcome =
            kind === 'query'
              ? await network.query(id, 'try', arg)
              : await network.call(id, kind === 'update' ? 'run' : 'try', arg);
          expect(outcome.kind).toBe(traps ? 'rejected' : 'replied');
          if (kind === 'update') model = model.after(whole) ?? model;
          const seen = expectReply(await network.query(id, 'observe'));
          expect(Buffer.compare(seen, model.observed())).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
