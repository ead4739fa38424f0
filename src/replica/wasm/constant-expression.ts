import type { ByteReader } from './byte-reader.ts';
import { skipImmediate } from './immediate-reader.ts';
import { Immediate, oneByteImmediates, vectorImmediates } from './immediates.ts';

const end = 0x0b;
const refFunc = 0xd2;
const vectorPrefix = 0xfd;

/** Moves past a constant expression, and tells which functions it makes references to. */
export function skipConstantExpression(
  reader: ByteReader,
  onFunctionReference: (index: number) => void,
): void {
  for (;;) {
    const opcode = reader.byte();
    if (opcode === end) return;
    if (opcode === refFunc) {
      onFunctionReference(reader.u32());
    } else if (opcode === vectorPrefix) {
      const second = reader.u32();
      skipImmediate(reader, vectorImmediates[second] ?? Immediate.unknown, opcode, second);
    } else {
      skipImmediate(reader, oneByteImmediates[opcode] ?? Immediate.unknown, opcode);
    }
  }
}
