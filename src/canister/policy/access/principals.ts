import { getCrc32, Principal } from '@dfinity/principal';
import { decodeLatin1, encodeUtf8 } from '../../codec/index.ts';

const ANONYMOUS = 0x04;

/** Bytes of the checksum that a principal's text begins with. */
const CHECKSUM = 4;

/** Bits of a character, and characters of a group. */
const BITS = 5;
const GROUP = 5;

/** How many characters tell of the checksum, the last of them of the principal's first bits, too. */
const CHECKSUM_CHARACTERS = Math.ceil((CHECKSUM * 8) / BITS);

const ALPHABET = encodeUtf8('abcdefghijklmnopqrstuvwxyz234567');
const DASH = 0x2d;

export function isAnonymous(principal: Uint8Array): boolean {
  return principal.length === 1 && principal[0] === ANONYMOUS;
}

/**
 * Whether a user_id (UTF-8) is the text of a principal, and the principal so its owner. Every call of a user asks: making the text
 * takes a million instructions, so the characters are compared with the bits that they stand for, the checksum's last.
 */
export function isTextOf(userId: Uint8Array, principal: Uint8Array): boolean {
  const bytes = new Uint8Array(CHECKSUM + principal.length);
  const characters = Math.ceil((bytes.length * 8) / BITS);
  // Most user_ids are of another length.
  if (userId.length !== characters + Math.ceil(characters / GROUP) - 1) return false;
  bytes.set(principal, CHECKSUM);
  if (!spells(userId, bytes, [CHECKSUM_CHARACTERS, characters])) return false;
  new DataView(bytes.buffer).setUint32(0, getCrc32(principal));
  return spells(userId, bytes, [0, CHECKSUM_CHARACTERS]);
}

/** Whether a user_id (UTF-8) is the text of any principal. */
export function isPrincipalText(userId: Uint8Array): boolean {
  try {
    const text = decodeLatin1(userId);
    return Principal.fromText(text).toText() === text;
  } catch {
    return false;
  }
}

export function textOf(principal: Uint8Array): string {
  return decodeLatin1(encodePrincipal(principal));
}

/** The text of a principal as UTF-8. The library's own takes five times as long, which every update of a user would pay. */
export function encodePrincipal(principal: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(CHECKSUM + principal.length);
  bytes.set(principal, CHECKSUM);
  new DataView(bytes.buffer).setUint32(0, getCrc32(principal));
  const characters = Math.ceil((bytes.length * 8) / BITS);
  const text = new Uint8Array(characters + Math.ceil(characters / GROUP) - 1).fill(DASH);
  for (let character = 0, at = 0; character < characters; character++) {
    text[at] = characterAt(bytes, character);
    at += (character + 1) % GROUP === 0 ? 2 : 1;
  }
  return text;
}

/** The character that stands for five bits. */
function characterAt(bytes: Uint8Array, character: number): number {
  const bit = character * BITS;
  const byte = bit >> 3;
  const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0);
  return ALPHABET[(pair >> (11 - (bit & 7))) & 31] ?? 0;
}

/** Whether these characters of a text are those of the bytes: five bits each, with a dash after every fifth (interface specification, "Textual representation of principals"). */
function spells(text: Uint8Array, bytes: Uint8Array, [from, to]: readonly [number, number]): boolean {
  let at = from + Math.floor(from / GROUP);
  for (let character = from; character < to; character++) {
    if (character > 0 && character % GROUP === 0 && text[at - 1] !== DASH) return false;
    if (text[at] !== characterAt(bytes, character)) return false;
    at += (character + 1) % GROUP === 0 ? 2 : 1;
  }
  return true;
}
