import type { ByteReader } from './byte-reader.ts';
import { skipImmediate } from './immediate-reader.ts';
import { Immediate, oneByteImmediates, vectorImmediates } from './immediates.ts';
import { Opcode } from './opcodes.ts';

/** What a constant expression can name. */
export interface ConstantContext {
  /** The values of the globals before it; those of none unless told. */
  readonly globals?: readonly { readonly initial: bigint | undefined }[];
  /** Told of each function that the expression makes a reference to. */
  readonly onReference?: (index: number) => void;
}

type Operation = readonly [bits: number, compute: (left: bigint, right: bigint) => bigint];

const operations: ReadonlyMap<number, Operation> = new Map([
  [Opcode.i32Add, [32, (left, right) => left + right]],
  [Opcode.i32Subtract, [32, (left, right) => left - right]],
  [Opcode.i32Multiply, [32, (left, right) => left * right]],
  [Opcode.i64Add, [64, (left, right) => left + right]],
  [Opcode.i64Subtract, [64, (left, right) => left - right]],
  [Opcode.i64Multiply, [64, (left, right) => left * right]],
]);

/** Reads a constant expression. Gives its value if it is an integer, unsigned; undefined for all others. */
export function readConstant(
  reader: ByteReader,
  { globals = [], onReference }: ConstantContext,
): bigint | undefined {
  const stack: (bigint | undefined)[] = [];
  for (;;) {
    const opcode = reader.byte();
    const operation = operations.get(opcode);
    if (operation !== undefined) {
      const [bits, compute] = operation;
      const [right, left] = [stack.pop(), stack.pop()];
      const known = left !== undefined && right !== undefined;
      stack.push(known ? BigInt.asUintN(bits, compute(left, right)) : undefined);
      continue;
    }
    switch (opcode) {
      case Opcode.end:
        return stack.pop();
      case Opcode.i32Const:
        stack.push(BigInt.asUintN(32, reader.s64()));
        break;
      case Opcode.i64Const:
        stack.push(BigInt.asUintN(64, reader.s64()));
        break;
      case Opcode.globalGet:
        stack.push(globals[reader.u32()]?.initial);
        break;
      case Opcode.refFunc:
        onReference?.(reader.u32());
        stack.push(undefined);
        break;
      default:
        skipOther(reader, opcode);
        stack.push(undefined);
    }
  }
}

function skipOther(reader: ByteReader, opcode: number): void {
  if (opcode !== Opcode.vectorPrefix) {
    skipImmediate(reader, oneByteImmediates[opcode] ?? Immediate.unknown, opcode);
    return;
  }
  const second = reader.u32();
  skipImmediate(reader, vectorImmediates[second] ?? Immediate.unknown, opcode, second);
}
