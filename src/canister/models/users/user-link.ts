import { ByteReader, ByteWriter, encodeUtf8 } from '../../codec/index.ts';

/** A code that links whoever redeems it to a user_id. The code itself is not kept. Times are nanoseconds. */
export interface OpenCode {
  /** SHA-256. */
  readonly hash: Uint8Array;
  readonly expiresAt: bigint;
}

/** Which principal owns a user_id that is not the text of one, and since when. */
export interface Owner {
  readonly principal: Uint8Array;
  readonly since: bigint;
}

/** What is kept of a user_id (UTF-8) beside what is stored for it: whose it is, or the code by which it becomes somebody's. */
export interface UserLink {
  readonly userId: Uint8Array;
  readonly owner: Owner | undefined;
  readonly code: OpenCode | undefined;
}

/** Version u8; the owner: length u8 (0: none) and principal; then since u64, user_id, and as an opt the code: hash and expires_at u64. */
const VERSION = 1;
const OWNER_AT = 1;

const NOBODY = new Uint8Array(0);

export function encodeUserLink({ userId, owner, code }: UserLink): Uint8Array {
  const writer = new ByteWriter()
    .u8(VERSION)
    .text(owner?.principal ?? NOBODY)
    .u64(owner?.since ?? 0n)
    .text(userId)
    .bool(code !== undefined);
  if (code !== undefined) writer.text(code.hash).u64(code.expiresAt);
  return writer.finish();
}

export function decodeUserLink(bytes: Uint8Array): UserLink {
  const principal = ownerOf(bytes);
  const reader = new ByteReader(bytes);
  reader.offset = OWNER_AT + 1 + (principal?.length ?? 0);
  const since = reader.u64();
  return {
    owner: principal === undefined ? undefined : { principal, since },
    userId: reader.text(),
    code: reader.optional(() => ({ hash: reader.text(), expiresAt: reader.u64() })),
  };
}

/** Reads what is asked at the calls of users, and nothing else. */
export function ownerOf(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== VERSION) throw new Error(`link of an unknown version ${bytes[0]}`);
  const length = bytes[OWNER_AT] ?? 0;
  return length === 0 ? undefined : bytes.subarray(OWNER_AT + 1, OWNER_AT + 1 + length);
}

/** The Candid record of a new code. Fields follow the order of `LinkCode` in a message: by the hashes of their names. */
export function linkCodeBody(code: string, expiresAt: bigint): Uint8Array {
  return new ByteWriter().text(encodeUtf8(code)).u64(expiresAt).finish();
}

/** The Candid record of a user_id. */
export function linkedUserBody(userId: Uint8Array): Uint8Array {
  return new ByteWriter().text(userId).finish();
}

/** The Candid record of a user_id and since when it is linked, if it is. Fields follow the order of `OwnedUser` in a message. */
export function ownedUserBody(userId: Uint8Array, since: bigint | undefined): Uint8Array {
  return new ByteWriter().text(userId).optU64(since).finish();
}
