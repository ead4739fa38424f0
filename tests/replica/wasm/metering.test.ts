import { describe, expect, it } from 'vitest';
import { instructionsOf, metered, plenty } from './wat.ts';

/** Weight of entering any function. */
const entry = 1;

describe('instruction counts', () => {
  const counts: readonly (readonly [what: string, body: string, args: number[], expected: number])[] = [
    ['an empty function', '(func (export "f"))', [], entry],
    ['straight-line code', '(func (export "f") (drop (i32.add (i32.const 1) (i32.const 2))))', [], entry + 4],
    // local.get and if: 3; in the branch const and drop: 2.
    [
      'an if that is taken',
      '(func (export "f") (param i32) local.get 0 if i32.const 1 drop end)',
      [1],
      entry + 5,
    ],
    [
      'an if that is not taken',
      '(func (export "f") (param i32) local.get 0 if i32.const 1 drop end)',
      [0],
      entry + 3,
    ],
    [
      'the else branch',
      '(func (export "f") (param i32) local.get 0 if nop else nop nop nop end nop)',
      [0],
      entry + 3 + 3 + 1,
    ],
    // Each of n rounds: get, const, sub, tee, br_if = 6.
    [
      'a loop',
      '(func (export "f") (param i32) loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end)',
      [10],
      entry + 10 * 6,
    ],
    // get + br_if = 3; nop after it only if the branch is not taken; the nop after the block always.
    [
      'a br_if that is taken',
      '(func (export "f") (param i32) block local.get 0 br_if 0 nop end nop)',
      [1],
      entry + 4,
    ],
    [
      'a br_if that is not taken',
      '(func (export "f") (param i32) block local.get 0 br_if 0 nop end nop)',
      [0],
      entry + 5,
    ],
    [
      'br_table',
      `(func (export "f") (param i32)
        block block block local.get 0 br_table 0 1 2 end nop end nop nop end nop nop nop)`,
      [1],
      entry + 3 + 2 + 3,
    ],
    ['code after a return', '(func (export "f") nop return nop nop)', [], entry + 2],
    ['a call', '(func $g nop nop) (func (export "f") call $g nop)', [], entry + 5 + 1 + entry + 2],
    [
      'an indirect call',
      '(table funcref (elem $g)) (func $g nop) (func (export "f") i32.const 0 call_indirect)',
      [],
      entry + 1 + 10 + entry + 1,
    ],
    ['a tail call', '(func $g nop) (func (export "f") return_call $g)', [], entry + 3 + entry + 1],
    [
      'division',
      '(func (export "f") (param i32) local.get 0 i32.const 3 i32.div_u drop)',
      [9],
      entry + 1 + 1 + 10 + 1,
    ],
    [
      'memory.fill, by the byte',
      '(memory 1) (func (export "f") (param i32) i32.const 0 i32.const 7 local.get 0 memory.fill)',
      [1000],
      entry + 3 + 100 + 1000,
    ],
    [
      'memory.copy, by the byte',
      '(memory 1) (func (export "f") (param i32) i32.const 0 i32.const 99 local.get 0 memory.copy)',
      [5],
      entry + 3 + 100 + 5,
    ],
    [
      'memory.init, by the byte',
      '(memory 1) (data "abcdef") (func (export "f") i32.const 0 i32.const 0 i32.const 6 memory.init 0)',
      [],
      entry + 3 + 100 + 6,
    ],
    [
      'table.fill, by the element',
      '(table 50 funcref) (func (export "f") i32.const 0 ref.null func i32.const 50 table.fill 0)',
      [],
      entry + 3 + 100 + 50,
    ],
    ['memory.grow', '(memory 1) (func (export "f") i32.const 1 memory.grow drop)', [], entry + 1 + 300 + 1],
  ];

  it.each(counts)('are exact for %s', (_, body, args, expected) => {
    expect(instructionsOf(`(module ${body})`, 'f', ...args)).toBe(expected);
  });

  it('are the same each time', () => {
    const { call, variables } = metered(
      '(module (func $f (export "f") (param i32) local.get 0 if local.get 0 i32.const 1 i32.sub call $f end))',
    );
    const spent = Array.from({ length: 50 }, () => {
      variables.instructionsLeft = plenty;
      call('f', 1000);
      return plenty - variables.instructionsLeft;
    });
    // Each of 1,001 entries: 1 + get + if; each of 1,000 calls: get, const, sub, call.
    expect(new Set(spent)).toEqual(new Set([BigInt(1001 * 4 + 1000 * 8)]));
  });
});

describe('a canister that runs out of instructions', () => {
  const endless: readonly (readonly [string, string])[] = [
    ['an endless loop', '(func (export "f") loop br 0 end)'],
    ['an endless loop that carries a value', '(func (export "f") i32.const 0 loop (param i32) br 0 end)'],
    ['endless recursion by tail calls', '(func $f (export "f") return_call $f)'],
    [
      'an endless loop between two blocks',
      '(func (export "f") (param i32) loop $a loop $b local.get 0 br_if $b br $a end end)',
    ],
  ];

  it.each(endless)('is stopped in %s, with a negative counter', (_, body) => {
    const { call, variables } = metered(`(module ${body})`);
    variables.instructionsLeft = 100_000n;
    expect(() => call('f', 1)).toThrow(WebAssembly.RuntimeError);
    expect(variables.instructionsLeft).toBeLessThan(0n);
    expect(variables.instructionsLeft).toBeGreaterThan(-100n);
  });

  it('is stopped before a bulk instruction that it cannot pay', () => {
    const { call, variables } = metered(
      `(module (memory 1) (func (export "f") (param i32) i32.const 0 i32.const 7 local.get 0 memory.fill)
        (func (export "first") (result i32) (i32.load8_u (i32.const 0))))`,
    );
    variables.instructionsLeft = 1000n;
    expect(() => call('f', 65_536)).toThrow(WebAssembly.RuntimeError);
    expect(variables.instructionsLeft).toBe(1000n - 104n - 65_536n);
    variables.instructionsLeft = plenty;
    expect(call('first')).toBe(0);
  });

  it('cannot refill the counter by a size that reads as negative', () => {
    const { call, variables } = metered(
      '(module (memory 1) (func (export "f") i32.const 0 i32.const 7 i32.const -1 memory.fill))',
    );
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(variables.instructionsLeft).toBe(plenty - 104n - 0xffff_ffffn);
  });

  it('leaves a positive counter when it traps by itself', () => {
    const { call, variables } = metered('(module (func (export "f") unreachable))');
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(variables.instructionsLeft).toBe(plenty - 2n);
  });
});

describe('the count of code that traps', () => {
  // Everything in a function body so far: the block that traps is charged whole, and those after it not at all.
  const traps: readonly (readonly [what: string, body: string, expected: number])[] = [
    [
      'a load out of bounds, after a branch',
      '(func (export "f") block i32.const 0 br_if 0 nop end i32.const -1 i32.load drop)',
      entry + 3 + 1 + 3,
    ],
    [
      'a division by zero, in the third round of a loop',
      `(func (export "f") (local i32) i32.const 2 local.set 0
        loop i32.const 6 local.get 0 i32.div_u drop local.get 0 i32.const 1 i32.sub local.set 0 br 0 end)`,
      entry + 2 + 3 * (1 + 1 + 10 + 1 + 4 + 2),
    ],
    ['unreachable', '(func (export "f") nop unreachable nop)', entry + 2],
    [
      'a trap in a function that was called, with what the caller had charged',
      '(func $g i32.const -1 i32.load drop) (func (export "f") nop call $g nop)',
      entry + 1 + 5 + 1 + entry + 3,
    ],
    [
      'a trap after a call, with what the called function charged',
      '(func $g nop nop) (func (export "f") call $g i32.const 1 if unreachable end)',
      entry + 5 + 1 + 2 + entry + 2 + 1,
    ],
    [
      'a trap after an indirect call',
      `(table funcref (elem $g)) (func $g nop)
        (func (export "f") i32.const 0 call_indirect i32.const 1 if unreachable end)`,
      entry + 1 + 10 + 1 + 2 + entry + 1 + 1,
    ],
    [
      'a trap after a bulk instruction',
      `(func (export "f") i32.const 0 i32.const 0 i32.const 9 memory.fill
        i32.const 1 if i32.const -1 i32.load drop end)`,
      entry + 3 + 100 + 9 + 1 + 2 + 3,
    ],
    [
      'an indirect call that finds nothing',
      '(table 1 funcref) (func (export "f") i32.const 0 call_indirect nop)',
      entry + 1 + 10 + 1,
    ],
  ];

  it.each(traps)('is exact for %s', (_, body, expected) => {
    const { call, variables } = metered(`(module (memory 1) ${body})`);
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(Number(plenty - variables.instructionsLeft)).toBe(expected);
  });
});

describe('a host function that charges', () => {
  const body = '(import "ic0" "h" (func $h)) (func (export "f") call $h i32.const 1 if nop end)';

  it('lowers what the code counts on from', () => {
    const { call, variables } = metered(`(module ${body})`, { ic0: { h: () => variables.charge(500) } });
    call('f');
    expect(plenty - variables.instructionsLeft).toBe(BigInt(entry + 5 + 1 + 2 + 1) + 500n);
  });

  it.each([5000, 2 ** 40, 2 ** 64])('stops the code when it takes more than is left: %d', (amount) => {
    const { call, variables } = metered(`(module ${body})`, { ic0: { h: () => variables.charge(amount) } });
    variables.instructionsLeft = 1000n;
    expect(() => call('f')).toThrow(WebAssembly.RuntimeError);
    expect(variables.instructionsLeft).toBeLessThan(0n);
  });
});
