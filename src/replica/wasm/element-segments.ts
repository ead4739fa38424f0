import type { ByteReader } from './byte-reader.ts';
import { readConstant } from './constant-expression.ts';
import { ModuleError } from './module-error.ts';
import { readValueType } from './value-types.ts';

/** Reads the element section for the one thing needed of it: the functions that its segments refer to. */
export function readElementSegments(reader: ByteReader, onFunctionReference: (index: number) => void): void {
  for (let count = reader.u32(); count > 0; count--) readSegment(reader, onFunctionReference);
}

/**
 * One segment. Bit 0 of its kind: passive or declarative; bit 1: a table index, or declarative; bit 2: its items are
 * expressions, not function indices ("Binary Format: Element Section").
 */
function readSegment(reader: ByteReader, onFunctionReference: (index: number) => void): void {
  const kind = reader.u32();
  if (kind > 7)
    throw new ModuleError('unsupported', `The module has an element segment of an unknown kind (${kind}).`);
  const isActive = (kind & 1) === 0;
  const hasExpressions = (kind & 4) !== 0;
  if (isActive) {
    if ((kind & 2) !== 0) reader.u32();
    readConstant(reader, { onReference: onFunctionReference });
  }
  if ((kind & 3) !== 0) {
    if (hasExpressions) readValueType(reader);
    else reader.byte();
  }
  for (let items = reader.u32(); items > 0; items--) {
    if (hasExpressions) readConstant(reader, { onReference: onFunctionReference });
    else onFunctionReference(reader.u32());
  }
}
