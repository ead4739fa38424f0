/**
 * What each instruction costs, as the Internet Computer counts it. Anything not listed costs 1. The tables are
 * indexed by opcode; a load or store costs 2 where the memory is 64-bit.
 */
export interface InstructionWeights {
  readonly oneByte: Uint16Array;
  /** Opcodes after the prefix 0xfc. */
  readonly bulk: Uint16Array;
  /** Opcodes after the prefix 0xfd. */
  readonly vector: Uint16Array;
}

/** The weights for a module whose memory is 32-bit or 64-bit. */
export function instructionWeights(memory64: boolean): InstructionWeights {
  const access = memory64 ? 2 : 1;
  return {
    oneByte: weightTable(256, [...oneByte, [access, range(0x28, 0x3e)]]),
    bulk: weightTable(18, bulk),
    vector: weightTable(256, [...vector, [access, [...range(0, 11), ...range(84, 93)]]]),
  };
}

type Weights = readonly (readonly [weight: number, opcodes: readonly number[]])[];

const oneByte: Weights = [
  // Prefixes, which the tables after them weigh.
  [0, [0xfc, 0xfd]],
  // block, loop, else, end: marks in the code, nothing is executed.
  [0, [0x02, 0x03, 0x05, 0x0b]],
  // if, br, br_if, br_table.
  [2, [0x04, 0x0c, 0x0d, 0x0e]],
  // call, call_indirect, return_call, return_call_indirect.
  [5, [0x10]],
  [10, [0x11]],
  [3, [0x12]],
  [60, [0x13]],
  // global.get and global.set; table.get and table.set.
  [2, [0x23, 0x24]],
  [5, [0x25, 0x26]],
  // memory.size and memory.grow.
  [20, [0x3f]],
  [300, [0x40]],
  // Integer division and remainder.
  [10, [...range(0x6d, 0x70), ...range(0x7f, 0x82)]],
  // Floating point: comparisons; ceil, floor, trunc, nearest, add, sub, mul; div; min and max; copysign; sqrt.
  [3, range(0x5b, 0x66)],
  [2, [...range(0x8d, 0x90), ...range(0x92, 0x94), ...range(0x9b, 0x9e), ...range(0xa0, 0xa2)]],
  [3, [0x95]],
  [5, [0xa3]],
  [18, [0x96, 0x97, 0xa4, 0xa5]],
  [2, [0x98]],
  [3, [0xa6]],
  [5, [0x91]],
  [8, [0x9f]],
  // Floating point to integer, which traps out of range; signed and unsigned integer to floating point.
  [20, [...range(0xa8, 0xab), ...range(0xae, 0xb1)]],
  [3, [0xb2, 0xb4, 0xb7, 0xb9]],
  [16, [0xb3, 0xb5, 0xb8, 0xba]],
  // ref.is_null and ref.func.
  [5, [0xd1]],
  [130, [0xd2]],
];

const bulk: Weights = [
  // Saturating truncation.
  [20, range(0, 7)],
  // memory.init, memory.copy, memory.fill, table.init, table.copy, table.size, table.fill.
  [100, [8, 10, 11, 12, 14, 16, 17]],
  // data.drop, elem.drop, table.grow.
  [300, [9, 13, 15]],
];

const vector: Weights = [
  // Unsigned comparisons: lt_u and gt_u of 8, 16 and 32 bits.
  [2, [38, 40, 48, 50, 58, 60]],
  // shuffle and popcnt.
  [3, [13, 98]],
  // Shifts of 8, 16, 32 and 64 bits.
  [3, [107, 108, 204]],
  [2, [109, 139, 140, 141, 171, 172, 173, 203, 205]],
  // Widening additions and multiplications.
  [2, [125, 157, 159, 188, 189, 190, 191]],
  [3, [127]],
  // i32x4.mul and i64x2.mul.
  [2, [181]],
  [4, [213]],
  // Floating point: rounding, abs, neg, add, sub, mul; sqrt; div; min and max.
  [2, [...range(103, 106), 116, 117, 122, 148, 224, 225, ...range(228, 230), 236, 237, ...range(240, 242)]],
  [5, [227]],
  [14, [239]],
  [10, [231]],
  [12, [243]],
  [4, [232, 233, 244]],
  [5, [245]],
  // Conversions between integer and floating point.
  [2, [248, 252]],
  [4, [249, 251]],
  [3, [253]],
];

function weightTable(size: number, weights: Weights): Uint16Array {
  const table = new Uint16Array(size).fill(1);
  for (const [weight, opcodes] of weights) {
    for (const opcode of opcodes) table[opcode] = weight;
  }
  return table;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
