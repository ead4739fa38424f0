import { encodeUtf8 } from '../codec/index.ts';

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

/** Keys have four bytes for a sequence number; a larger one would be cut to that of another record. */
const MAX_SEQUENCE = 0xffff_ffff;

/**
 * An id: the kind, then sixteen hexadecimal digits, four for the shard and twelve for the record's sequence number. It decodes to
 * the record's key, and is never given twice.
 */
export function encodeId(kind: RecordKind, sequence: number): Uint8Array {
  return encodeUtf8(`${PREFIXES[kind]}${SHARD}${sequence.toString(16).padStart(12, '0')}`);
}

/** The sequence number in an id of this kind; undefined for any other text. */
export function decodeId(kind: RecordKind, id: string): number | undefined {
  const prefix = PREFIXES[kind] + SHARD;
  if (id.length !== ID_LENGTH || !id.startsWith(prefix) || !/^[0-9a-f]{12}$/.test(id.slice(8)))
    return undefined;
  const sequence = Number.parseInt(id.slice(8), 16);
  return sequence <= MAX_SEQUENCE ? sequence : undefined;
}
