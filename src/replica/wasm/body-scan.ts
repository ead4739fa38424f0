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
  /** Functions that the code makes references to. */
  readonly referencedFunctions: Set<number>;
  /** Tables that the code writes to. */
  readonly changedTables: Set<number>;
  /** The global that is set when a passive segment is dropped. */
  dropFlag(kind: SegmentKind, segment: number): number;
}

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
  let block = points.add(reader.position, Injection.checkedCharge, entryWeight);
  let weight = entryWeight;

  while (reader.position < end) {
    const opcode = reader.byte();
    if (opcode === Opcode.bulkPrefix) {
      weight += scanBulk(reader, context, points);
      continue;
    }
    if (opcode === Opcode.vectorPrefix) {
      const second = reader.u32();
      skipImmediate(reader, vectorImmediates[second] ?? Immediate.unknown, opcode, second);
      weight += weights.vector[second] ?? 0;
      continue;
    }
    weight += weights.oneByte[opcode] ?? 0;
    switch (opcode) {
      case Opcode.refFunc:
        context.referencedFunctions.add(reader.u32());
        break;
      case Opcode.tableSet:
        context.changedTables.add(reader.u32());
        break;
      case Opcode.loop:
      case Opcode.if:
      case Opcode.else:
      case Opcode.end:
      case Opcode.br:
      case Opcode.brIf:
      case Opcode.brTable:
      case Opcode.return:
      case Opcode.unreachable:
      case Opcode.returnCall:
      case Opcode.returnCallIndirect: {
        skipImmediate(reader, oneByteImmediates[opcode] ?? Immediate.unknown, opcode);
        points.values[block] = weight;
        weight = 0;
        const kind = opcode === Opcode.loop ? Injection.checkedCharge : Injection.charge;
        block = points.add(reader.position, kind, 0);
        break;
      }
      default:
        skipImmediate(reader, oneByteImmediates[opcode] ?? Immediate.unknown, opcode);
    }
  }
  points.values[block] = weight;
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
    case BulkOpcode.memoryFill:
      chargeOperand(context.memory64);
      skipImmediate(reader, bulkImmediates[second] ?? Immediate.unknown, Opcode.bulkPrefix, second);
      break;
    case BulkOpcode.memoryInit:
      // The size is an i32 with a 64-bit memory too: it counts the segment's bytes.
      chargeOperand(false);
      reader.u32();
      reader.u32();
      break;
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
