import type { ByteReader } from './byte-reader.ts';
import { CandidError } from './errors.ts';
import { TypeCode, typeName } from './type-codes.ts';

/** A type as a message names it: a negative code is a primitive type, any other number an entry of the type table. */
export type WireRef = number;

export interface WireField {
  readonly hash: number;
  readonly type: WireRef;
}

/** An entry of a message's type table. */
export type WireType =
  | { readonly code: typeof TypeCode.opt | typeof TypeCode.vec; readonly of: WireRef }
  | { readonly code: typeof TypeCode.record | typeof TypeCode.variant; readonly fields: readonly WireField[] }
  | { readonly code: typeof TypeCode.func | typeof TypeCode.service }
  | { readonly code: 'future' };

/** What a message says of its own types: its type table and the types of its arguments. */
export interface WireHeader {
  readonly table: readonly WireType[];
  readonly args: readonly WireRef[];
}

/** A type table larger than this is refused: reading one costs instructions, and no caller of ours needs it. */
const MAX_TYPES = 200;
/** Fields of records, options of variants, arguments of functions and methods of services, in all. */
const MAX_FIELDS = 400;
const MAX_ARGS = 100;

const MAGIC = 0x4449444c; // "DIDL"

/** Reads the magic number, the type table and the argument types (Candid specification, "Parameters and Results"). */
export function readHeader(reader: ByteReader): WireHeader {
  if (reader.bytes.length < 4 || readMagic(reader) !== MAGIC) {
    throw new CandidError('the message does not begin with DIDL');
  }
  const size = bounded(reader.leb128(), MAX_TYPES, 'types');
  const counter = { fields: 0 };
  const table: WireType[] = [];
  for (let i = 0; i < size; i++) table.push(readType(reader, size, counter));
  const count = bounded(reader.leb128(), MAX_ARGS, 'arguments');
  const args: WireRef[] = [];
  for (let i = 0; i < count; i++) args.push(readRef(reader, size));
  return { table, args };
}

/** The type that a reference names; primitive types have no entry. */
export function entryOf(header: WireHeader, ref: WireRef): WireType | undefined {
  return header.table[ref];
}

/** The name of a referenced type, for messages. */
export function nameOf(header: WireHeader, ref: WireRef): string {
  const code = entryOf(header, ref)?.code ?? ref;
  return code === 'future' ? 'an unknown type' : typeName(code);
}

function readMagic(reader: ByteReader): number {
  let magic = 0;
  for (let i = 0; i < 4; i++) magic = magic * 0x100 + reader.u8();
  return magic;
}

function readType(reader: ByteReader, size: number, counter: { fields: number }): WireType {
  const code = reader.sleb128();
  switch (code) {
    case TypeCode.opt:
    case TypeCode.vec:
      return { code, of: readRef(reader, size) };
    case TypeCode.record:
    case TypeCode.variant:
      return { code, fields: readFields(reader, size, counter) };
    case TypeCode.func:
      readFunction(reader, size, counter);
      return { code };
    case TypeCode.service:
      readService(reader, size, counter);
      return { code };
    default:
      if (code >= TypeCode.principal) throw new CandidError(`${typeName(code)} can't stand in a type table`);
      reader.advance(reader.leb128());
      return { code: 'future' };
  }
}

function readRef(reader: ByteReader, size: number): WireRef {
  const ref = reader.sleb128();
  const primitive = (ref <= TypeCode.null && ref >= TypeCode.empty) || ref === TypeCode.principal;
  if (!primitive && (ref < 0 || ref >= size))
    throw new CandidError(`there is no type ${ref} in the type table`);
  return ref;
}

function readFields(reader: ByteReader, size: number, counter: { fields: number }): WireField[] {
  const count = reader.leb128();
  counter.fields = bounded(counter.fields + count, MAX_FIELDS, 'fields');
  const fields: WireField[] = [];
  let previous = -1;
  for (let i = 0; i < count; i++) {
    const hash = reader.leb128();
    if (hash <= previous || hash > 0xffff_ffff)
      throw new CandidError('the fields of a type are not in order');
    previous = hash;
    fields.push({ hash, type: readRef(reader, size) });
  }
  return fields;
}

function readFunction(reader: ByteReader, size: number, counter: { fields: number }): void {
  for (const what of ['arguments', 'results']) {
    const count = bounded(reader.leb128(), MAX_ARGS, what);
    counter.fields = bounded(counter.fields + count, MAX_FIELDS, 'fields');
    for (let i = 0; i < count; i++) readRef(reader, size);
  }
  const annotations = bounded(reader.leb128(), 3, 'annotations');
  for (let i = 0; i < annotations; i++) {
    const annotation = reader.u8();
    if (annotation < 1 || annotation > 3) throw new CandidError('a function has an unknown annotation');
  }
}

function readService(reader: ByteReader, size: number, counter: { fields: number }): void {
  const count = reader.leb128();
  counter.fields = bounded(counter.fields + count, MAX_FIELDS, 'fields');
  for (let i = 0; i < count; i++) {
    reader.advance(reader.leb128());
    readRef(reader, size);
  }
}

function bounded(count: number, limit: number, what: string): number {
  if (count > limit) throw new CandidError(`the message declares more than ${limit} ${what}`);
  return count;
}
