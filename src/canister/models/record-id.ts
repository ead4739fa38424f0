import { encodeUtf8, type Text } from '../codec/index.ts';

/** What an id names. */
export type RecordKind = 'session' | 'interaction' | 'activity';

const PREFIXES: Readonly<Record<RecordKind, string>> = {
  session: 'ses-',
  interaction: 'int-',
  activity: 'act-',
};

/** Every id has the same length, in characters and in bytes. */
export const ID_LENGTH = 20;

/** The canister that issued a record, so that a user can move to another one and keep their ids. */
const SHARD = '0000';

/** Hexadecimal digits of the sequence number. */
const DIGITS = 12;

const ZERO = 0x30;
const A = 0x61;

/** The id of each kind whose sequence number is 0. */
const BLANKS: Readonly<Record<RecordKind, Uint8Array>> = {
  session: blank('session'),
  interaction: blank('interaction'),
  activity: blank('activity'),
};

/** How many characters of an id can differ from those of another of its kind. */
export const ID_END_LENGTH = 8;
const BLANK_END = encodeUtf8('0'.repeat(ID_END_LENGTH));

/** What all ids of a kind begin with. */
export function idStart(kind: RecordKind): Uint8Array {
  return BLANKS[kind].slice(0, ID_LENGTH - ID_END_LENGTH);
}

/** Keys have four bytes for a sequence number; a larger one would be cut to that of another record. */
const MAX_SEQUENCE = 0xffff_ffff;

/**
 * An id: the kind, then sixteen hexadecimal digits, four for the shard and twelve for the record's sequence number. It decodes to
 * the record's key, and is never given twice.
 */
export function encodeId(kind: RecordKind, sequence: number): Uint8Array {
  return withDigits(BLANKS[kind], sequence);
}

/** The end of an id, in which those of one kind differ: the digits of the sequence number. */
export function encodeIdEnd(sequence: number): Uint8Array {
  return withDigits(BLANK_END, sequence);
}

function withDigits(blank: Uint8Array, sequence: number): Uint8Array {
  const id = blank.slice();
  // Digit by digit: a string takes five times as long to become bytes.
  for (let at = id.length - 1, rest = sequence; rest !== 0; at--, rest >>>= 4) {
    const digit = rest & 15;
    id[at] = digit < 10 ? ZERO + digit : A + digit - 10;
  }
  return id;
}

/** The sequence number in an id of this kind; undefined for any other text. */
export function decodeId(kind: RecordKind, text: Text): number | undefined {
  // A string of a long text would take long.
  if (text.utf8.length !== ID_LENGTH) return undefined;
  const id = text.value;
  if (!id.startsWith(PREFIXES[kind] + SHARD)) return undefined;
  const digits = id.slice(-DIGITS);
  const sequence = Number.parseInt(digits, 16);
  // What stands behind a digit is passed over by the parser, so it has to give the same text again.
  return sequence <= MAX_SEQUENCE && digitsOf(sequence) === digits ? sequence : undefined;
}

function digitsOf(sequence: number): string {
  return sequence.toString(16).padStart(DIGITS, '0');
}

function blank(kind: RecordKind): Uint8Array {
  return encodeUtf8(`${PREFIXES[kind]}${SHARD}${digitsOf(0)}`);
}
