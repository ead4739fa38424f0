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
export class ReceivedText implements Text {
  readonly utf8: Uint8Array;
  #isAscii = false;
  #value: string | undefined;

  constructor(utf8: Uint8Array) {
    this.utf8 = utf8;
  }

  get value(): string {
    this.#value ??= this.#isAscii ? decodeLatin1(this.utf8) : decodeUtf8(this.utf8);
    return this.#value;
  }

  /** Fails where it is not UTF-8. */
  check(): void {
    this.#isAscii = isAscii(this.utf8);
    if (!this.#isAscii) this.#value ??= decodeUtf8(this.utf8);
  }
}

export const text: Shape<Text> = primitive(TypeCode.text, (reader: ByteReader) => {
  const received = new ReceivedText(reader.text());
  if (reader.unchecked === undefined) received.check();
  else reader.unchecked.push(received);
  return received;
});

export const bool: Shape<boolean> = primitive(TypeCode.bool, readFlag);

export const nat16: Shape<number> = primitive(TypeCode.nat16, (reader) => reader.u16());

export const nat32: Shape<number> = primitive(TypeCode.nat32, (reader) => reader.u32());

export const nat64: Shape<bigint> = primitive(TypeCode.nat64, (reader) => reader.u64());

/** -32,768 to 32,767. */
export const int16: Shape<number> = primitive(TypeCode.int16, (reader) => (reader.u16() << 16) >> 16);

/** The bytes of a principal, 0 to 29 of them. */
export const principal: Shape<Uint8Array> = primitive(TypeCode.principal, readPrincipal);
