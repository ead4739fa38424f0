import { it } from 'vitest';
import { raiseRates } from '../tests/canister/support/records.ts';
import { WasmCanister } from '../tests/canister/support/wasm-canister.ts';
import { measureExpiry } from './expiry.ts';
import { writeExpiry } from './results.ts';

/** Beside how many stored interactions; a million take half an hour. */
const SIZES = process.env['MODE'] === 'full' ? [10_000, 1_000_000] : [10_000];

it('writes how late what expires is ended under attack', async () => {
  for (const n of SIZES) {
    const canister = await WasmCanister.install();
    await raiseRates(canister);
    writeExpiry(await measureExpiry(canister, { n, large: 1000, seconds: 30 }));
    await canister.close();
  }
});
