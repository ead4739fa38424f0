import { beforeAll, describe, expect, it } from 'vitest';
import { CALLS } from '../../bench/calls.ts';
import { measureGrowth, measureSizes } from '../../bench/growth.ts';
import { type CallCost, measure } from '../../bench/measure.ts';
import { type BenchResults, readResults, TOLERANCE } from '../../bench/results.ts';
import { WasmCanister } from '../canister/support/wasm-canister.ts';

const STORED = 100;

describe('what the service costs', () => {
  let calls: readonly CallCost[] = [];
  let sizes: BenchResults['sizes'] | undefined;
  let growth: BenchResults['growth'][number] | undefined;

  beforeAll(async () => {
    const canister = await WasmCanister.install();
    try {
      sizes = await measureSizes(canister);
      const { row, ids } = await measureGrowth(canister, 0, STORED);
      growth = row;
      calls = await measure(canister, STORED, ids);
    } finally {
      await canister.close();
    }
  });

  it.each(CALLS.map(({ name }) => name))('has not grown for %s since it was written down', (name) => {
    const committed = readResults()?.calls.find(({ method, n }) => method === name && n === STORED);
    const now = calls.find(({ method }) => method === name);
    expect(committed, 'npm run bench writes it down').toBeDefined();
    expect(now?.instructions).toBeLessThanOrEqual((committed?.instructions ?? 0) * TOLERANCE);
    expect(now?.reply_bytes).toBeLessThanOrEqual((committed?.reply_bytes ?? 0) * TOLERANCE);
  });

  it('has not grown in its module, its start and its empty memory', () => {
    const committed = Object.entries(readResults()?.sizes ?? {});
    const grown = Object.entries(sizes ?? {}).filter(
      ([name, now]) => !committed.some(([known, size]) => known === name && now <= size * TOLERANCE),
    );
    expect(grown).toEqual([]);
  });

  it('has not grown in the stable memory that an interaction takes', () => {
    const committed = readResults()?.growth.find(({ n }) => n === STORED);
    expect(growth?.stable_bytes_per_interaction).toBeLessThanOrEqual(
      (committed?.stable_bytes_per_interaction ?? 0) * TOLERANCE,
    );
  });
});
