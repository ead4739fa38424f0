import { ByteReader, ByteWriter } from '../../codec/index.ts';

/** An agent that a user has blocked: it may do nothing for them. */
interface Block {
  readonly agent: Uint8Array;
  /** ns since 1970. */
  readonly since: bigint;
}

/** Version u8, since u64, then the agent's principal. */
const VERSION = 1;

export function encodeBlock({ agent, since }: Block): Uint8Array {
  return new ByteWriter().u8(VERSION).u64(since).principal(agent).finish();
}

/** The Candid record `BlockedAgent` of a stored block. Fields follow the order of a message: by the hashes of their names. */
export function blockBody(bytes: Uint8Array): Uint8Array {
  const { agent, since } = decodeBlock(bytes);
  return new ByteWriter().principal(agent).u64(since).finish();
}

export function decodeBlock(bytes: Uint8Array): Block {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`block of an unknown version ${version}`);
  const since = reader.u64();
  reader.advance(1);
  return { agent: reader.text(), since };
}
