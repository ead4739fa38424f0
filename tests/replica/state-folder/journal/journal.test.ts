import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StateDirectoryError } from '../../../../src/replica/state-folder/checkpoint/state-directory-error.ts';
import { Journal } from '../../../../src/replica/state-folder/journal/journal.ts';
import { setupDirectory } from '../../support/setup-directory.ts';

const RECORDS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];
/** Bytes of a frame before its content. */
const FRAME_HEADER = 16;

/** A folder with a journal of all records, of which the first `rotateAfter` are in a file of their own. */
function setupJournal({ rotateAfter = 0 } = {}) {
  const directory = join(setupDirectory(), 'journal');
  const journal = new Journal<string>(directory);
  drain(journal, 0n);
  for (const [i, record] of RECORDS.entries()) {
    if (i === rotateAfter) journal.rotate();
    journal.append(record);
  }
  journal.close();
  const files = readdirSync(directory).map((name) => join(directory, name));
  return { directory, files, last: files.at(-1) ?? '' };
}

/** All records from one on, and what was cut off. */
function drain(journal: Journal<string>, from: bigint) {
  const records: string[] = [];
  const reading = journal.read(from);
  for (;;) {
    const next = reading.next();
    if (next.done === true) return { records, cut: next.value };
    records.push(next.value);
  }
}

function failure(directory: string, from = 0n): StateDirectoryError {
  try {
    drain(new Journal(directory), from);
  } catch (error) {
    if (error instanceof StateDirectoryError) return error;
    throw error;
  }
  throw new Error('the journal was read');
}

describe('a journal', () => {
  it('has its records in order, from any checkpoint on', () => {
    const { directory, files } = setupJournal({ rotateAfter: 4 });
    expect(files).toHaveLength(2);
    expect(drain(new Journal(directory), 0n)).toEqual({ records: RECORDS, cut: undefined });
    expect(drain(new Journal(directory), 4n)).toEqual({ records: RECORDS.slice(4), cut: undefined });
  });

  it('goes on with what another process wrote', () => {
    const { directory } = setupJournal();
    const journal = new Journal<string>(directory);
    drain(journal, 0n);
    expect(journal.height).toBe(6n);
    journal.append('seventh');
    journal.rotate();
    journal.append('eighth');
    expect(drain(new Journal(directory), 0n).records).toEqual([...RECORDS, 'seventh', 'eighth']);
    journal.rotate();
    journal.prune();
    expect(readdirSync(directory)).toHaveLength(1);
    expect(drain(new Journal(directory), 8n).records).toEqual([]);
  });

  it('is empty where there is none', () => {
    const journal = new Journal<string>(join(setupDirectory(), 'journal'));
    expect(journal.isMissing).toBe(true);
    expect(journal.hasRecords).toBe(false);
    expect(drain(journal, 3n)).toEqual({ records: [], cut: undefined });
    expect(journal.height).toBe(3n);
  });

  it('loses only the last record when it is cut anywhere in it, and says so once', () => {
    const { directory, last } = setupJournal();
    const whole = readFileSync(last);
    const lastStart = startOfFrame(whole, 5);
    for (let size = lastStart + 1; size < whole.length; size++) {
      writeFileSync(last, whole.subarray(0, size));
      const journal = new Journal<string>(directory);
      expect(drain(journal, 0n)).toEqual({
        records: RECORDS.slice(0, 5),
        cut: { path: last, bytes: size - lastStart },
      });
      expect(drain(new Journal(directory), 0n).cut).toBeUndefined();
    }
  });

  it('is refused when more than its last record is cut, wherever', () => {
    const { directory, last } = setupJournal();
    const whole = readFileSync(last);
    for (let size = 0; size < startOfFrame(whole, 5); size++) {
      writeFileSync(last, whole.subarray(0, size));
      expect(failure(directory).message, `${size} bytes`).toContain(`${last} was cut`);
    }
  });

  it('goes on after the record that was cut', () => {
    const { directory, last } = setupJournal();
    truncateSync(last, readFileSync(last).length - 1);
    const journal = new Journal<string>(directory);
    drain(journal, 0n);
    journal.append('again');
    expect(drain(new Journal(directory), 0n).records).toEqual([...RECORDS.slice(0, 5), 'again']);
  });

  it('is refused when any byte of it is another, and names the file', () => {
    const { directory, last } = setupJournal();
    const whole = new Uint8Array(readFileSync(last));
    for (const [at, byte] of whole.entries()) {
      writeFileSync(last, whole.with(at, byte ^ 0x10));
      const { code, message } = failure(directory);
      expect(code, `byte ${at}`).toBe('damaged');
      expect(message).toContain(last);
      expect(message).toContain(`remove ${directory} to go on with the last checkpoint`);
    }
    expect(new Uint8Array(readFileSync(last))).not.toEqual(whole);
    writeFileSync(last, whole);
    expect(drain(new Journal(directory), 0n).records).toEqual(RECORDS);
  });

  it.each([
    [
      'something was added to its end',
      (path: string) => appendFileSync(path, new Uint8Array(FRAME_HEADER).fill(1)),
    ],
    ['its beginning is cut', (path: string) => truncateSync(path, 10)],
    ['it has nothing in it', (path: string) => truncateSync(path, 0)],
    [
      'it is another file',
      (path: string) => writeFileSync(path, 'something else that is long enough to be read'),
    ],
  ])('is refused when %s', (_, damage) => {
    const { directory, last } = setupJournal();
    damage(last);
    const after = readFileSync(last);
    expect(failure(directory).message).toContain(last);
    expect(readFileSync(last)).toEqual(after);
  });

  it('is refused when a file is missing, or cut and not the last one', () => {
    const { directory, files } = setupJournal({ rotateAfter: 4 });
    const [first = '', second = ''] = files;
    const whole = readFileSync(first);
    truncateSync(first, whole.length - 1);
    expect(failure(directory).message).toContain(`${first} was cut at byte`);
    // It is still as it was found, and can be repaired.
    expect(readFileSync(first)).toHaveLength(whole.length - 1);
    truncateSync(first, startOfFrame(whole, 3));
    expect(failure(directory).message).toContain('00000000000000000003 is missing');
    truncateSync(first, startOfFrame(whole, 2));
    expect(failure(directory).message).toContain(`${first} was cut at byte`);
    rmSync(first);
    expect(failure(directory).message).toContain(`${first} is missing`);
    rmSync(second);
    expect(failure(directory, 4n).message).toContain(`${second} is missing`);
  });

  it('passes over a file that was begun and not gone on with, and drafts', () => {
    const { directory } = setupJournal({ rotateAfter: 4 });
    const other = join(setupDirectory(), 'journal');
    new Journal<string>(other).rotate();
    cpSync(join(other, '00000000000000000000'), join(directory, '00000000000000000002'));
    writeFileSync(join(directory, '00000000000000000005.draft'), 'half');
    mkdirSync(join(directory, 'notes'));
    expect(drain(new Journal(directory), 0n).records).toEqual(RECORDS);
  });
});

/** Where the frame of so many before it begins. */
function startOfFrame(file: Uint8Array, before: number): number {
  const header = Buffer.from(file).indexOf('\n') + 1 + 4 + 16;
  const view = new DataView(file.buffer, file.byteOffset);
  let at = header;
  for (let i = 0; i < before; i++) at += FRAME_HEADER + view.getUint32(at);
  return at;
}
