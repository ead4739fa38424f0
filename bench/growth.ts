import { readFileSync } from 'node:fs';
import { raiseRates } from '../tests/canister/support/records.ts';
import type { WasmCanister } from '../tests/canister/support/wasm-canister.ts';
import { BUILT, fill } from './fill.ts';
import type { BenchResults } from './results.ts';

type Row = BenchResults['growth'][number];

/** Measures a canister that was just installed, and prepares it for many calls. */
export async function measureSizes(canister: WasmCanister): Promise<BenchResults['sizes']> {
  const init = canister.installationInstructions();
  const empty = canister.stableUse();
  await raiseRates(canister);
  await canister.upgrade();
  return {
    wasm_bytes: readFileSync(BUILT).length,
    wasm_gzip_bytes: readFileSync(`${BUILT}.gz`).length,
    init_instructions: init,
    upgrade_instructions: canister.installationInstructions(),
    empty_stable_bytes: empty.written,
    empty_stable_size: empty.size,
  };
}

/** Stores interactions from `from` up to `n`; returns the ids of user-1's, too. */
export async function measureGrowth(
  canister: WasmCanister,
  from: number,
  n: number,
): Promise<{ readonly row: Row; readonly ids: readonly string[] }> {
  const before = canister.stableUse().written;
  const ids = await fill(canister, from, n);
  const bytes = (canister.stableUse().written - before) / (n - from);
  return { row: { n, stable_bytes_per_interaction: Math.round(bytes) }, ids };
}
