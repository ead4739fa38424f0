import { ByteReader, ByteWriter, decodeLatin1 } from '../../codec/index.ts';
import { decodeId, ID_LENGTH } from '../record-id.ts';

/** What a request made. The positions are stored. */
const MADE = ['session', 'interaction', 'activity', 'credentials'] as const;
export type Made = (typeof MADE)[number];

/** A call that was answered, and how. */
export interface AnsweredRequest {
  readonly made: Made;
  /** The number of the user. 0 in an entry of the first version, which does not say it. */
  readonly user: number;
  /** The record's sequence number; 0 for credentials. */
  readonly sequence: number;
  /** What tells of the arguments beside the record. Undefined in an entry of the first version. */
  readonly kept: Uint8Array | undefined;
  /** When it is forgotten (ns). */
  readonly expiresAt: bigint;
  /** The reply as Candid. */
  readonly reply: Uint8Array;
}

const VERSION = 2;

/** Version u8, a hash u32 that says too little, when it expires u64, then the reply. */
const FIRST_VERSION = 1;
const FIRST_HASH_BYTES = 4;

/** Version u8, what was made u8, the user u32, the record u32, when it expires u64 (little-endian), what is kept as a text, then the reply. */
export function encodeRequest(request: AnsweredRequest): Uint8Array {
  return new ByteWriter()
    .u8(VERSION)
    .u8(MADE.indexOf(request.made))
    .u32(request.user)
    .u32(request.sequence)
    .u64(request.expiresAt)
    .text(request.kept ?? new Uint8Array(0))
    .raw(request.reply)
    .finish();
}

export function decodeRequest(bytes: Uint8Array): AnsweredRequest {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version === FIRST_VERSION) return decodeFirst(bytes, reader);
  if (version !== VERSION) throw new Error(`request of an unknown version ${version}`);
  const made = MADE[reader.u8()];
  if (made === undefined) throw new Error('a request made what does not exist');
  const [user, sequence, expiresAt, kept] = [reader.u32(), reader.u32(), reader.u64(), reader.text()];
  return { made, user, sequence, kept, expiresAt, reply: bytes.subarray(reader.offset) };
}

/** What a request of the first version made, its reply tells: it ends with the id of the record, or is that of credentials. */
function decodeFirst(bytes: Uint8Array, reader: ByteReader): AnsweredRequest {
  reader.advance(FIRST_HASH_BYTES);
  const expiresAt = reader.u64();
  const reply = bytes.subarray(reader.offset);
  const rest = { user: 0, kept: undefined, expiresAt, reply };
  const end = reply.subarray(Math.max(0, reply.length - ID_LENGTH));
  const id = { utf8: end, value: decodeLatin1(end) };
  for (const made of ['session', 'interaction', 'activity'] as const) {
    const sequence = decodeId(made, id);
    if (sequence !== undefined) return { ...rest, made, sequence };
  }
  return { ...rest, made: 'credentials', sequence: 0 };
}
