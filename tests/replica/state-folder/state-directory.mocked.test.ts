import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { Canister } from '../../../src/replica/state/canister.ts';
import { defaultSettings } from '../../../src/replica/state/canister-settings.ts';
import { StateDirectory } from '../../../src/replica/state-folder/state-directory.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { disk } from './faulty-disk.ts';

vi.mock('node:fs', async (importOriginal) => {
  const { disk: faulty } = await import('./faulty-disk.ts');
  return faulty.on(await importOriginal());
});

type Folder = StateDirectory<readonly number[], number>;

/** Opens the folder; gives the numbers that it has in checkpoint and journal. */
function open(directory: string): { readonly folder: Folder; readonly numbers: readonly number[] } {
  const folder: Folder = new StateDirectory(directory);
  onTestFinished(() => folder.release());
  const { snapshot, records } = folder.load();
  return { folder, numbers: [...(snapshot?.rest ?? []), ...records] };
}

/** What another process would find if this one ended now. */
function numbersIn(directory: string): readonly number[] {
  disk.set('healthy');
  const copy = join(setupDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  return open(copy).numbers;
}

/** Notes numbers and saves now and then; tells which numbers were noted, and which number was being noted at the end. */
class Diary {
  readonly noted: number[] = [];
  last = 0;
  readonly #folder: Folder;
  readonly #canister = new Canister(utf8('canister'), defaultSettings([]));

  constructor(directory: string) {
    const { folder, numbers } = open(directory);
    this.#folder = folder;
    this.noted.push(...numbers);
  }

  note(number: number): void {
    this.last = number;
    this.#folder.append(number);
    this.noted.push(number);
  }

  save(): void {
    const page = new Uint8Array(4096).fill(this.noted.length);
    this.#canister.stable.apply(new Map([[0, page]]), 1);
    this.#folder.save({ canisters: [this.#canister], rest: [...this.noted] });
  }

  /** Steps that a full disk can interrupt one by one. */
  get steps(): readonly (() => void)[] {
    const note = (number: number) => () => this.note(number);
    const save = () => this.save();
    return [save, note(1), note(2), save, note(3), save, save, note(4), note(5), note(6), save, note(7)];
  }
}

/** How many operations of the disk the steps take where nothing fails. */
function countOperations(): number {
  const diary = new Diary(setupDirectory());
  disk.set('healthy');
  for (const step of diary.steps) step();
  return disk.operations;
}

describe('a state folder', () => {
  it('has what was noted in it and saved', () => {
    const directory = setupDirectory();
    const diary = new Diary(directory);
    for (const step of diary.steps) step();
    expect(diary.noted).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(numbersIn(directory)).toEqual(diary.noted);
  });

  it('has all that was noted when the process ends between any two operations of the disk', () => {
    const operations = countOperations();
    expect(operations).toBeGreaterThan(60);
    for (let after = 0; after < operations; after++) {
      const directory = setupDirectory();
      const diary = new Diary(directory);
      disk.set('is gone', after);
      expect(() => {
        for (const step of diary.steps) step();
      }).toThrow('ENOSPC');
      const found = numbersIn(directory);
      // What was being noted may be there, as nobody was told that it is not.
      expect([diary.noted, [...diary.noted, diary.last]]).toContainEqual(found);
    }
  });

  it('has what was noted and nothing else when any one operation of the disk fails, and goes on', () => {
    const operations = countOperations();
    for (let after = 0; after < operations; after++) {
      const directory = setupDirectory();
      const diary = new Diary(directory);
      disk.set('fails once', after);
      let failures = 0;
      for (const step of diary.steps) {
        try {
          step();
        } catch {
          failures += 1;
        }
        expect(failures).toBeLessThan(2);
      }
      // Removing what is not needed any more may fail without harm.
      expect(numbersIn(directory), `failure after ${after}`).toEqual(diary.noted);
    }
  });
});
