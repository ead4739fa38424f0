/** What follows an opcode in the code ("Binary Format: Instructions"), as small numbers for a byte table. */
export const Immediate = {
  unknown: 0,
  none: 1,
  /** One number: an index, a constant, a memory's index. */
  number: 2,
  twoNumbers: 3,
  memory: 4,
  memoryAndLane: 5,
  blockType: 6,
  branchTable: 7,
  valueTypes: 8,
  oneByte: 9,
  fourBytes: 10,
  eightBytes: 11,
  sixteenBytes: 12,
  /** A second opcode follows. */
  prefix: 13,
} as const;

type Ranges = readonly (readonly [first: number, last: number, immediate: number])[];

/** Immediates of the one-byte opcodes, prefixes included; 0 for those that canisters cannot use. */
export const oneByteImmediates = table(256, [
  [0x00, 0x01, Immediate.none],
  [0x02, 0x04, Immediate.blockType],
  [0x05, 0x05, Immediate.none],
  [0x0b, 0x0b, Immediate.none],
  [0x0c, 0x0d, Immediate.number],
  [0x0e, 0x0e, Immediate.branchTable],
  [0x0f, 0x0f, Immediate.none],
  [0x10, 0x10, Immediate.number],
  [0x11, 0x11, Immediate.twoNumbers],
  [0x12, 0x12, Immediate.number],
  [0x13, 0x13, Immediate.twoNumbers],
  [0x1a, 0x1b, Immediate.none],
  [0x1c, 0x1c, Immediate.valueTypes],
  [0x20, 0x26, Immediate.number],
  [0x28, 0x3e, Immediate.memory],
  [0x3f, 0x42, Immediate.number],
  [0x43, 0x43, Immediate.fourBytes],
  [0x44, 0x44, Immediate.eightBytes],
  [0x45, 0xc4, Immediate.none],
  [0xd0, 0xd0, Immediate.number],
  [0xd1, 0xd1, Immediate.none],
  [0xd2, 0xd2, Immediate.number],
  [0xfc, 0xfd, Immediate.prefix],
]);

/** Immediates of the opcodes after 0xfc: saturating truncation, bulk memory and tables. */
export const bulkImmediates = table(18, [
  [0, 7, Immediate.none],
  [8, 8, Immediate.twoNumbers],
  [9, 9, Immediate.number],
  [10, 10, Immediate.twoNumbers],
  [11, 11, Immediate.number],
  [12, 12, Immediate.twoNumbers],
  [13, 13, Immediate.number],
  [14, 14, Immediate.twoNumbers],
  [15, 17, Immediate.number],
]);

/** Immediates of the opcodes after 0xfd: 128-bit vectors, without the relaxed ones, which are not deterministic. */
export const vectorImmediates = table(256, [
  [0, 11, Immediate.memory],
  [12, 13, Immediate.sixteenBytes],
  [14, 20, Immediate.none],
  [21, 34, Immediate.oneByte],
  [35, 83, Immediate.none],
  [84, 91, Immediate.memoryAndLane],
  [92, 93, Immediate.memory],
  [94, 255, Immediate.none],
]);

function table(size: number, ranges: Ranges): Uint8Array {
  const immediates = new Uint8Array(size);
  for (const [first, last, immediate] of ranges) immediates.fill(immediate, first, last + 1);
  return immediates;
}

/** Says which proposal an opcode outside the tables belongs to, for the message that refuses it. */
export function describeUnknown(opcode: number, second: number | undefined): string {
  const hex = `0x${opcode.toString(16).padStart(2, '0')}`;
  const name = second === undefined ? hex : `${hex} ${second}`;
  if (opcode === 0xfe) return `an atomic instruction (${hex}; threads)`;
  if (opcode === 0xfb) return `a garbage-collection instruction (${hex})`;
  if (opcode === 0xfd) return `a relaxed or unknown vector instruction (${name})`;
  if (exceptionOpcodes.has(opcode)) return `an exception-handling instruction (${hex})`;
  if (referenceOpcodes.has(opcode)) return `a typed-function-reference instruction (${hex})`;
  return `an unknown instruction (${name})`;
}

const exceptionOpcodes: ReadonlySet<number> = new Set([0x06, 0x07, 0x08, 0x09, 0x0a, 0x18, 0x19, 0x1f]);
const referenceOpcodes: ReadonlySet<number> = new Set([0x14, 0x15, 0xd3, 0xd4, 0xd5, 0xd6]);
