import { describe, expect, it } from 'vitest';
import { scanBody } from '../../../src/replica/wasm/body-scan.ts';
import { ByteReader } from '../../../src/replica/wasm/byte-reader.ts';
import { Injection, InjectionPoints } from '../../../src/replica/wasm/injection-points.ts';
import { instructionWeights } from '../../../src/replica/wasm/instruction-weights.ts';
import { SectionId, splitSections } from '../../../src/replica/wasm/sections.ts';
import { assemble } from './wat.ts';

const integers = ['i32', 'i64'];
const floats = ['f32', 'f64'];

/** Each type with each operation, as the text format names instructions. */
function each(types: readonly string[], operations: string): string[] {
  return types.flatMap((type) => operations.split(' ').map((operation) => `${type}.${operation}`));
}

/** Every instruction by its name in the text format, under the weight that the Internet Computer lists for it. */
const scalar: readonly (readonly [weight: number, instructions: readonly string[]])[] = [
  [0, ['block end', 'loop end']],
  [
    1,
    [
      'nop',
      'unreachable',
      'drop',
      'select',
      'select (result i32)',
      'return',
      'ref.null func',
      'ref.null extern',
    ],
  ],
  [1, ['i32.const 70000', 'i64.const -9000000000', 'f32.const 1.5', 'f64.const 1.5']],
  [1, ['local.get 0', 'local.set 0', 'local.tee 0']],
  [1, each(integers, 'clz ctz popcnt add sub mul and or xor shl shr_s shr_u rotl rotr')],
  [1, each(integers, 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u extend8_s extend16_s')],
  [1, ['i32.wrap_i64', 'i64.extend32_s', 'i64.extend_i32_s', 'i64.extend_i32_u']],
  [1, ['i32.reinterpret_f32', 'i64.reinterpret_f64', 'f32.reinterpret_i32', 'f64.reinterpret_i64']],
  [1, ['f32.demote_f64', 'f64.promote_f32', ...each(floats, 'abs neg')]],
  [2, ['if end', 'if else end', 'br 0', 'br_if 0', 'br_table 0 0 0', 'global.get 0', 'global.set 0']],
  [2, [...each(floats, 'add sub mul ceil floor trunc nearest'), 'f32.copysign']],
  [3, [...each(floats, 'eq ne lt gt le ge'), 'f32.div', 'f64.copysign', 'return_call 0']],
  [3, each(floats, 'convert_i32_s convert_i64_s')],
  [5, ['call 0', 'f64.div', 'f32.sqrt', 'table.get 0', 'table.set 0', 'ref.is_null']],
  [8, ['f64.sqrt']],
  [10, [...each(integers, 'div_s div_u rem_s rem_u'), 'call_indirect (type 0)']],
  [16, each(floats, 'convert_i32_u convert_i64_u')],
  [18, each(floats, 'min max')],
  [20, ['memory.size', ...each(integers, 'trunc_f32_s trunc_f32_u trunc_f64_s trunc_f64_u')]],
  [20, each(integers, 'trunc_sat_f32_s trunc_sat_f32_u trunc_sat_f64_s trunc_sat_f64_u')],
  [60, ['return_call_indirect (type 0)']],
  [
    100,
    [
      'memory.copy',
      'memory.fill',
      'memory.init 0',
      'table.copy',
      'table.fill 0',
      'table.init 0',
      'table.size 0',
    ],
  ],
  [130, ['ref.func 0']],
  [300, ['memory.grow', 'table.grow 0', 'data.drop 0', 'elem.drop 0']],
];

const memoryAccess: readonly string[] = [
  ...each(integers, 'load load8_s load8_u load16_s load16_u store store8 store16'),
  ...[
    'i64.load32_s',
    'i64.load32_u',
    'i64.store32',
    'f32.load',
    'f64.load',
    'f32.store',
    'f64.store offset=70000',
  ],
  ...each(['v128'], 'load load8x8_s load8x8_u load16x4_s load16x4_u load32x2_s load32x2_u store'),
  ...each(['v128'], 'load8_splat load16_splat load32_splat load64_splat load32_zero load64_zero'),
  ...each(['v128'], 'load8_lane load16_lane load32_lane load64_lane').map((name) => `${name} 0`),
  ...each(['v128'], 'store8_lane store16_lane store32_lane store64_lane').map((name) => `${name} 0`),
];

const lanes = ['i8x16', 'i16x8', 'i32x4', 'i64x2'];
const narrow = ['i8x16', 'i16x8', 'i32x4'];
const saturating = ['i8x16', 'i16x8'];
const floatLanes = ['f32x4', 'f64x2'];

const vector: readonly (readonly [weight: number, instructions: readonly string[]])[] = [
  [1, ['v128.const i64x2 1 2', 'i8x16.swizzle', ...each([...lanes, ...floatLanes], 'splat eq ne')]],
  [1, each(saturating, 'extract_lane_s extract_lane_u replace_lane').map((name) => `${name} 0`)],
  [1, each(['i32x4', 'i64x2', ...floatLanes], 'extract_lane replace_lane').map((name) => `${name} 0`)],
  [1, [...each(lanes, 'lt_s gt_s le_s ge_s abs neg all_true bitmask add sub'), ...each(narrow, 'le_u ge_u')]],
  [1, each(floatLanes, 'lt gt le ge pmin pmax')],
  [1, each(['v128'], 'not and andnot or xor bitselect any_true')],
  [1, each(narrow, 'min_s min_u max_s max_u')],
  [1, [...each(saturating, 'add_sat_s add_sat_u sub_sat_s sub_sat_u avgr_u')]],
  [1, ['i8x16.narrow_i16x8_s', 'i8x16.narrow_i16x8_u', 'i16x8.narrow_i32x4_s', 'i16x8.narrow_i32x4_u']],
  [1, each(['i16x8'], 'extend_low_i8x16_s extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u')],
  [1, each(['i32x4'], 'extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u')],
  [1, each(['i64x2'], 'extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u')],
  [1, ['i16x8.extadd_pairwise_i8x16_s', 'i32x4.extadd_pairwise_i16x8_s', 'i16x8.q15mulr_sat_s', 'i16x8.mul']],
  [1, ['i16x8.extmul_low_i8x16_s', 'i16x8.extmul_low_i8x16_u', 'i32x4.dot_i16x8_s']],
  [1, each(['i64x2'], 'extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u extmul_high_i32x4_u')],
  [1, ['f32x4.convert_i32x4_s', 'f64x2.convert_low_i32x4_s', 'f64x2.convert_low_i32x4_u']],
  [1, ['f32x4.demote_f64x2_zero', 'f64x2.promote_low_f32x4']],
  [2, each(narrow, 'lt_u gt_u')],
  [2, ['i8x16.shr_u', ...each(['i16x8', 'i32x4'], 'shl shr_s shr_u'), 'i64x2.shl', 'i64x2.shr_u']],
  [
    2,
    ['i16x8.extadd_pairwise_i8x16_u', 'i16x8.extmul_high_i8x16_s', 'i16x8.extmul_high_i8x16_u', 'i32x4.mul'],
  ],
  [2, each(['i32x4'], 'extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u')],
  [2, each(floatLanes, 'ceil floor trunc nearest abs neg add sub mul')],
  [2, ['i32x4.trunc_sat_f32x4_s', 'i32x4.trunc_sat_f64x2_s_zero']],
  [3, ['i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15', 'i8x16.popcnt', 'i8x16.shl', 'i8x16.shr_s']],
  [3, ['i64x2.shr_s', 'i32x4.extadd_pairwise_i16x8_u', 'i32x4.trunc_sat_f64x2_u_zero']],
  [
    4,
    ['i64x2.mul', 'f32x4.min', 'f32x4.max', 'f64x2.min', 'i32x4.trunc_sat_f32x4_u', 'f32x4.convert_i32x4_u'],
  ],
  [5, ['f32x4.sqrt', 'f64x2.max']],
  [10, ['f32x4.div']],
  [12, ['f64x2.div']],
  [14, ['f64x2.sqrt']],
];

/** The weight of an instruction in unreachable code, where it needs no operands. */
function scannedWeight(instruction: string, memory64: boolean): number {
  const bytes = assemble(
    `(module (type (func)) (memory ${memory64 ? 'i64' : ''} 1) (table 2 funcref) (global (mut i32) (i32.const 0))
      (elem func 0) (data "x")
      (func (local i32) unreachable ${instruction} unreachable))`,
    { check: false },
  );
  const code = splitSections(bytes).standard.get(SectionId.code) ?? new Uint8Array();
  const reader = new ByteReader(code, 1);
  const end = reader.u32() + reader.position;
  // One local group: count of groups, count, type.
  reader.skip(3);
  const points = new InjectionPoints();
  scanBody(
    reader,
    end,
    {
      weights: instructionWeights(memory64),
      memory64,
      parameterCounts: [],
      tables: [{ elementType: 'funcref', initial: 2, maximum: undefined, is64: false }],
      referencedFunctions: new Set(),
      changedTables: new Set(),
      dropFlag: () => 0,
    },
    points,
  );
  expect(reader.position).toBe(end);
  const entryAndUnreachables = 3;
  const isCharge = (kind: number | undefined) => kind === Injection.charge || kind === Injection.entryCharge;
  const total = points.values.reduce((sum, value, i) => sum + (isCharge(points.kinds[i]) ? value : 0), 0);
  return total - entryAndUnreachables;
}

describe('instruction weights', () => {
  const all = [...scalar, ...vector].flatMap(([weight, names]) =>
    names.map((name) => [name, weight] as const),
  );

  it.each(all)('%s costs %i', (name, weight) => {
    expect(scannedWeight(name, false)).toBe(weight);
    expect(scannedWeight(name, true)).toBe(weight);
  });

  it.each(memoryAccess)('%s costs 1, and 2 with a 64-bit memory', (name) => {
    expect(scannedWeight(name, false)).toBe(1);
    expect(scannedWeight(name, true)).toBe(2);
  });

  it('covers every vector instruction', () => {
    const accesses = memoryAccess.filter((name) => name.startsWith('v128'));
    const vectors = vector.flatMap(([, names]) => names);
    expect(new Set([...accesses, ...vectors]).size).toBe(236);
  });
});
