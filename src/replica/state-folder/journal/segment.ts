import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { concatBytes, equalBytes, utf8 } from '../../codec/bytes.ts';
import { sha256 } from '../../codec/sha256.ts';
import { writeDurably } from '../checkpoint/durable-file.ts';
import { StateDirectoryError } from '../checkpoint/state-directory-error.ts';
import { DamagedFrameError, encodeFrame, type FramesEnd, readBytes, readFrames } from './frame.ts';

/**
 * A segment starts with the name of its format, its version, and how long it was before its last record: a file that is
 * shorter lost more than what was being written.
 */
const NAME = concatBytes(utf8('agent-service network journal\n'), Uint8Array.of(0, 0, 0, 1));
const LENGTH_BYTES = 8;
const CHECK_BYTES = 8;
const HEADER_BYTES = NAME.length + LENGTH_BYTES + CHECK_BYTES;
const EMPTY = concatBytes(NAME, encodeLength(HEADER_BYTES));

/** A file of the journal that is written to. */
export class Segment {
  readonly #file: number;
  /** Bytes that are known to be on the disk. */
  #length = HEADER_BYTES;
  /** Whether there may be something after them. */
  #torn = false;

  /** Makes the file, with no record in it. */
  constructor(path: string) {
    writeDurably(path, EMPTY);
    this.#file = openSync(path, 'r+');
  }

  /** Adds a record, which is on the disk on return. Throws the system's error where that fails; then it is not there. */
  append(content: Uint8Array): void {
    if (this.#torn) this.#cut();
    const frame = encodeFrame(content);
    this.#torn = true;
    try {
      for (let done = 0; done < frame.length; ) {
        done += writeSync(this.#file, frame, done, frame.length - done, this.#length + done);
      }
      writeSync(this.#file, encodeLength(this.#length), 0, HEADER_BYTES - NAME.length, NAME.length);
      fdatasyncSync(this.#file);
    } catch (error) {
      this.#tryCut();
      throw error;
    }
    this.#length += frame.length;
    this.#torn = false;
  }

  /** Ends it so that another one can follow. Throws the system's error where it ends in a record that failed. */
  seal(): void {
    if (this.#torn) this.#cut();
  }

  close(): void {
    closeSync(this.#file);
  }

  #cut(): void {
    ftruncateSync(this.#file, this.#length);
    fdatasyncSync(this.#file);
    this.#torn = false;
  }

  /** What is left of a failed write must not be taken for a record. Where it stays, the next write comes here first. */
  #tryCut(): void {
    try {
      this.#cut();
    } catch {
      // The caller learns of the first error, of which this one is a consequence.
    }
  }
}

/** Whether a segment was begun and not written to. */
export function isEmptySegment(path: string): boolean {
  return statSync(path).size === HEADER_BYTES && equalBytes(new Uint8Array(readFileSync(path)), EMPTY);
}

/** The records in a segment, one after the other; returns where they end. A `StateDirectoryError` says what is damaged. */
export function* readSegment(path: string, remedy: string): Generator<Uint8Array, FramesEnd> {
  const damaged = (problem: string, cause?: unknown) =>
    new StateDirectoryError('damaged', `The journal is damaged: ${path} ${problem}. ${remedy}`, { cause });
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < HEADER_BYTES) throw damaged('was cut in its beginning');
    const header = readBytes(file, 0, HEADER_BYTES);
    if (!equalBytes(header.subarray(0, NAME.length), NAME)) {
      throw damaged('does not begin as a journal of this version does');
    }
    const length = Number(new DataView(header.buffer).getBigUint64(NAME.length));
    if (!equalBytes(header.subarray(NAME.length), encodeLength(length)))
      throw damaged('was altered in its beginning');
    if (size < length) throw damaged(`was cut at byte ${size}, and had more than ${length}`);
    return yield* readFrames(file, HEADER_BYTES, size);
  } catch (error) {
    if (error instanceof DamagedFrameError) throw damaged(`was altered at byte ${error.offset}`, error);
    throw error;
  } finally {
    closeSync(file);
  }
}

function encodeLength(bytes: number): Uint8Array {
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes));
  return concatBytes(length, sha256(length).subarray(0, CHECK_BYTES));
}

/** Takes from a segment what comes after its last whole record. */
export function cutSegment(path: string, { offset }: FramesEnd): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, offset);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
