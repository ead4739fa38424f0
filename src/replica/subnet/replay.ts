import { equalBytes, toHex } from '../codec/bytes.ts';
import type { ClockReading, JournalEntry } from './round/batch.ts';
import type { BatchRunner } from './round/batch-runner.ts';

/**
 * Runs again what a journal has. Returns where it leads the clock; undefined where there is nothing. Throws a RangeError where
 * the state is not the one that the next entry was made for.
 */
export function replay(runner: BatchRunner, entries: Iterable<JournalEntry>): ClockReading | undefined {
  let reading: ClockReading | undefined;
  for (const { stateBefore, batch } of entries) {
    if (!equalBytes(stateBefore, runner.rootHash())) {
      throw new RangeError(
        `before the batch of ${batch.time} the certified state is ${toHex(runner.rootHash())}, and was ${toHex(stateBefore)}`,
      );
    }
    runner.run(batch);
    reading = batch;
  }
  return reading;
}
