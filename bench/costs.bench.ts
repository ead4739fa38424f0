import { it } from 'vitest';
import { WasmCanister } from '../tests/canister/support/wasm-canister.ts';
import { measureGrowth, measureSizes } from './growth.ts';
import { measureHostile } from './hostile.ts';
import { type CallCost, measure } from './measure.ts';
import { measureParts } from './parts.ts';
import { type BenchResults, writeResults } from './results.ts';
import { measureWallClock } from './wall-clock.ts';

/** `npm run bench:full`. */
const isFull = process.env['MODE'] === 'full';

/** How many interactions are stored when the calls are measured. */
const SIZES = isFull ? [100, 10_000, 100_000, 1_000_000] : [100, 10_000];

it('writes what every call costs', async () => {
  const hostile = await measureHostile();
  const more = isFull ? { parts: await measureParts(), wall_clock: await measureWallClock() } : {};
  const canister = await WasmCanister.install();
  await measureBeside(canister, (growth) => {
    writeResults({ ...growth, hostile, ...more });
  });
  await canister.close();
});

/** Tells what it has after each number of interactions, so that a run that is stopped leaves something. */
async function measureBeside(
  canister: WasmCanister,
  tell: (growth: Pick<BenchResults, 'calls' | 'growth' | 'sizes'>) => void,
): Promise<void> {
  const sizes = await measureSizes(canister);
  const calls: CallCost[] = [];
  const growth: BenchResults['growth'][number][] = [];
  let ids: readonly string[] = [];
  let stored = 0;
  for (const n of SIZES) {
    console.log(`storing up to ${n.toLocaleString('en')} interactions …`);
    const { row, ids: more } = await measureGrowth(canister, stored, n);
    ids = [...ids, ...more];
    growth.push(row);
    stored = n;
    console.log(`measuring beside ${n.toLocaleString('en')} …`);
    calls.push(...(await measure(canister, n, ids)));
    tell({ calls, growth, sizes });
  }
}
