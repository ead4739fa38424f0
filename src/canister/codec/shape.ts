import type { ByteReader } from './byte-reader.ts';
import { TypeCode } from './type-codes.ts';
import type { WireHeader, WireRef } from './wire-types.ts';

/** A Candid type by its structure; fields and options carry their names. */
export type CandidType =
  | { readonly code: number }
  | { readonly code: typeof TypeCode.opt | typeof TypeCode.vec; readonly of: CandidType }
  | {
      readonly code: typeof TypeCode.record | typeof TypeCode.variant;
      readonly fields: readonly (readonly [name: string, type: CandidType])[];
    };

/** Reads one value; the reader stands at its first byte. */
export type Decode<T> = (reader: ByteReader) => T;

/**
 * A type that a method expects, and how to read it from any type that Candid allows a caller to send for it
 * (Candid specification, "Subtyping" and "Coercion").
 */
export interface Shape<T> {
  readonly type: CandidType;
  /** The reader for values sent as `ref`; throws CandidError where that type is no subtype of this one. */
  decoder(header: WireHeader, ref: WireRef): Decode<T>;
  /** What a caller who left the field out means; undefined where it can't be left out. */
  readonly absent?: { readonly value: T };
}

/** The value that a shape reads. */
export type ValueOf<S> = S extends Shape<infer T> ? T : never;

export function recordType(fields: Readonly<Record<string, CandidType>>): CandidType {
  return { code: TypeCode.record, fields: Object.entries(fields) };
}

export function variantType(options: Readonly<Record<string, CandidType>>): CandidType {
  return { code: TypeCode.variant, fields: Object.entries(options) };
}
