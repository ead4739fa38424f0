import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../../src/replica/wasm/declarations.ts';
import { instrument } from '../../../src/replica/wasm/instrument.ts';
import { splitSections } from '../../../src/replica/wasm/sections.ts';
import { bare, metered } from './wat.ts';

/** Functions `f` of two i32, one class of instructions each; `seen` is a memory that shows stores. */
const classes: Readonly<Record<string, string>> = {
  'i32 arithmetic': `(func (export "f") (param i32 i32) (result i32)
    (i32.xor (i32.rotl (local.get 0) (local.get 1)) (i32.div_s (local.get 0) (i32.or (local.get 1) (i32.const 1)))))`,
  'i64 arithmetic and sign extension': `(func (export "f") (param i32 i32) (result i64)
    (i64.mul (i64.extend8_s (i64.extend_i32_u (local.get 0))) (i64.shr_s (i64.extend_i32_s (local.get 1)) (i64.const 3))))`,
  'floating point': `(func (export "f") (param i32 i32) (result f64)
    (f64.div (f64.sqrt (f64.abs (f64.convert_i32_s (local.get 0)))) (f64.promote_f32 (f32.convert_i32_u (local.get 1)))))`,
  'saturating truncation': `(func (export "f") (param i32 i32) (result i64)
    (i64.trunc_sat_f64_u (f64.mul (f64.convert_i32_s (local.get 0)) (f64.convert_i32_s (local.get 1)))))`,
  'traps of arithmetic': `(func (export "f") (param i32 i32) (result i32)
    (i32.rem_u (local.get 0) (i32.and (local.get 1) (i32.const 1))))`,
  'memory access, in bounds or not': `(memory 1) (func (export "f") (param i32 i32) (result i32)
    (i32.store16 offset=3 (i32.and (local.get 0) (i32.const 0x1ffff)) (local.get 1))
    (i32.load8_s offset=4 (i32.and (local.get 0) (i32.const 0x1ffff))))`,
  'blocks, branches and loops': `(func (export "f") (param i32 i32) (result i32) (local $sum i32)
    (local.set 0 (i32.and (local.get 0) (i32.const 0xff)))
    (block $out (loop $next
      (br_if $out (i32.eqz (local.get 0)))
      (block $c (block $b (block $a (br_table $a $b $c (i32.and (i32.add (local.get 0) (local.get 1)) (i32.const 3))))
        (local.set $sum (i32.add (local.get $sum) (i32.const 1))) (br $c))
        (local.set $sum (i32.mul (local.get $sum) (i32.const 3))))
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br $next)))
    (local.get $sum))`,
  'if with results, and dead code': `(func (export "f") (param i32 i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (local.get 1))
      (then (return (local.get 0)) unreachable (i32.const 3) (br 0))
      (else (i32.sub (local.get 1) (local.get 0)))))`,
  'several values': `(func $swap (param i32 i32) (result i32 i32) (local.get 1) (local.get 0))
    (func (export "f") (param i32 i32) (result i32 i32)
      (local.get 0) (local.get 1) (block (param i32 i32) (result i32 i32) (call $swap)))`,
  'direct, indirect and tail calls': `(table funcref (elem $add $sub)) (type $op (func (param i32 i32) (result i32)))
    (func $add (type $op) (i32.add (local.get 0) (local.get 1)))
    (func $sub (type $op) (return_call $add (local.get 0) (i32.sub (i32.const 0) (local.get 1))))
    (func (export "f") (type $op) (call_indirect (type $op) (call $add (local.get 0) (local.get 1)) (local.get 1)
      (i32.and (local.get 1) (i32.const 3))))`,
  return_call_indirect: `(table funcref (elem $odd $even)) (type $step (func (param i32) (result i32)))
    (func $odd (type $step) (return_call $even (i32.sub (local.get 0) (i32.const 1))))
    (func $even (type $step) (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 7)) (else
      (return_call_indirect (type $step) (i32.sub (local.get 0) (i32.const 2)) (i32.const 1)))))
    (func (export "f") (param i32 i32) (result i32) (return_call $even
      (i32.shl (i32.and (local.get 0) (i32.const 0x7ff)) (i32.const 1))))`,
  globals: `(global $a (mut i32) (i32.const 5)) (global $b (mut f32) (f32.const 2.5))
    (func (export "f") (param i32 i32) (result f32)
      (global.set $a (i32.add (global.get $a) (local.get 0)))
      (global.set $b (f32.mul (global.get $b) (f32.convert_i32_s (local.get 1))))
      (f32.add (global.get $b) (f32.convert_i32_s (global.get $a))))`,
  'bulk memory': `(memory 1) (data $d "the quick brown fox")
    (func (export "f") (param i32 i32) (result i64)
      (memory.init $d (i32.const 8) (i32.const 0) (i32.and (local.get 0) (i32.const 31)))
      (memory.fill (i32.const 40) (local.get 1) (i32.and (local.get 1) (i32.const 15)))
      (memory.copy (i32.const 10) (i32.const 6) (i32.and (local.get 0) (i32.const 63)))
      (i64.add (i64.load (i32.const 12)) (i64.load (i32.const 40))))`,
  'memory.grow and memory.size': `(memory 1 20) (func (export "f") (param i32 i32) (result i32)
    (drop (memory.grow (i32.and (local.get 0) (i32.const 7))))
    (i32.add (memory.size) (memory.grow (local.get 1))))`,
  'tables and references': `(table $t 4 40 funcref) (table $u 4 funcref) (elem $e func $one) (elem declare func $f)
    (func $one (result i32) (i32.const 1))
    (func $f (export "f") (param i32 i32) (result i32)
      (table.init $t $e (i32.const 1) (i32.const 0) (i32.const 1))
      (table.set $t (i32.and (local.get 0) (i32.const 7)) (ref.func $f))
      (drop (table.grow $t (ref.null func) (i32.and (local.get 1) (i32.const 3))))
      (table.fill $u (i32.const 2) (table.get $t (i32.const 1)) (i32.const 2))
      (table.copy $t $u (i32.const 0) (i32.const 1) (i32.const 2))
      (i32.add (table.size $t) (ref.is_null (table.get $t (i32.and (local.get 1) (i32.const 3))))))`,
  'dropped segments': `(memory 1) (data $d "abc") (func (export "f") (param i32 i32) (result i32)
    (if (i32.and (local.get 1) (i32.const 1)) (then (data.drop $d)))
    (memory.init $d (i32.const 0) (i32.const 0) (i32.and (local.get 0) (i32.const 1)))
    (i32.load (i32.const 0)))`,
  vectors: `(memory 1) (func (export "f") (param i32 i32) (result i64)
    (v128.store (i32.const 16) (i8x16.shuffle 0 17 2 19 4 21 6 23 8 25 10 27 12 29 14 31
      (i32x4.mul (i32x4.splat (local.get 0)) (v128.const i32x4 1 2 3 4)) (i16x8.splat (local.get 1))))
    (i64x2.extract_lane 1 (v128.load8_lane offset=2 7 (i32.const 16) (f64x2.div
      (f64x2.convert_low_i32x4_u (v128.load (i32.const 16))) (v128.const f64x2 3 7)))))`,
};

type Outcome = { readonly result: unknown } | { readonly trap: string };

function outcome(call: () => unknown): Outcome {
  try {
    return { result: call() };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return { trap: error.message };
    throw error;
  }
}

describe('a metered module', () => {
  it.each(Object.entries(classes))('computes the same as the bare one: %s', (_, functions) => {
    const text = `(module ${functions})`;
    const one = bare(text);
    const other = metered(text);
    const integer = fc.oneof(fc.integer(), fc.integer({ min: -8, max: 8 }));
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        expect(outcome(() => other.call('f', a, b))).toEqual(outcome(() => one.call('f', a, b)));
      }),
      { numRuns: 200, seed: 20261124 },
    );
  });

  it('that a compiler made computes the same as the bare one', () => {
    const folder = 'node_modules/azle/src/stable/build/commands/generate/rust/candid_to_ts_js/pkg';
    const bytes = new Uint8Array(readFileSync(`${folder}/candid_to_ts_js_bg.wasm`));
    const sections = splitSections(bytes);
    const instrumented = instrument(sections, readDeclarations(sections));
    const candid =
      'type T = record { a : opt T; b : vec text }; service : { f : (T, nat) -> (variant { ok; no : T }) query }';
    const { hostExports, layout } = instrumented;
    const compiled = compileCandid(instrumented.bytes, candid, { ...hostExports, ...layout });
    expect(compiled).toBe(compileCandid(bytes, candid));
    expect(compiled).toContain('IDL.Variant');
  });
});

/** Runs the Candid compiler that comes with Azle, which wants strings as externrefs and memory it allocates itself. */
function compileCandid(
  bytes: Uint8Array,
  candid: string,
  { counter, shift = 0 }: { readonly counter?: string; readonly shift?: number } = {},
): string {
  let strings: string[] = [];
  const readText = (start: number | bigint | undefined, length: number | bigint | undefined) => {
    const from = Number(start) >>> 0;
    return new TextDecoder().decode(memory.subarray(from, from + Number(length)));
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    __wbindgen_placeholder__: {
      __wbindgen_string_new: (start, length) => {
        memory = memoryOf(instance, shift);
        strings = [...strings, readText(start, length)];
        return strings.at(-1);
      },
      __wbindgen_throw: (start, length) => {
        throw new Error(readText(start, length));
      },
      __wbindgen_init_externref_table: () => undefined,
    },
  });
  const { __wbindgen_malloc: allocate, candid_to_ts_js: compile } = instance.exports;
  if (typeof allocate !== 'function' || typeof compile !== 'function')
    throw new Error('not the Candid compiler');
  const budget = counter === undefined ? undefined : instance.exports[counter];
  if (budget instanceof WebAssembly.Global) budget.value = 10_000_000_000n;
  const source = new TextEncoder().encode(candid);
  const start = Number(allocate(source.length, 1));
  let memory = memoryOf(instance, shift);
  memory.set(source, start);
  compile(start, source.length);
  if (budget instanceof WebAssembly.Global) expect(budget.value).toBeLessThan(10_000_000_000n);
  return strings.join('\n');
}

function memoryOf(instance: WebAssembly.Instance, shift: number): Uint8Array {
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('the module exports no memory');
  return new Uint8Array(memory.buffer, shift);
}
