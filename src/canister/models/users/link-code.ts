import { sha256 } from '@noble/hashes/sha2';
import { encodeUtf8 } from '../../codec/index.ts';

/** Crockford's base 32: no I, L, O or U, which are read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 20;
const CODE = new RegExp(`^[${ALPHABET}]{${CHARACTERS}}$`);

/** A code that a person can read out, in five groups of four, and its hash. Each of 20 random bytes gives five bits. */
export function makeLinkCode(random: Uint8Array): { readonly code: string; readonly hash: Uint8Array } {
  const characters = Array.from(random.subarray(0, CHARACTERS), (byte) => ALPHABET[byte & 31]).join('');
  return { code: characters.replace(/(.{4})(?=.)/g, '$1-'), hash: hashOf(characters) };
}

/** The hash of a code as people type it: without dashes, in small letters, with O for 0. Undefined for a text that is no code. */
export function hashLinkCode(text: string): Uint8Array | undefined {
  const typed = text.toUpperCase().replace(/[\s-]/g, '');
  const characters = typed.replace(/O/g, '0').replace(/[IL]/g, '1');
  return CODE.test(characters) ? hashOf(characters) : undefined;
}

function hashOf(characters: string): Uint8Array {
  return sha256(encodeUtf8(characters));
}
