import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HttpAgent } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { describe, it, onTestFinished } from 'vitest';
import { canister, update } from '../tests/replica/support/canister-wat.ts';
import { setupNetwork, type TestNetwork } from '../tests/replica/support/setup-network.ts';

const MODULE = canister(update('nothing', '(call $reply_empty)'));
const ROUNDS = 41;

/** A network with the canister; `call` calls it over HTTP, and waits for the answer. */
interface Runner {
  readonly network: TestNetwork;
  readonly id: Uint8Array;
  readonly call: () => Promise<unknown>;
}

async function setupRunner(directory?: string): Promise<Runner> {
  const options = directory === undefined ? {} : { directory };
  const network = await setupNetwork({ ...options, manualTime: BigInt(Date.now()) * 1_000_000n });
  const id = await network.install(MODULE, { amount: 10n ** 18n });
  const host = await network.network.listen({ port: 0 });
  const agent = await HttpAgent.create({ host, shouldFetchRootKey: true });
  const canisterId = Principal.fromUint8Array(id);
  const fields = { methodName: 'nothing', effectiveCanisterId: canisterId };
  return { network, id, call: async () => agent.call(canisterId, { ...fields, arg: new Uint8Array() }) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The median time of the second runner as a multiple of the first's: they take turns, so that what else the machine does meets both. */
async function ratio(
  runners: readonly Runner[],
  work: (runner: Runner) => Promise<unknown>,
): Promise<string> {
  const times = runners.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, runner] of runners.entries()) {
      const start = performance.now();
      await work(runner);
      times[i]?.push(performance.now() - start);
    }
  }
  const [without = Number.NaN, with_ = Number.NaN] = times.map(median);
  return `${(with_ / without).toFixed(2)} (${without.toFixed(2)} ms and ${with_.toFixed(2)} ms)`;
}

const atOnce = async (count: number, call: () => Promise<unknown>) =>
  Promise.all(Array.from({ length: count }, call));

describe('the journal', () => {
  it('makes calls that do nothing longer by', async () => {
    const directory = mkdtempSync(join(process.cwd(), '.journal-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const runners = [await setupRunner(), await setupRunner(join(directory, 'state'))];
    for (const count of [1, 10]) {
      console.log(`over HTTP, ${count} at once: ${await ratio(runners, ({ call }) => atOnce(count, call))}`);
    }
    for (const count of [1, 100]) {
      const direct = async ({ network, id }: Runner) => atOnce(count, () => network.call(id, 'nothing'));
      console.log(`without HTTP, ${count} at once: ${await ratio(runners, direct)}`);
    }
  });
});
