import { beforeAll, describe, expect, it } from 'vitest';
import { CALLS } from '../../bench/calls.ts';
import { fill } from '../../bench/fill.ts';
import { type CallCost, measure } from '../../bench/measure.ts';
import { readResults } from '../../bench/results.ts';
import { raiseRates } from '../canister/support/records.ts';
import { WasmCanister } from '../canister/support/wasm-canister.ts';

const STORED = 100;
/** Over this a change has to be explained: run `npm run bench`, and commit what it writes. */
const TOLERANCE = 1.05;

describe('what a call costs', () => {
  let measured: readonly CallCost[] = [];

  beforeAll(async () => {
    const canister = await WasmCanister.install();
    try {
      await raiseRates(canister);
      measured = await measure(canister, STORED, await fill(canister, 0, STORED));
    } finally {
      await canister.close();
    }
  });

  it.each(CALLS.map(({ name }) => name))('has not grown for %s since it was written down', (name) => {
    const committed = readResults()?.calls.find(({ method, n }) => method === name && n === STORED);
    const now = measured.find(({ method }) => method === name);
    expect(committed, 'npm run bench writes it down').toBeDefined();
    expect(now?.instructions).toBeLessThanOrEqual((committed?.instructions ?? 0) * TOLERANCE);
    expect(now?.reply_bytes).toBeLessThanOrEqual((committed?.reply_bytes ?? 0) * TOLERANCE);
  });
});
