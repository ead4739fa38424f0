import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { raiseRates } from '../tests/canister/support/records.ts';
import { WasmCanister } from '../tests/canister/support/wasm-canister.ts';
import { BUILT, fill } from './fill.ts';
import { type CallCost, measure } from './measure.ts';
import { writeResults } from './results.ts';

const QUICK = '100,10000';

/** How many interactions are stored when the calls are measured. BENCH_SIZES changes it, such as `100,10000,1000000`. */
const SIZES = (process.env['BENCH_SIZES'] ?? QUICK).split(',').map(Number);

it('writes what every call costs', async () => {
  const canister = await WasmCanister.install();
  const init = canister.installationInstructions();
  const empty = canister.stableUse();
  await raiseRates(canister);
  await canister.upgrade();
  const upgrade = canister.installationInstructions();
  const calls: CallCost[] = [];
  let ids: readonly string[] = [];
  let stored = 0;
  let perInteraction = 0;
  for (const n of SIZES) {
    console.log(`storing ${(n - stored).toLocaleString('en')} interactions …`);
    const before = canister.stableUse().written;
    ids = [...ids, ...(await fill(canister, stored, n))];
    perInteraction = (canister.stableUse().written - before) / (n - stored);
    stored = n;
    console.log(`measuring beside ${n.toLocaleString('en')} …`);
    calls.push(...(await measure(canister, n, ids)));
  }
  await canister.close();
  writeResults({
    calls,
    sizes: {
      wasm_bytes: readFileSync(BUILT).length,
      wasm_gzip_bytes: readFileSync(`${BUILT}.gz`).length,
      init_instructions: init,
      upgrade_instructions: upgrade,
      empty_stable_bytes: empty.written,
      empty_stable_size: empty.size,
      stable_bytes_per_interaction: Math.round(perInteraction),
    },
  });
});
