import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setupDirectory } from '../support/setup-directory.ts';
import {
  type Cast,
  installCast,
  type RepeatableNetwork,
  STEP_COUNT,
  setupRepeatable,
  takeSteps,
} from './recorded-run.ts';

/** What a run leaves, to be compared. */
interface Result {
  readonly rootHash: string;
  readonly executed: readonly string[];
}

const resultOf = ({ rootHash, executed }: RepeatableNetwork): Result => ({ rootHash, executed });

/** After how many steps the process ends, and how. */
const ENDS: readonly (readonly [steps: number, 'killed' | 'closed'])[] = [
  [1, 'killed'],
  [2, 'killed'],
  [50, 'closed'],
  [333, 'killed'],
  [334, 'closed'],
  [500, 'killed'],
  [900, 'killed'],
  [STEP_COUNT, 'killed'],
];

/** All steps without an interruption. */
async function runThrough(network: RepeatableNetwork): Promise<Result> {
  const cast = await installCast(network);
  await takeSteps(network, cast, 0, STEP_COUNT);
  return resultOf(network);
}

/** What the folder has at this moment, as a process would find it if this one ended now. */
function copyOf(directory: string): string {
  const copy = join(setupDirectory(), 'copy');
  cpSync(directory, copy, { recursive: true });
  return copy;
}

describe('a run of a thousand steps', () => {
  it('leads to the same certified state by the same instructions each time, also when the process ends in its middle', async () => {
    const expected = await runThrough(await setupRepeatable());
    expect(expected.executed.length).toBeGreaterThan(1000);
    expect(await runThrough(await setupRepeatable({ directory: setupDirectory() }))).toEqual(expected);

    let directory = setupDirectory();
    let network = await setupRepeatable({ directory });
    const cast: Cast = await installCast(network);
    let executed: readonly string[] = [];
    let from = 0;
    for (const [to, end] of ENDS) {
      await takeSteps(network, cast, from, to);
      from = to;
      const { rootHash } = network;
      executed = [...executed, ...network.executed];
      if (end === 'closed') await network.network.close();
      directory = copyOf(directory);
      network = await setupRepeatable({ directory }, network.next);
      // What it does again is the end of what was done.
      const again = network.executed;
      expect(again).toEqual(executed.slice(executed.length - again.length));
      expect(again.length > 0).toBe(end === 'killed');
      expect(network.rootHash).toBe(rootHash);
      network.reports.splice(0);
    }
    expect({ rootHash: network.rootHash, executed }).toEqual(expected);
  });
});
