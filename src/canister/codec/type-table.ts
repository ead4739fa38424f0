import { ByteWriter } from './byte-writer.ts';
import type { CandidType } from './shape.ts';
import { labelHash } from './type-codes.ts';

const MAGIC = Uint8Array.of(0x44, 0x49, 0x44, 0x4c); // "DIDL"

/**
 * The part of a message that comes before its values: magic number, type table, and types. It depends on the types alone, so it is
 * made once. Inner types come first and equal ones once, as @dfinity/candid writes them.
 */
export function encodeHeader(types: readonly CandidType[]): Uint8Array {
  const table = new TypeTable();
  const refs = types.map((type) => table.refOf(type));
  const writer = new ByteWriter().raw(MAGIC).leb128(table.entries.length);
  for (const entry of table.entries) writer.raw(entry);
  writer.leb128(refs.length);
  for (const ref of refs) writer.sleb128(ref);
  return writer.finish();
}

/** A record's fields or a variant's options in the order of their hashes: the order that values and indexes follow. */
export function inWireOrder<T>(
  fields: readonly (readonly [name: string, T])[],
): (readonly [number, T, string])[] {
  return fields
    .map(([name, value]) => [labelHash(name), value, name] as const)
    .sort(([left], [right]) => left - right);
}

class TypeTable {
  readonly entries: Uint8Array[] = [];
  readonly #indexes = new Map<string, number>();

  refOf(type: CandidType): number {
    if (!('of' in type) && !('fields' in type)) return type.code;
    const entry = this.#encode(type);
    const key = entry.join();
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const index = this.entries.length;
    this.entries.push(entry);
    this.#indexes.set(key, index);
    return index;
  }

  #encode(type: Exclude<CandidType, { of?: never; fields?: never }>): Uint8Array {
    const writer = new ByteWriter().sleb128(type.code);
    if ('of' in type) return writer.sleb128(this.refOf(type.of)).finish();
    if (!('fields' in type)) return writer.finish();
    const fields = inWireOrder(type.fields).map(([hash, inner]) => [hash, this.refOf(inner)] as const);
    writer.leb128(fields.length);
    for (const [hash, ref] of fields) writer.leb128(hash).sleb128(ref);
    return writer.finish();
  }
}

/** Where each option of a variant stands in its wire order. */
export function variantIndexes<N extends string>(names: readonly N[]): ReadonlyMap<N, number> {
  const ordered = inWireOrder(names.map((name) => [name, name] as const));
  return new Map(ordered.map(([, name], index) => [name, index]));
}
