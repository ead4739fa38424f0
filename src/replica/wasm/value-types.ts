import type { ByteReader } from './byte-reader.ts';
import { ModuleError } from './module-error.ts';
import type { FunctionType, ValueType } from './prepared-module.ts';

const typesByCode: ReadonlyMap<number, ValueType> = new Map([
  [0x7f, 'i32'],
  [0x7e, 'i64'],
  [0x7d, 'f32'],
  [0x7c, 'f64'],
  [0x7b, 'v128'],
  [0x70, 'funcref'],
  [0x6f, 'externref'],
]);

/** The byte of each value type ("Binary Format: Types"). */
export const codesByType: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
  funcref: 0x70,
  externref: 0x6f,
};

/** Reads a value type; a `ModuleError` for one that canisters cannot use. */
export function readValueType(reader: ByteReader): ValueType {
  const code = reader.byte();
  const type = typesByCode.get(code);
  if (type === undefined) {
    throw new ModuleError(
      'unsupported',
      `The module uses a value of type 0x${code.toString(16)}, which canisters cannot use.`,
    );
  }
  return type;
}

/** Reads the type section. */
export function readFunctionTypes(reader: ByteReader): FunctionType[] {
  return readVector(reader, () => {
    if (reader.byte() !== 0x60) {
      throw new ModuleError(
        'unsupported',
        'The module declares a type that is not a function type (garbage collection).',
      );
    }
    const params = readVector(reader, () => readValueType(reader));
    const results = readVector(reader, () => readValueType(reader));
    return { params, results };
  });
}

/** Whether two function types are the same. */
export function sameFunctionType(a: FunctionType, b: FunctionType): boolean {
  return a.params.join() === b.params.join() && a.results.join() === b.results.join();
}

/** A function type as the text format writes it, such as `(i32, i64) -> (i32)`. */
export function describeFunctionType(type: FunctionType): string {
  return `(${type.params.join(', ')}) -> (${type.results.join(', ')})`;
}

/** Reads a count, and that many items. */
export function readVector<T>(reader: ByteReader, readItem: () => T): T[] {
  const count = reader.u32();
  const items: T[] = [];
  for (let i = 0; i < count; i++) items.push(readItem());
  return items;
}
