import type { ByteReader } from './byte-reader.ts';
import { CandidError } from './errors.ts';
import type { Decode, Shape } from './shape.ts';
import { readFlag, readPrincipal } from './skip.ts';
import { TypeCode, typeName } from './type-codes.ts';
import { decodeLatin1, decodeUtf8, isAscii } from './utf8.ts';
import { nameOf, type WireHeader, type WireRef } from './wire-types.ts';

/** A text as it came, and as a string; records are built from the bytes, rules look at the string. */
export interface Text {
  readonly utf8: Uint8Array;
  readonly value: string;
}

function primitive<T>(code: number, read: Decode<T>): Shape<T> {
  return {
    type: { code },
    decoder(header: WireHeader, ref: WireRef): Decode<T> {
      if (ref === code) return read;
      if (ref === TypeCode.empty) return refuseEmpty;
      throw new CandidError(`expected ${typeName(code)}, got ${nameOf(header, ref)}`);
    },
  };
}

/** `empty` is a subtype of every type, but has no values. */
function refuseEmpty(): never {
  throw new CandidError('there is no value of type empty');
}

/** A text that is made a string when it is looked at, which most are not. */
class ReceivedText implements Text {
  readonly utf8: Uint8Array;
  #value: string | undefined;

  /** `value` is there where it was made to check that it is UTF-8. */
  constructor(utf8: Uint8Array, value: string | undefined) {
    this.utf8 = utf8;
    this.#value = value;
  }

  get value(): string {
    this.#value ??= decodeLatin1(this.utf8);
    return this.#value;
  }
}

export const text: Shape<Text> = primitive(TypeCode.text, (reader: ByteReader) => {
  const utf8 = reader.text();
  return new ReceivedText(utf8, isAscii(utf8) ? undefined : decodeUtf8(utf8));
});

export const bool: Shape<boolean> = primitive(TypeCode.bool, readFlag);

export const nat16: Shape<number> = primitive(TypeCode.nat16, (reader) => reader.u16());

export const nat32: Shape<number> = primitive(TypeCode.nat32, (reader) => reader.u32());

export const nat64: Shape<bigint> = primitive(TypeCode.nat64, (reader) => reader.u64());

/** -32,768 to 32,767. */
export const int16: Shape<number> = primitive(TypeCode.int16, (reader) => (reader.u16() << 16) >> 16);

/** The bytes of a principal, 0 to 29 of them. */
export const principal: Shape<Uint8Array> = primitive(TypeCode.principal, readPrincipal);
