import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { flushDirectory } from '../checkpoint/durable-file.ts';
import { StateDirectoryError } from '../checkpoint/state-directory-error.ts';
import type { FramesEnd } from './frame.ts';
import { cutSegment, isEmptySegment, readSegment, Segment } from './segment.ts';

/** How many digits the name of a segment has. */
const NAME_DIGITS = 20;

/** The end of a record that was being written when the process ended, and was dropped. */
export interface CutRecord {
  readonly path: string;
  readonly bytes: number;
}

/**
 * The records of what happened since a checkpoint, numbered from the network's first one on, in files that are named
 * by the number of their first. `rotate` begins a new file before a checkpoint is written, `prune` removes the old
 * ones once it is: at every moment the files from the one that a checkpoint names on have all that came after it.
 */
export class Journal<R> {
  readonly #directory: string;
  #height = 0n;
  #segment: Segment | undefined;
  #segmentStart = -1n;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** How many records there have been since the network began; the number of the next one. */
  get height(): bigint {
    return this.#height;
  }

  /** Whether somebody took the files away, or there never were any. */
  get isMissing(): boolean {
    return !existsSync(this.#directory);
  }

  /**
   * The records from a number on, to be read to the end before anything is appended; returns what was cut off, as a
   * record that was not written to its end was never answered. A `StateDirectoryError` says what is damaged or missing.
   */
  *read(from: bigint): Generator<R, CutRecord | undefined> {
    this.#height = from;
    if (this.isMissing) return undefined;
    const starts = this.#starts().filter((start) => start >= from);
    if (starts[0] !== from) throw this.#damaged(this.#path(from), 'is missing');
    // One that was begun and not written to may be left where the disk was full just then.
    const written = starts.filter((start) => !isEmptySegment(this.#path(start)));
    for (const start of written) {
      if (start !== this.#height) throw this.#damaged(this.#path(this.#height), 'is missing');
      const path = this.#path(start);
      const end = yield* this.#readOne(path);
      if (end.cutBytes === 0) continue;
      // Only what was written last can have been interrupted.
      if (start !== written.at(-1)) throw this.#damaged(path, `was cut at byte ${end.offset}`);
      cutSegment(path, end);
      return { path, bytes: end.cutBytes };
    }
    return undefined;
  }

  /** Adds a record, which is on the disk on return. Throws the system's error where that fails; then it is not there. */
  append(record: R): void {
    this.#segment ??= this.#begin();
    this.#segment.append(new Uint8Array(serialize(record)));
    this.#height += 1n;
  }

  /** Goes on in a new file; to be called before a checkpoint of the state after all records so far. */
  rotate(): void {
    if (this.#segmentStart === this.#height && this.#segment !== undefined) return;
    this.#segment?.seal();
    const next = this.#begin();
    this.#segment?.close();
    this.#segment = next;
  }

  /** Removes the files before the one that was begun last; to be called once the checkpoint is on the disk. */
  prune(): void {
    for (const start of this.#starts()) {
      if (start < this.#segmentStart) rmSync(this.#path(start), { force: true });
    }
  }

  /** Removes all files, for a network that begins. */
  clear(): void {
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Whether anything was written, of whatever number. */
  get hasRecords(): boolean {
    return !this.isMissing && this.#starts().some((start) => !isEmptySegment(this.#path(start)));
  }

  close(): void {
    this.#segment?.close();
    this.#segment = undefined;
  }

  *#readOne(path: string): Generator<R, FramesEnd> {
    const contents = readSegment(path, this.#remedy);
    for (;;) {
      const next = contents.next();
      if (next.done === true) return next.value;
      // The check says that these are the bytes that this format's `append` wrote.
      yield deserialize(next.value) as R;
      this.#height += 1n;
    }
  }

  #begin(): Segment {
    if (this.isMissing) {
      mkdirSync(this.#directory, { recursive: true });
      flushDirectory(join(this.#directory, '..'));
    }
    const segment = new Segment(this.#path(this.#height));
    this.#segmentStart = this.#height;
    return segment;
  }

  #starts(): readonly bigint[] {
    return readdirSync(this.#directory)
      .filter((name) => name.length === NAME_DIGITS && /^\d+$/.test(name))
      .sort()
      .map(BigInt);
  }

  #path(start: bigint): string {
    return join(this.#directory, start.toString().padStart(NAME_DIGITS, '0'));
  }

  get #remedy(): string {
    return `Restore the folder from a copy, or remove ${this.#directory} to go on with the last checkpoint, without what came after it.`;
  }

  #damaged(path: string, problem: string): StateDirectoryError {
    return new StateDirectoryError('damaged', `The journal is damaged: ${path} ${problem}. ${this.#remedy}`);
  }
}
