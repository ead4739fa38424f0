import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { raiseRates } from '../tests/canister/support/records.ts';
import { WasmCanister } from '../tests/canister/support/wasm-canister.ts';
import { BUILT, fill } from './fill.ts';
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
  await measureGrowth((growth) => {
    writeResults({ ...growth, hostile, ...more });
  });
});

/** Tells what it has after each number of interactions, so that a run that is stopped leaves something. */
async function measureGrowth(
  tell: (growth: Pick<BenchResults, 'calls' | 'growth' | 'sizes'>) => void,
): Promise<void> {
  const canister = await WasmCanister.install();
  const init = canister.installationInstructions();
  const empty = canister.stableUse();
  await raiseRates(canister);
  await canister.upgrade();
  const upgrade = canister.installationInstructions();
  const calls: CallCost[] = [];
  const growth: BenchResults['growth'][number][] = [];
  const sizes = {
    wasm_bytes: readFileSync(BUILT).length,
    wasm_gzip_bytes: readFileSync(`${BUILT}.gz`).length,
    init_instructions: init,
    upgrade_instructions: upgrade,
    empty_stable_bytes: empty.written,
    empty_stable_size: empty.size,
  };
  let ids: readonly string[] = [];
  let stored = 0;
  for (const n of SIZES) {
    console.log(`storing up to ${n.toLocaleString('en')} interactions …`);
    const before = canister.stableUse().written;
    ids = [...ids, ...(await fill(canister, stored, n))];
    const bytes = (canister.stableUse().written - before) / (n - stored);
    growth.push({ n, stable_bytes_per_interaction: Math.round(bytes) });
    stored = n;
    console.log(`measuring beside ${n.toLocaleString('en')} …`);
    calls.push(...(await measure(canister, n, ids)));
    tell({ calls, growth, sizes });
  }
  await canister.close();
}
