/** Candid as bytes: any legal encoding of a method's arguments is read, and replies are made of stored bytes. */
export { ArgumentDecoder } from './arguments.ts';
export { ByteReader } from './byte-reader.ts';
export { ByteWriter } from './byte-writer.ts';
export {
  blob,
  enumeration,
  opt,
  type RecordOf,
  record,
  strictOpt,
  variant,
  vec,
} from './composite-shapes.ts';
export { CandidError } from './errors.ts';
export { JsonWriter } from './json-writer.ts';
export { bool, int16, nat16, nat32, nat64, principal, type Text, text } from './primitive-shapes.ts';
export { recordWriter, vecWriter, type Write } from './record-writer.ts';
export { type CandidType, recordType, type Shape, variantType } from './shape.ts';
export { TypeCode } from './type-codes.ts';
export { encodeHeader, variantIndexes } from './type-table.ts';
export { decodeLatin1, decodeUtf8, encodeUtf8, sameBytes, sameOptional, useNativeEncoder } from './utf8.ts';
