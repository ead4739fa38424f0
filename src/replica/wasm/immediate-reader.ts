import type { ByteReader } from './byte-reader.ts';
import { describeUnknown, Immediate } from './immediates.ts';
import { ModuleError } from './module-error.ts';
import { readValueType } from './value-types.ts';

/** Moves past what follows an opcode; a `ModuleError` if the kind is unknown or a type is one canisters cannot use. */
export function skipImmediate(reader: ByteReader, kind: number, opcode: number, second?: number): void {
  switch (kind) {
    case Immediate.none:
      return;
    case Immediate.number:
      reader.skipNumber();
      return;
    case Immediate.twoNumbers:
      reader.skipNumber();
      reader.skipNumber();
      return;
    case Immediate.memory:
      skipMemoryArgument(reader);
      return;
    case Immediate.memoryAndLane:
      skipMemoryArgument(reader);
      reader.skip(1);
      return;
    case Immediate.blockType:
      skipBlockType(reader);
      return;
    case Immediate.branchTable:
      for (let labels = reader.u32() + 1; labels > 0; labels--) reader.skipNumber();
      return;
    case Immediate.valueTypes:
      for (let count = reader.u32(); count > 0; count--) readValueType(reader);
      return;
    case Immediate.oneByte:
      reader.skip(1);
      return;
    case Immediate.fourBytes:
      reader.skip(4);
      return;
    case Immediate.eightBytes:
      reader.skip(8);
      return;
    case Immediate.sixteenBytes:
      reader.skip(16);
      return;
    default:
      throw new ModuleError(
        'unsupported',
        `The code has ${describeUnknown(opcode, second)}, which canisters cannot use.`,
      );
  }
}

function skipMemoryArgument(reader: ByteReader): void {
  skipAlignment(reader);
  reader.skipNumber();
}

/** Moves past an alignment, after which an offset comes. */
export function skipAlignment(reader: ByteReader): void {
  // Bit 6 announces the index of a second memory.
  if ((reader.u32() & 0x40) !== 0) {
    throw new ModuleError('unsupported', 'The code names a memory by index; a canister has one memory.');
  }
}

/** Nothing (0x40), one value type, or the index of a function type. */
function skipBlockType(reader: ByteReader): void {
  const first = reader.bytes[reader.position] ?? 0;
  if (first === 0x40) reader.skip(1);
  else if (first > 0x40 && first < 0x80) readValueType(reader);
  else reader.skipNumber();
}
