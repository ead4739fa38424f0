import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { concatBytes, equalBytes, utf8 } from '../../codec/bytes.ts';
import { writeDurably } from '../checkpoint/durable-file.ts';
import { StateDirectoryError } from '../checkpoint/state-directory-error.ts';
import { DamagedFrameError, encodeFrame, type FramesEnd, readBytes, readFrames } from './frame.ts';

/** A segment starts with the name of its format and its version. */
const HEADER = concatBytes(utf8('agent-service network journal\n'), Uint8Array.of(0, 0, 0, 1));

/** A file of the journal that is written to. */
export class Segment {
  readonly #file: number;
  /** Bytes that are known to be on the disk. */
  #length = HEADER.length;
  /** Whether there may be something after them. */
  #torn = false;

  /** Makes the file, with no record in it. */
  constructor(path: string) {
    writeDurably(path, HEADER);
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
  return statSync(path).size === HEADER.length;
}

/** The records in a segment, one after the other; returns where they end. A `StateDirectoryError` says what is damaged. */
export function* readSegment(path: string, remedy: string): Generator<Uint8Array, FramesEnd> {
  const damaged = (problem: string, cause?: unknown) =>
    new StateDirectoryError('damaged', `The journal is damaged: ${path} ${problem}. ${remedy}`, { cause });
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    if (size < HEADER.length || !equalBytes(readBytes(file, 0, HEADER.length), HEADER)) {
      throw damaged('does not begin as a journal of this version does');
    }
    return yield* readFrames(file, HEADER.length, size);
  } catch (error) {
    if (error instanceof DamagedFrameError) throw damaged(`was altered at byte ${error.offset}`, error);
    throw error;
  } finally {
    closeSync(file);
  }
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
