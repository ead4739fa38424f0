import { join } from 'node:path';
import { CheckpointDirectory, type Snapshot, type StateKind } from './checkpoint/checkpoint.ts';
import { StateDirectoryError } from './checkpoint/state-directory-error.ts';
import { type CutRecord, Journal } from './journal/journal.ts';

/** What a state folder has. */
export interface SavedState<T, R> {
  /** The last checkpoint; undefined in a new folder. */
  readonly snapshot: Snapshot<T> | undefined;
  /**
   * What happened after it, in order; to be read to the end before anything is written. Returns the end of a record
   * that was not written whole, which was dropped. Throws a `StateDirectoryError` where it is damaged.
   */
  readonly records: Generator<R, CutRecord | undefined>;
  /** Records that a checkpoint expects are not there because somebody removed the journal. */
  readonly journalRemoved: boolean;
}

const NAMES: Readonly<Record<StateKind, string>> = {
  network: 'a local network',
  instance: "an instance of PocketIC's protocol",
};

/**
 * A network's state on disk: the last checkpoint, and a journal of what happened since. Saving begins a new file of the
 * journal, then writes the checkpoint, and only then removes the files before: whenever the process ends, the folder
 * holds a checkpoint and all that came after it. The folder belongs to one process at a time.
 */
export class StateDirectory<T, R> {
  readonly #checkpoints: CheckpointDirectory<T>;
  readonly #journal: Journal<R>;
  readonly #path: string;
  readonly #kind: StateKind;

  /** Locks the folder, which is made if need be. A `StateDirectoryError` says why it cannot be used. */
  constructor(directory: string, kind: StateKind = 'network') {
    this.#path = directory;
    this.#kind = kind;
    this.#checkpoints = new CheckpointDirectory(directory);
    this.#journal = new Journal(join(directory, 'journal'));
  }

  /** Reads what is there. A `StateDirectoryError` says why it cannot be read. */
  load(): SavedState<T, R> {
    const snapshot = this.#checkpoints.load();
    const { kind = 'network' } = snapshot ?? { kind: this.#kind };
    if (kind !== this.#kind) {
      throw new StateDirectoryError(
        'occupied',
        `The folder ${this.#path} has the state of ${NAMES[kind]}, not of ${NAMES[this.#kind]}. Choose another folder.`,
      );
    }
    if (snapshot === undefined) {
      if (this.#journal.hasRecords) {
        throw new StateDirectoryError(
          'damaged',
          `The saved state is damaged: ${this.#path} has a journal and no manifest. Restore the folder from a copy, or remove it to start anew.`,
        );
      }
      this.#journal.clear();
    }
    return {
      snapshot,
      records: this.#journal.read(snapshot?.height ?? 0n),
      journalRemoved: snapshot?.height !== undefined && this.#journal.isMissing,
    };
  }

  /** Adds to the journal what is about to happen. Throws the system's error where it cannot be written, and then is not there. */
  append(record: R): void {
    this.#journal.append(record);
  }

  /** Writes a checkpoint of the state after all records so far. Throws the system's error where that fails; what was there is kept then. */
  save(snapshot: Pick<Snapshot<T>, 'canisters' | 'rest'>): void {
    this.#journal.rotate();
    this.#checkpoints.save({ ...snapshot, kind: this.#kind, height: this.#journal.height });
    this.#journal.prune();
  }

  /** Gives the folder free. */
  release(): void {
    this.#journal.close();
    this.#checkpoints.release();
  }
}
