import { describe, expect, it } from 'vitest';
import type { CanisterMemory } from '../../../src/replica/wasm/canister-memory.ts';
import { memoryExport } from '../../../src/replica/wasm/instance-exports.ts';
import { prepareModule } from '../../../src/replica/wasm/prepare-module.ts';
import { Random } from '../support/random.ts';
import { assemble, bare, instantiate, metered } from './wat.ts';

type Pointer = 'i32' | 'i64';

const WASM_PAGE = 65_536;
const PAGES = 3;
const BYTES = PAGES * WASM_PAGE;

/** The pointer types that this engine runs. */
const pointers = (['i32', 'i64'] as const).filter((pointer) =>
  WebAssembly.validate(assemble(`(module (memory ${pointer} 1))`)),
);

/** The value of each instruction that stores one, from the i32 `$v`. */
const stored: readonly (readonly [value: string, instructions: readonly string[]])[] = [
  ['(local.get $v)', ['i32.store', 'i32.store8', 'i32.store16']],
  [
    '(i64.mul (i64.extend_i32_u (local.get $v)) (i64.const 0x100000001))',
    ['i64.store', 'i64.store8', 'i64.store16', 'i64.store32'],
  ],
  ['(f32.reinterpret_i32 (local.get $v))', ['f32.store']],
  ['(f64.promote_f32 (f32.convert_i32_u (local.get $v)))', ['f64.store']],
  ['(i32x4.splat (local.get $v))', ['v128.store']],
];
const lanes: readonly (readonly [instruction: string, lane: number])[] = [
  ['v128.store8_lane', 15],
  ['v128.store16_lane', 7],
  ['v128.store32_lane', 3],
  ['v128.store64_lane', 1],
];
/** Within a page, across two, across many, and so far that no address fits any more. */
const OFFSETS = [0, 1, 2047, 4095, 70_000, 0xffdf_ffff, 0xfff0_0000, 0xffff_ffff];

/** Functions of an address `$a`, a number `$b` and a value `$v`, each of which writes in its own way. */
function writers(pointer: Pointer): readonly string[] {
  const stores = OFFSETS.flatMap((offset) => [
    ...stored.flatMap(([value, instructions]) =>
      instructions.map((instruction) => `(${instruction} offset=${offset} (local.get $a) ${value})`),
    ),
    ...lanes.map(
      ([instruction, lane]) =>
        `(${instruction} offset=${offset} ${lane} (local.get $a) (i32x4.splat (local.get $v)))`,
    ),
  ]);
  const b32 = pointer === 'i32' ? '(local.get $b)' : '(i32.wrap_i64 (local.get $b))';
  return [
    ...stores,
    '(memory.fill (local.get $a) (local.get $v) (local.get $b))',
    '(memory.copy (local.get $a) (local.get $b) (local.get $b))',
    `(memory.copy (local.get $a) (local.get $b) (${pointer}.const 5000))`,
    `(memory.init $d (local.get $a) (i32.const 1) (i32.and (i32.const 15) ${b32}))`,
    `(memory.init $e (local.get $a) ${b32} (i32.and (i32.const 3) (local.get $v)))`,
  ];
}

function moduleOf(pointer: Pointer): string {
  const functions = writers(pointer).map(
    (body, i) => `(func (export "${i}") (param $a ${pointer}) (param $b ${pointer}) (param $v i32) ${body})`,
  );
  return `(module (memory (export "m") ${pointer} ${PAGES} 9) (data $d "the quick brown fox") (data $e "jumps")
    ${functions.join('\n')})`;
}

/** Where accesses are tried: around the borders of pages, at both ends, and where there is no memory. */
function anAddress(random: Random): number {
  const near = random.below(40) - 20;
  switch (random.below(6)) {
    case 0:
      return random.below(BYTES);
    case 1:
      return Math.max(0, random.below(BYTES / 2048) * 2048 + near);
    case 2:
      return Math.max(0, near);
    case 3:
      return BYTES + near;
    case 4:
      return 2 ** 32 - 1 - random.below(3 * 2 ** 20);
    default:
      return 2 ** 31 + near;
  }
}

function trapOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return error.message;
    throw error;
  }
}

function memoryOf({ memory }: { readonly memory: CanisterMemory | undefined }): CanisterMemory {
  if (memory === undefined) throw new Error('the module has no memory');
  return memory;
}

/** Equality of large arrays, of which a matcher would print all. */
function differs(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) !== 0;
}

describe.each(pointers)('a memory of %s addresses', (pointer) => {
  const text = moduleOf(pointer);
  const addressOf = (value: number) => (pointer === 'i64' ? BigInt(value) : value);

  it.each(writers(pointer).map((body, i) => [body, i] as const))(
    'is written to as the bare one is, and every change is known: %s',
    (body, i) => {
      const random = new Random(i);
      const one = bare(text);
      const plain = new Uint8Array(memoryExport(one.instance.exports, 'm').buffer);
      const other = metered(text);
      const memory = memoryOf(other.variables);
      const content = random.bytes(BYTES);
      memory.load(content);
      const saved = memory.save();
      plain.set(content);

      let written = 0;
      for (let step = 0; step < 60; step++) {
        const args = [
          addressOf(anAddress(random)),
          addressOf(anAddress(random) & 0x3fff),
          random.below(2 ** 31),
        ];
        const trap = trapOf(() => one.call(String(i), ...args));
        expect(trapOf(() => other.call(String(i), ...args))).toBe(trap);
        expect(differs(memory.bytes, plain)).toBe(false);
        if (trap === undefined) written++;
        if (random.oneIn(2)) {
          memory.saveChanges(saved);
          expect(differs(saved, plain)).toBe(false);
        } else {
          memory.undoChanges(saved);
          expect(differs(memory.bytes, saved)).toBe(false);
          plain.set(saved);
        }
      }
      const reachable = Number(/offset=(\d+)/.exec(body)?.[1] ?? 0) < BYTES;
      expect(written > 0).toBe(reachable);
    },
  );

  it('is loaded from as the bare one is, at any offset', () => {
    const loads = ['i32.load', 'i64.load', 'f64.load', 'i32.load8_s', 'i32.load16_u', 'i64.load32_s'];
    const vectors = ['v128.load', 'v128.load8x8_u', 'v128.load32_splat', 'v128.load64_zero'];
    const bodies = OFFSETS.flatMap((offset) => [
      ...loads.map((load) => [load.slice(0, 3), `(${load} offset=${offset} (local.get 0))`] as const),
      ...vectors.map(
        (load) => ['i64', `(i64x2.extract_lane 0 (${load} offset=${offset} (local.get 0)))`] as const,
      ),
      [
        'i64',
        `(i64x2.extract_lane 1 (v128.load64_lane offset=${offset} 1 (local.get 0) (v128.const i64x2 1 2)))`,
      ] as const,
    ]);
    const functions = bodies.map(
      ([type, body], i) => `(func (export "${i}") (param ${pointer}) (result ${type}) ${body})`,
    );
    const module = `(module (memory (export "m") ${pointer} ${PAGES}) ${functions.join('\n')})`;
    const random = new Random(7);
    const content = random.bytes(BYTES);
    const [one, other] = [bare(module), metered(module)];
    new Uint8Array(memoryExport(one.instance.exports, 'm').buffer).set(content);
    memoryOf(other.variables).load(content);
    for (const i of bodies.keys()) {
      for (let step = 0; step < 20; step++) {
        const address = addressOf(anAddress(random));
        const results = [one, other].map(({ call }) => {
          let result: unknown;
          const trap = trapOf(() => {
            result = call(String(i), address);
          });
          return trap ?? result;
        });
        expect(results[1]).toEqual(results[0]);
      }
    }
  });

  it('tells its size without what is hidden, and grows to its own limit', () => {
    const { call, variables } = metered(`(module (memory ${pointer} 1 4)
      (func (export "size") (result ${pointer}) (memory.size))
      (func (export "grow") (param ${pointer}) (result ${pointer}) (memory.grow (local.get 0)))
      (func (export "store") (param ${pointer}) (i32.store8 (local.get 0) (i32.const 9))))`);
    const memory = memoryOf(variables);
    const results = [
      call('size'),
      call('grow', addressOf(2)),
      call('grow', addressOf(2)),
      call('grow', addressOf(0)),
      call('size'),
    ];
    expect(results.map(Number)).toEqual([1, 1, -1, 3, 3]);
    expect(memory.bytes.length).toBe(BYTES);
    const saved = memory.save();
    call('store', addressOf(BYTES - 1));
    expect(() => call('store', addressOf(BYTES))).toThrow(WebAssembly.RuntimeError);
    memory.saveChanges(saved);
    expect(saved[BYTES - 1]).toBe(9);
    expect(memory.grow(2)).toBe(false);
    expect(memory.grow(1)).toBe(true);
    expect(memory.bytes.length).toBe(4 * WASM_PAGE);
  });

  it('has its active segments where the module puts them', () => {
    const at = (start: number | string) =>
      `(module (memory (export "m") ${pointer} 1) (data (${pointer}.const ${start}) "abc") (data (${pointer}.const 9) ""))`;
    for (const start of [0, 7, WASM_PAGE - 3]) {
      const memory = memoryOf(metered(at(start)).variables);
      const expected = new Uint8Array(WASM_PAGE);
      expected.set(Buffer.from('abc'), start);
      expect(differs(memory.bytes, expected)).toBe(false);
    }
    for (const start of [WASM_PAGE - 2, WASM_PAGE, 0x7fff_ffff, 0xffdf_ffff, 0xfff0_0000, 0xffff_ffff, -1]) {
      expect(() => bare(at(start)), String(start)).toThrow(WebAssembly.RuntimeError);
      expect(() => metered(at(start)), String(start)).toThrow(WebAssembly.RuntimeError);
    }
  });

  const computed = assemble(
    `(module (memory ${pointer} 1) (global $g ${pointer} (${pointer}.const 40))
      (data (${pointer}.add (global.get $g) (${pointer}.mul (${pointer}.const 3) (${pointer}.const -5))) "abc"))`,
    { check: false },
  );

  it.runIf(WebAssembly.validate(computed))('has a segment where an expression puts it', () => {
    const memory = memoryOf(instantiate(prepareModule(computed)).variables);
    expect(Buffer.from(memory.bytes.subarray(24, 29)).toString()).toBe('\0abc\0');
  });

  it('is refused where it is larger from the beginning than any can be', () => {
    const most = pointer === 'i32' ? 65_503 : 98_304;
    const module = (pages: number) => assemble(`(module (memory ${pointer} ${pages}))`);
    expect(prepareModule(module(most)).initialPages).toBe(most);
    if (pointer === 'i32') {
      expect(() => prepareModule(module(most + 1))).toThrow(
        "The module cannot be a canister's: its memory has 65504 pages; at most 65503 are allowed.",
      );
    }
  });
});

describe('the largest memory', () => {
  it('grows to 4 GiB without what is hidden and one page, and knows its changes', () => {
    const { call, variables } = metered(`(module (memory 1)
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
      (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 5) (local.get 1)))
      (func (export "store") (param i32) (i64.store (local.get 0) (i64.const -1)))
      (func (export "far") (param i32) (i64.store offset=0xfffffff0 (local.get 0) (i64.const -1))))`);
    expect(call('grow', 65_503)).toBe(-1);
    expect(call('grow', 65_502)).toBe(1);
    expect(call('grow', 1)).toBe(-1);
    const memory = memoryOf(variables);
    const { length } = memory.bytes;
    expect(length).toBe(65_503 * WASM_PAGE);
    call('store', length - 8);
    call('fill', length - 20, 12);
    // As large, and as empty, so that next to nothing of it takes memory.
    const heap = new Uint8Array(length);
    memory.saveChanges(heap);
    expect([...heap.subarray(length - 21)]).toEqual([0, ...new Array(12).fill(5), ...new Array(8).fill(255)]);
    for (const [name, address] of [
      ['store', length - 7],
      ['store', length],
      ['store', 0xffff_fff8],
      ['store', 0xffff_ffff],
      ['far', 0],
      ['far', 0xffff_ffff],
    ] as const) {
      expect(
        trapOf(() => call(name, address)),
        `${name} ${address}`,
      ).toMatch(/out of bounds/);
    }
    for (const [address, size] of [
      [length, 1],
      [length + 1, 0],
      [0xffff_ffff, 0],
      [length - 1000, 1001],
    ] as const) {
      expect(
        trapOf(() => call('fill', address, size)),
        `fill ${address} ${size}`,
      ).toMatch(/out of bounds/);
    }
    expect(trapOf(() => call('fill', length, 0))).toBeUndefined();
  });
});

describe('what the host writes', () => {
  it('is known as a change once it is marked, also in a memory that grew', () => {
    const module = prepareModule(assemble('(module (memory 2 9))'));
    const memory = memoryOf(instantiate(module).variables);
    const saved = memory.save();
    memory.mark(2047, 2);
    memory.bytes.set([1, 2], 2047);
    memory.mark(9000, 0);
    memory.undoChanges(saved);
    expect(differs(memory.bytes, new Uint8Array(2 * WASM_PAGE))).toBe(false);

    memory.grow(3);
    const larger = memory.save();
    memory.mark(5 * WASM_PAGE - 1, 1);
    memory.bytes[5 * WASM_PAGE - 1] = 3;
    memory.saveChanges(larger);
    expect(larger.at(-1)).toBe(3);
  });
});
