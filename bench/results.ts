import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpiryDelay } from './expiry.ts';
import type { HostileCost } from './hostile.ts';
import type { CallCost } from './measure.ts';
import type { PartCost } from './parts.ts';
import { plotOf } from './plot.ts';
import { tablesOf } from './tables.ts';
import type { WallClock } from './wall-clock.ts';

/** All that `npm run bench` measures. But for the wall clock, every figure is the same in each run of the same canister. */
export interface BenchResults {
  readonly calls: readonly CallCost[];
  readonly hostile: readonly HostileCost[];
  readonly sizes: {
    readonly wasm_bytes: number;
    readonly wasm_gzip_bytes: number;
    readonly init_instructions: number;
    readonly upgrade_instructions: number;
    /** Pages of stable memory that an empty canister has written, in bytes. */
    readonly empty_stable_bytes: number;
    /** Stable memory that the canister has grown to when it is empty, in bytes. */
    readonly empty_stable_size: number;
  };
  /** Written stable memory that each interaction of 400 bytes with its activity took, from the number before up to `n`. */
  readonly growth: readonly { readonly n: number; readonly stable_bytes_per_interaction: number }[];
  /** Absent before the first full run. */
  readonly expiry?: readonly ExpiryDelay[];
  readonly parts?: readonly PartCost[];
  readonly wall_clock?: WallClock;
}

/** What a run measures; a quick one leaves the larger numbers, the parts, the expiry and the wall clock as the last full one wrote them. */
export type Measured = Omit<BenchResults, 'parts' | 'expiry' | 'wall_clock'> & Partial<BenchResults>;

/** Over this a change of a committed figure has to be explained: run `npm run bench`, and commit what it writes. */
export const TOLERANCE = 1.05;

const RESULTS = join(import.meta.dirname, 'results.json');
const DOCS = join(import.meta.dirname, '../docs/explanation');

/** The calls of the plot: those that the service's promise is about. */
const PLOTTED = [
  'get_user_agent_interactions (50)',
  'store_agent_interaction',
  'create_agent_session',
  'get_agent_session',
  'get_agent_status',
];

/** The committed results; undefined where there are none. */
export function readResults(): BenchResults | undefined {
  return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as BenchResults) : undefined;
}

/** Writes the results, and the tables and the plot that people read. */
export function writeResults(measured: Measured): void {
  const before = readResults();
  const isNew = ({ n }: { readonly n: number }) => measured.growth.every((row) => row.n !== n);
  const results: BenchResults = {
    ...before,
    ...measured,
    calls: [...measured.calls, ...(before?.calls ?? []).filter(isNew)],
    growth: [...measured.growth, ...(before?.growth ?? []).filter(isNew)],
  };
  write(results);
}

/** As `writeResults`, for what is measured last. */
export function writeExpiry(delay: ExpiryDelay): void {
  const results = readResults();
  if (results === undefined) throw new Error('there are no results yet');
  const others = (results.expiry ?? []).filter(({ n }) => n !== delay.n);
  write({ ...results, expiry: [...others, delay].sort((a, b) => a.n - b.n) });
}

function write(results: BenchResults): void {
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(DOCS, 'costs.md'), tablesOf(results));
  writeFileSync(join(DOCS, 'costs.svg'), plotOf(results.calls, PLOTTED));
}
