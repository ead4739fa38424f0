import { Principal } from '@dfinity/principal';
import { decodeLatin1 } from '../codec/index.ts';

const ANONYMOUS = 0x04;

/** Bytes of the checksum that a principal's text begins with. */
const CHECKSUM = 4;

export function isAnonymous(principal: Uint8Array): boolean {
  return principal.length === 1 && principal[0] === ANONYMOUS;
}

/** Whether a user_id (UTF-8) is the text of a principal, and the principal so its owner. */
export function isTextOf(userId: Uint8Array, principal: Uint8Array): boolean {
  // Making the text takes long, and most user_ids are of another length.
  return userId.length === textLength(principal) && decodeLatin1(userId) === textOf(principal);
}

export function textOf(principal: Uint8Array): string {
  return Principal.fromUint8Array(principal).toText();
}

/** Groups of five characters with dashes between them, each character five bits. */
function textLength(principal: Uint8Array): number {
  const characters = Math.ceil(((principal.length + CHECKSUM) * 8) / 5);
  return characters + Math.ceil(characters / 5) - 1;
}
