/** Candid as bytes: any legal encoding of a method's arguments is read, and replies are made of stored bytes. */
export { ArgumentDecoder, MAX_MESSAGE_BYTES } from './arguments.ts';
export { ByteReader } from './byte-reader.ts';
export { ByteWriter } from './byte-writer.ts';
export { enumeration, opt, type RecordOf, record, strictOpt, vec } from './composite-shapes.ts';
export { CandidError } from './errors.ts';
export { fingerprint } from './fingerprint.ts';
export { bool, nat32, nat64, principal, type Text, text } from './primitive-shapes.ts';
export type { CandidType, Shape } from './shape.ts';
export { TypeCode } from './type-codes.ts';
export { encodeHeader, inWireOrder, variantIndexes } from './type-table.ts';
export { decodeLatin1, encodeUtf8, sameBytes } from './utf8.ts';
