import { describe, expect, it } from 'vitest';
import type { VariablesImage } from '../../../src/replica/wasm/instance-variables.ts';
import { prepareModule } from '../../../src/replica/wasm/prepare-module.ts';
import { assemble, instantiate, metered } from './wat.ts';

describe('InstanceVariables', () => {
  it('captures and restores mutable globals of every type, bit for bit', () => {
    const text = `(module
      (global (mut i32) (i32.const -1)) (global (mut i64) (i64.const -9000000000))
      (global (mut f32) (f32.const nan:0x200001)) (global (mut f64) (f64.const nan:0x4000000000001))
      (global (mut v128) (v128.const i64x2 -1 7)) (global (mut funcref) (ref.func $f)) (global i32 (i32.const 3))
      (global (mut externref) (ref.null extern))
      (func $f) (func $g) (elem declare func $g)
      (func (export "change")
        (global.set 0 (i32.const 5)) (global.set 1 (i64.const 6)) (global.set 2 (f32.const 7)) (global.set 3 (f64.const 8))
        (global.set 4 (v128.const i64x2 9 10)) (global.set 5 (ref.func $g))))`;
    const { call, variables, prepared } = metered(text);
    const before = variables.capture();
    expect(before.globals).toEqual([
      -1n,
      -9_000_000_000n,
      0x7fa0_0001n,
      0x7ff4_0000_0000_0001n,
      0x0000_0000_0000_0007_ffff_ffff_ffff_ffffn,
      0n,
    ]);
    call('change');
    const after = variables.capture();
    expect(after.globals).toEqual([5n, 6n, 0x40e0_0000n, 0x4020_0000_0000_0000n, (10n << 64n) | 9n, 1n]);

    expect(variables.restore(before)).toBe(true);
    expect(variables.capture()).toEqual(before);
    const anew = instantiate(prepared).variables;
    expect(anew.restore(after)).toBe(true);
    expect(anew.capture()).toEqual(after);
  });

  it('restores a table that the code changed, on a new instance too', () => {
    const text = `(module (import "ic0" "time" (func $time (result i64)))
      (table 3 10 funcref) (elem (i32.const 0) $a $b) (elem declare func $time)
      (func $a (result i64) i64.const 1) (func $b (result i64) i64.const 2)
      (func (export "swap") (table.set 0 (i32.const 1) (ref.func $time)) (table.set 0 (i32.const 0) (ref.null func)))
      (func (export "grow") (drop (table.grow 0 (table.get 0 (i32.const 1)) (i32.const 2))))
      (func (export "at") (param i32) (result i64) (call_indirect (result i64) (local.get 0))))`;
    const prepared = prepareModule(assemble(text));
    const imports = { ic0: { time: () => 77n } };
    const { call, variables } = instantiate(prepared, imports);
    const before = variables.capture();
    expect(before.tables).toEqual([[1, 2, -1]]);
    call('swap');
    expect(call('at', 1)).toBe(77n);
    const swapped = variables.capture();
    expect(variables.restore(before)).toBe(true);
    expect(call('at', 1)).toBe(2n);

    call('grow');
    const grown = variables.capture();
    expect(variables.restore(before)).toBe(false);
    expect(variables.capture()).toEqual(grown);

    const anew = instantiate(prepared, imports);
    expect(anew.variables.restore(swapped)).toBe(true);
    expect(anew.call('at', 1)).toBe(77n);
    expect(() => anew.call('at', 0)).toThrow(WebAssembly.RuntimeError);
    expect(anew.variables.restore(grown)).toBe(true);
    expect(anew.call('at', 4)).toBe(2n);
  });

  it('drops segments again on a new instance, and tells when a drop cannot be undone', () => {
    const text = `(module (memory 1) (table 2 funcref) (func $f) (data $d "abc") (data $kept "xyz") (elem $e func $f)
      (func (export "drop") data.drop $d elem.drop $e)
      (func (export "keep") (if (i32.const 0) (then data.drop $kept)))
      (func (export "data") (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3)))
      (func (export "kept") (memory.init $kept (i32.const 0) (i32.const 0) (i32.const 3)))
      (func (export "elem") (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))))`;
    const { call, variables, prepared } = metered(text);
    const whole = variables.capture();
    call('data');
    call('drop');
    const dropped = variables.capture();
    expect(variables.restore(whole)).toBe(false);
    expect(variables.restore(dropped)).toBe(true);

    const anew = instantiate(prepared);
    expect(anew.variables.restore(whole)).toBe(true);
    anew.call('data');
    anew.call('elem');
    expect(anew.variables.restore(dropped)).toBe(true);
    expect(() => anew.call('data')).toThrow(WebAssembly.RuntimeError);
    expect(() => anew.call('elem')).toThrow(WebAssembly.RuntimeError);
    anew.call('kept');
  });

  it('looks callbacks up in table 0', () => {
    const { variables } = metered(`(module (table 3 funcref) (elem (i32.const 1) $f)
      (func $f (export "f")) (func (export "unused")))`);
    expect(variables.callback(1)).toBeInstanceOf(Function);
    expect(variables.callback(1n)).toBe(variables.callback(1));
    for (const index of [0, 2, 3, 2 ** 32 - 1, 2n ** 64n - 1n]) expect(variables.callback(index)).toBeNull();
    expect(metered('(module)').variables.callback(0)).toBeNull();
  });

  it('gives the memory, whether the module exports it or not', () => {
    const { variables, call } = metered(
      '(module (memory 2) (func (export "f") (i32.store8 (i32.const 9) (i32.const 3))))',
    );
    call('f');
    expect(variables.memory?.bytes.length).toBe(2 * 65_536);
    expect(variables.memory?.bytes[9]).toBe(3);
  });

  it('keeps an image that can be stored as plain data', () => {
    const { variables } = metered('(module (global (mut i64) (i64.const 4)) (func) (table 1 funcref))');
    const image: VariablesImage = structuredClone(variables.capture());
    expect(variables.restore(image)).toBe(true);
  });
});
