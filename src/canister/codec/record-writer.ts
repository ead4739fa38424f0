import type { ByteWriter } from './byte-writer.ts';
import { inWireOrder } from './type-table.ts';

/** Writes a value as Candid has it. */
export type Write<V> = (writer: ByteWriter, value: V) => unknown;

/** Writes a record's fields, in the order that a message has them in. */
export function recordWriter<V>(fields: readonly (readonly [name: string, write: Write<V>])[]): Write<V> {
  const inOrder = inWireOrder(fields).map(([, write]) => write);
  return (writer, value) => {
    for (const write of inOrder) write(writer, value);
  };
}

/** A Candid vec. */
export function vecWriter<V>(write: Write<V>): Write<readonly V[]> {
  return (writer, values) => {
    writer.leb128(values.length);
    for (const value of values) write(writer, value);
  };
}
