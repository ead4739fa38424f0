import type { CutRecord } from './state-folder/journal/journal.ts';

/** What opening a network brought back that no checkpoint had. */
export interface Recovery {
  /** Ingress messages that were executed again, or are about to be. */
  readonly messages: number;
  readonly batches: number;
  /** The end of the journal that was dropped, as it had not been written whole, and so not been answered. */
  readonly cut: CutRecord | undefined;
  /** The journal had been removed: what came after the last checkpoint is lost. */
  readonly journalRemoved: boolean;
}

/** The entries of a journal, counted as they are read. */
export class RecoveredEntries<R> implements Iterable<R> {
  readonly #records: Generator<R, CutRecord | undefined>;
  readonly #countsOf: (record: R) => Pick<Recovery, 'messages' | 'batches'>;
  messages = 0;
  batches = 0;
  cut: CutRecord | undefined;

  /** `countsOf` tells what a record stands for. */
  constructor(
    records: Generator<R, CutRecord | undefined>,
    countsOf: (record: R) => Pick<Recovery, 'messages' | 'batches'>,
  ) {
    this.#records = records;
    this.#countsOf = countsOf;
  }

  *[Symbol.iterator](): Generator<R> {
    for (;;) {
      const next = this.#records.next();
      if (next.done === true) {
        this.cut = next.value;
        return;
      }
      const { messages, batches } = this.#countsOf(next.value);
      this.messages += messages;
      this.batches += batches;
      yield next.value;
    }
  }
}

/** A line for the person who starts the network; undefined where nothing has to be said. */
export function describeRecovery({ messages, batches, cut, journalRemoved }: Recovery): string | undefined {
  const sentences: string[] = [];
  if (batches > 0) {
    sentences.push(
      `Recovered ${counted(messages, 'update call')} in ${counted(batches, 'round')} that came after the last checkpoint: the network had not been stopped in good order.`,
    );
  }
  if (cut !== undefined) {
    sentences.push(
      `Dropped the last ${counted(cut.bytes, 'byte')} of ${cut.path}: a record that was not written to its end, of which nothing was answered.`,
    );
  }
  if (journalRemoved) {
    sentences.push('The journal was removed: what came after the last checkpoint is lost.');
  }
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
