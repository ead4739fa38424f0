import { readSync } from 'node:fs';
import { concatBytes, equalBytes } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';

/** A frame: the length of its content, a check of the length, a check of the content, and the content. */
const LENGTH_BYTES = 4;
const LENGTH_CHECK_BYTES = 4;
const CHECK_BYTES = 8;
const HEADER_BYTES = LENGTH_BYTES + LENGTH_CHECK_BYTES + CHECK_BYTES;

/** Where a file that is read as frames ends. */
export interface FramesEnd {
  /** Behind the last frame that is whole. */
  readonly offset: number;
  /** What comes after it: the beginning of a frame that was not written to its end. */
  readonly cutBytes: number;
}

/** Thrown for a frame that has all its bytes and not those that were written. */
export class DamagedFrameError extends Error {
  override readonly name = 'DamagedFrameError';
  readonly offset: number;

  constructor(offset: number) {
    super(`the record at byte ${offset} was altered`);
    this.offset = offset;
  }
}

/** The bytes that stand for a content of less than 4 GiB. */
export function encodeFrame(content: Uint8Array): Uint8Array {
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, content.length);
  return concatBytes(length, checkOf(length, LENGTH_CHECK_BYTES), checkOf(content, CHECK_BYTES), content);
}

/**
 * Reads the contents of the frames in a file, from an offset on; returns where they end. A write that was interrupted
 * leaves the beginning of a frame: the length has a check of its own so that this is told from damage, for which a
 * `DamagedFrameError` is thrown.
 */
export function* readFrames(file: number, start: number, size: number): Generator<Uint8Array, FramesEnd> {
  let offset = start;
  while (size - offset >= HEADER_BYTES) {
    const header = readBytes(file, offset, HEADER_BYTES);
    const length = header.subarray(0, LENGTH_BYTES);
    const lengthCheck = header.subarray(LENGTH_BYTES, LENGTH_BYTES + LENGTH_CHECK_BYTES);
    if (!equalBytes(lengthCheck, checkOf(length, LENGTH_CHECK_BYTES))) throw new DamagedFrameError(offset);
    const contentBytes = new DataView(header.buffer).getUint32(0);
    if (size - offset - HEADER_BYTES < contentBytes) break;
    const content = readBytes(file, offset + HEADER_BYTES, contentBytes);
    const check = header.subarray(HEADER_BYTES - CHECK_BYTES);
    if (!equalBytes(check, checkOf(content, CHECK_BYTES))) throw new DamagedFrameError(offset);
    yield content;
    offset += HEADER_BYTES + contentBytes;
  }
  return { offset, cutBytes: size - offset };
}

function checkOf(bytes: Uint8Array, length: number): Uint8Array {
  return sha256(bytes).subarray(0, length);
}

/** So many bytes of an open file from an offset on; there have to be as many. */
export function readBytes(file: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const read = readSync(file, bytes, done, length - done, offset + done);
    if (read === 0) throw new Error('the file became shorter while it was read');
    done += read;
  }
  return bytes;
}
