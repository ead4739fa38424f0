import type { ByteReader } from './byte-reader.ts';
import { CandidError } from './errors.ts';
import { FIXED_SIZES, TypeCode } from './type-codes.ts';
import { checkUtf8 } from './utf8.ts';
import { entryOf, nameOf, type WireHeader, type WireRef } from './wire-types.ts';

/** Moves over a value that nobody asked for: Candid lets a caller send more fields and arguments than are known. */
export function skipValue(reader: ByteReader, header: WireHeader, ref: WireRef): void {
  reader.spend(1);
  const type = entryOf(header, ref);
  if (type === undefined) {
    skipPrimitive(reader, header, ref);
    return;
  }
  reader.nested(() => {
    switch (type.code) {
      case TypeCode.opt:
        if (readFlag(reader)) skipValue(reader, header, type.of);
        return;
      case TypeCode.vec:
        skipVec(reader, header, type.of);
        return;
      case TypeCode.record:
        for (const field of type.fields) skipValue(reader, header, field.type);
        return;
      case TypeCode.variant: {
        const option = type.fields[reader.leb128()];
        if (option === undefined)
          throw new CandidError('a variant has an option that its type does not have');
        skipValue(reader, header, option.type);
        return;
      }
      case TypeCode.func:
        if (!readFlag(reader)) throw new CandidError('opaque references are not supported');
        skipReference(reader);
        skipText(reader);
        return;
      case TypeCode.service:
        skipReference(reader);
        return;
      case 'future': {
        const length = reader.leb128();
        if (reader.leb128() !== 0) throw new CandidError('references of unknown types are not supported');
        reader.advance(length);
        return;
      }
    }
  });
}

/** The byte 0 or 1 that a bool, an opt and a reference begin with. */
export function readFlag(reader: ByteReader): boolean {
  const flag = reader.u8();
  if (flag > 1) throw new CandidError(`expected a byte of 0 or 1, got ${flag}`);
  return flag === 1;
}

/** The bytes of a transparent principal reference. */
export function readPrincipal(reader: ByteReader): Uint8Array {
  if (!readFlag(reader)) throw new CandidError('opaque references are not supported');
  const length = reader.leb128();
  if (length > 29) throw new CandidError('a principal is longer than 29 bytes');
  return reader.take(length);
}

function skipText(reader: ByteReader): void {
  const utf8 = reader.text();
  if (reader.unchecked === undefined) checkUtf8(utf8);
  else reader.unchecked.push({ utf8 });
}

function skipReference(reader: ByteReader): void {
  readPrincipal(reader);
}

function skipVec(reader: ByteReader, header: WireHeader, element: WireRef): void {
  const count = reader.leb128();
  const size = FIXED_SIZES.get(element);
  if (size !== undefined) {
    reader.advance(count * size);
    return;
  }
  for (let i = 0; i < count; i++) skipValue(reader, header, element);
}

function skipPrimitive(reader: ByteReader, header: WireHeader, ref: WireRef): void {
  const size = FIXED_SIZES.get(ref);
  if (size !== undefined) {
    reader.advance(size);
    return;
  }
  switch (ref) {
    case TypeCode.null:
    case TypeCode.reserved:
      return;
    case TypeCode.bool:
      readFlag(reader);
      return;
    case TypeCode.nat:
    case TypeCode.int:
      while (reader.u8() >= 0x80) reader.spend(1);
      return;
    case TypeCode.text:
      skipText(reader);
      return;
    case TypeCode.principal:
      readPrincipal(reader);
      return;
    default:
      throw new CandidError(`there is no value of type ${nameOf(header, ref)}`);
  }
}
