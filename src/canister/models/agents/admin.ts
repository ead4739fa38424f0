import { ByteWriter } from '../../codec/index.ts';

/** A principal that may name agents and admins, and who named it. The time is nanoseconds. */
export interface Admin {
  readonly admin: Uint8Array;
  readonly addedAt: bigint;
  readonly addedBy: Uint8Array;
}

/** A version byte before the Candid record. */
const VERSION = 1;

/** Fields follow the order of `Admin` in a message: by the hashes of their names. */
export function encodeAdmin({ admin, addedAt, addedBy }: Admin): Uint8Array {
  return new ByteWriter().u8(VERSION).principal(admin).u64(addedAt).principal(addedBy).finish();
}

/** The Candid record of a stored admin. */
export function adminBody(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== VERSION) throw new Error(`admin of an unknown version ${bytes[0]}`);
  return bytes.subarray(1);
}
