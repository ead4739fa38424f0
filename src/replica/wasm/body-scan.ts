import { scanAccess, scanVectorAccess } from './access-scan.ts';
import type { ByteReader } from './byte-reader.ts';
import type { TableDeclaration } from './declarations.ts';
import { skipImmediate } from './immediate-reader.ts';
import { bulkImmediates, Immediate, oneByteImmediates, vectorImmediates } from './immediates.ts';
import { Injection, type InjectionPoints } from './injection-points.ts';
import type { InstructionWeights } from './instruction-weights.ts';
import { BulkOpcode, Opcode } from './opcodes.ts';

export type SegmentKind = 'data' | 'element';

/** What scanning needs to know of the module, and what it finds out about the module's code. */
export interface CodeContext {
  readonly weights: InstructionWeights;
  readonly memory64: boolean;
  readonly tables: readonly TableDeclaration[];
  /** How many parameters each function of the code section has. */
  readonly parameterCounts: readonly number[];
  /** Functions that the code makes references to. */
  readonly referencedFunctions: Set<number>;
  /** Tables that the code writes to. */
  readonly changedTables: Set<number>;
  /** The global that is set when a passive segment is dropped. */
  dropFlag(kind: SegmentKind, segment: number): number;
}

/** What scanning does at an opcode, by a table: a switch over imported names takes several times as long. */
const plain = 0;
const endsBlock = 1;
const special = 2;
const calls = 3;
const accesses = 4;
const roles = new Uint8Array(256);
for (const opcode of [
  ...[Opcode.loop, Opcode.if, Opcode.else, Opcode.end, Opcode.br, Opcode.brIf, Opcode.brTable],
  ...[Opcode.return, Opcode.unreachable, Opcode.returnCall, Opcode.returnCallIndirect],
]) {
  roles[opcode] = endsBlock;
}
for (const opcode of [
  ...[Opcode.refFunc, Opcode.tableSet, Opcode.bulkPrefix, Opcode.vectorPrefix],
  ...[Opcode.memorySize, Opcode.memoryGrow],
]) {
  roles[opcode] = special;
}
for (const [opcode, immediate] of oneByteImmediates.entries()) {
  if (immediate === Immediate.memory) roles[opcode] = accesses;
}
for (const opcode of [Opcode.call, Opcode.callIndirect]) roles[opcode] = calls;

/** The weight of entering a function, so that even an empty one costs something. */
const entryWeight = 1;

/**
 * Goes once over the instructions from the reader's position up to `end`, and fills in where the weights of the basic
 * blocks are charged. A call does not end a block: the callee charges for itself.
 */
export function scanBody(
  reader: ByteReader,
  end: number,
  context: CodeContext,
  points: InjectionPoints,
): void {
  const { weights } = context;
  let block = points.add(reader.position, Injection.entryCharge, entryWeight);
  let weight = entryWeight;

  const { oneByte } = weights;
  while (reader.position < end) {
    const opcode = reader.byte();
    const role = roles[opcode];
    const immediate = oneByteImmediates[opcode] ?? Immediate.unknown;
    weight += oneByte[opcode] ?? 0;
    if (role === plain) {
      skipImmediate(reader, immediate, opcode);
    } else if (role === accesses) {
      scanAccess(opcode, reader, points);
    } else if (role === endsBlock) {
      skipImmediate(reader, immediate, opcode);
      points.values[block] = weight;
      weight = 0;
      const kind = opcode === Opcode.loop ? Injection.loopCharge : Injection.charge;
      block = points.add(reader.position, kind, 0);
    } else if (role === calls) {
      skipImmediate(reader, immediate, opcode);
      points.add(reader.position, Injection.reload, 0);
    } else {
      weight += scanSpecial(opcode, reader, context, points);
    }
  }
  points.values[block] = weight;
}

/** Scans an instruction that has a prefix or that tells something of the module; gives a prefixed one's weight. */
function scanSpecial(
  opcode: number,
  reader: ByteReader,
  context: CodeContext,
  points: InjectionPoints,
): number {
  switch (opcode) {
    case Opcode.refFunc:
      context.referencedFunctions.add(reader.u32());
      return 0;
    case Opcode.tableSet:
      context.changedTables.add(reader.u32());
      return 0;
    case Opcode.memorySize:
      reader.u32();
      points.add(reader.position, Injection.memorySize, 0);
      return 0;
    case Opcode.memoryGrow: {
      const start = reader.position - 1;
      reader.u32();
      points.replace(start, reader.position, Injection.memoryGrow, 0);
      return 0;
    }
    case Opcode.bulkPrefix:
      return scanBulk(reader, context, points);
    default:
      return scanVector(reader, context, points);
  }
}

/** Scans an instruction after the prefix 0xfd and gives its weight. */
function scanVector(reader: ByteReader, context: CodeContext, points: InjectionPoints): number {
  const start = reader.position - 1;
  const second = reader.u32();
  const immediate = vectorImmediates[second] ?? Immediate.unknown;
  if (immediate === Immediate.memory || immediate === Immediate.memoryAndLane) {
    scanVectorAccess(second, start, reader, points);
  } else {
    skipImmediate(reader, immediate, Opcode.vectorPrefix, second);
  }
  return context.weights.vector[second] ?? 0;
}

/** Scans an instruction after the prefix 0xfc and gives its weight. */
function scanBulk(reader: ByteReader, context: CodeContext, points: InjectionPoints): number {
  const start = reader.position - 1;
  const second = reader.u32();
  const chargeOperand = (is64: boolean) =>
    points.add(start, is64 ? Injection.chargeOperand64 : Injection.chargeOperand32, 0);
  const tableIs64 = (table: number) => context.tables[table]?.is64 === true;

  switch (second) {
    case BulkOpcode.memoryCopy:
      chargeOperand(context.memory64);
      reader.u32();
      reader.u32();
      points.replace(start, reader.position, Injection.memoryCopy, 0);
      break;
    case BulkOpcode.memoryFill:
      chargeOperand(context.memory64);
      reader.u32();
      points.replace(start, reader.position, Injection.memoryFill, 0);
      break;
    case BulkOpcode.memoryInit: {
      // The size is an i32 with a 64-bit memory too: it counts the segment's bytes.
      chargeOperand(false);
      const segment = reader.u32();
      reader.u32();
      points.replace(start, reader.position, Injection.memoryInit, segment);
      break;
    }
    case BulkOpcode.tableInit:
      chargeOperand(false);
      reader.u32();
      context.changedTables.add(reader.u32());
      break;
    case BulkOpcode.tableCopy: {
      const target = reader.u32();
      const source = reader.u32();
      chargeOperand(tableIs64(target) && tableIs64(source));
      context.changedTables.add(target);
      break;
    }
    case BulkOpcode.tableFill: {
      const table = reader.u32();
      chargeOperand(tableIs64(table));
      context.changedTables.add(table);
      break;
    }
    case BulkOpcode.tableGrow:
      context.changedTables.add(reader.u32());
      break;
    case BulkOpcode.dataDrop:
    case BulkOpcode.elemDrop: {
      const flag = context.dropFlag(second === BulkOpcode.dataDrop ? 'data' : 'element', reader.u32());
      points.add(reader.position, Injection.setFlag, flag);
      break;
    }
    default:
      skipImmediate(reader, bulkImmediates[second] ?? Immediate.unknown, Opcode.bulkPrefix, second);
  }
  return context.weights.bulk[second] ?? 0;
}
