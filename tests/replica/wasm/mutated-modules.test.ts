import { describe, expect, it } from 'vitest';
import { ModuleError } from '../../../src/replica/wasm/module-error.ts';
import { prepareModule } from '../../../src/replica/wasm/prepare-module.ts';
import { mutate } from '../support/mutate.ts';
import { Random } from '../support/random.ts';
import { assemble, instantiate } from './wat.ts';

/** A module with a bit of everything, so that a changed byte can land in any part of the format. */
const original = assemble(`(module
  (import "ic0" "msg_reply" (func $reply)) (import "ic0" "msg_arg_data_copy" (func (param i32 i32 i32)))
  (table $t 3 9 funcref) (memory 1 4) (global $g (mut i32) (i32.const 1)) (global (mut v128) (v128.const i64x2 1 2))
  (export "memory" (memory 0)) (start $s) (elem (i32.const 0) $reply $s) (elem $e func $s) (elem declare func $f)
  (data (i32.const 8) "active") (data $p "passive") (type $op (func (param i32 i64) (result i64)))
  (func $s (global.set $g (i32.const 2)))
  (func $f (export "canister_update f") (local i32 f64)
    (block $a (loop $b
      (br_table $a $b (i32.and (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1)))))
    (if (local.get 0) (then (call $reply)) (else (call_indirect (local.get 0))))
    (memory.init $p (i32.const 0) (i32.const 0) (i32.const 7)) (data.drop $p) (elem.drop $e)
    (memory.copy (i32.const 0) (i32.const 9) (i32.const 3))
    (table.set $t (i32.const 2) (ref.func $f)) (drop (table.grow $t (ref.null func) (i32.const 1)))
    (v128.store offset=40 (i32.const 0) (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15
      (v128.const i64x2 1 2) (i32x4.splat (local.get 0))))
    (drop (call $g (i32.const 1) (i64.const 123456789012))) (local.set 1 (f64.const 1.5)))
  (func $g (type $op) (select (local.get 1) (i64.extend_i32_u (local.get 0)) (memory.size))))`);

describe('a damaged module', () => {
  it('is refused with a ModuleError, or accepted and metered', () => {
    const random = new Random(20_261_124);
    const outcomes = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const upload = mutate(original, random, 8);
      let outcome = 'accepted';
      try {
        const prepared = prepareModule(upload);
        expect(WebAssembly.validate(upload)).toBe(true);
        expect(prepared.hostExports.globals.length).toBeGreaterThanOrEqual(0);
      } catch (error) {
        if (!(error instanceof ModuleError)) throw error;
        outcome = error.code;
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    for (const expected of ['accepted', 'malformed', 'unsupported', 'rule', 'invalid']) {
      expect(outcomes.get(expected), expected).toBeGreaterThan(20);
    }
  });

  it('is refused when it is cut off anywhere', () => {
    for (let length = 0; length < original.length; length++) {
      const upload = original.slice(0, length);
      // A cut between two sections can leave a smaller module that is whole.
      if (!WebAssembly.validate(upload)) expect(() => prepareModule(upload)).toThrow(ModuleError);
    }
  });

  it('is what the others start from, whole and running', () => {
    let replies = 0;
    const { call, variables } = instantiate(prepareModule(original), {
      ic0: {
        msg_reply: () => {
          replies++;
        },
        msg_arg_data_copy: () => undefined,
      },
    });
    variables.start?.();
    call('canister_update f');
    expect(replies).toBe(1);
    expect(() => call('canister_update f')).toThrow(WebAssembly.RuntimeError);
  });
});
