import { ByteReader, ByteWriter } from '../codec/index.ts';

/** A call that was answered, and how. */
export interface AnsweredRequest {
  /** Of the method and its arguments. */
  readonly fingerprint: number;
  /** When it is forgotten (ns). */
  readonly expiresAt: bigint;
  /** The reply as Candid. */
  readonly reply: Uint8Array;
}

const VERSION = 1;

/** Version u8, fingerprint u32, when it expires u64 (little-endian), then the reply. */
export function encodeRequest({ fingerprint, expiresAt, reply }: AnsweredRequest): Uint8Array {
  return new ByteWriter().u8(VERSION).u32(fingerprint).u64(expiresAt).raw(reply).finish();
}

export function decodeRequest(bytes: Uint8Array): AnsweredRequest {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`request of an unknown version ${version}`);
  return { fingerprint: reader.u32(), expiresAt: reader.u64(), reply: bytes.subarray(reader.offset) };
}
