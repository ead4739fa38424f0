import { getCrc32 } from '@dfinity/principal';
import type { Text } from '../../codec/index.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import { textOf } from '../access/principals.ts';

/**
 * Visible characters of ASCII without white space at the ends, some of which are no digits of a principal, or stand between two of them: most user_ids,
 * which are asked no more.
 */
const ORDINARY = /^(?![a-z2-7](?:[-_ .:/]?[a-z2-7])*$)[!-~](?:[ -~]*[!-~])?$/i;

/** The same, and what may spell a principal. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

/** What can't be seen, or changes what is read: control and format characters, ignorable ones, and white space but for U+0020. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/u;

/** How principals are written; another text of this form is that of none. */
const GROUPS = /^(?:[a-z2-7]{5}-)+[a-z2-7]{1,5}$/;

const NO_DIGIT_OF_PRINCIPALS = /[^a-z2-7]/g;

/** A checksum of four bytes and at most 29 of the principal, five bits a character. */
const SPELLED = { least: 7, most: 53 } as const;
const CHECKSUM = 4;

/**
 * Refuses, for a user of whom nothing is stored yet, a user_id that can be taken for another: with characters that can't be seen, in a form that looks
 * like its normal form, or the text of a principal in another spelling. What is stored under such a one from before stays as it is.
 */
export function checkNewUserId(field: string, { value }: Text): void {
  if (ORDINARY.test(value)) return;
  const isPlain = PLAIN.test(value);
  if (!isPlain) {
    const [unseen] = UNSEEN.exec(value) ?? [];
    if (unseen !== undefined) {
      throw invalidArgument(field, `must not have the character ${numberOf(unseen)}, which can't be seen`);
    }
    if (value !== value.trim()) throw invalidArgument(field, 'must not begin or end with white space');
    if (value !== value.normalize('NFC')) {
      throw invalidArgument(field, 'must be in Unicode normalization form C (NFC)');
    }
  }
  if (isPlain && GROUPS.test(value)) return;
  const principal = principalSpelledBy(isPlain ? value : value.normalize('NFKC'));
  if (principal !== undefined && principal !== value) {
    throw invalidArgument(field, `must be written as that principal's text is: ${principal}`);
  }
}

/** The text of the principal whose digits are in a text, whatever their case and what is between them. */
function principalSpelledBy(text: string): string | undefined {
  const digits = text.toLowerCase().replace(NO_DIGIT_OF_PRINCIPALS, '');
  const { length } = digits;
  if (length < SPELLED.least || length > SPELLED.most) return undefined;
  const bytes = new Uint8Array((length * 5) >> 3);
  // The last character may have bits of no byte, and no more than that.
  if (length !== Math.ceil((bytes.length * 8) / 5)) return undefined;
  let bits = 0;
  let value = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const code = digits.charCodeAt(i);
    value = ((value << 5) | (code >= 97 ? code - 97 : code - 24)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = value >> bits;
    }
  }
  const principal = bytes.slice(CHECKSUM);
  const isOne = getCrc32(principal) === new DataView(bytes.buffer).getUint32(0);
  return isOne ? textOf(principal) : undefined;
}

function numberOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
