import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallCost } from './measure.ts';

/** All that `npm run bench` measures; every figure is the same in each run of the same canister. */
export interface BenchResults {
  readonly calls: readonly CallCost[];
  readonly sizes: {
    readonly wasm_bytes: number;
    readonly wasm_gzip_bytes: number;
    readonly init_instructions: number;
    readonly upgrade_instructions: number;
    /** Pages of stable memory that an empty canister has written, in bytes. */
    readonly empty_stable_bytes: number;
    /** Stable memory that the canister has grown to when it is empty, in bytes. */
    readonly empty_stable_size: number;
    /** Written stable memory per interaction of 400 bytes with its activity, in bytes. */
    readonly stable_bytes_per_interaction: number;
  };
}

const RESULTS = join(import.meta.dirname, 'results.json');
const TABLE = join(import.meta.dirname, '../docs/costs.md');

/** The committed results; undefined where there are none. */
export function readResults(): BenchResults | undefined {
  return existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as BenchResults) : undefined;
}

/** Writes the results, and the table that people read. */
export function writeResults(results: BenchResults): void {
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(TABLE, tableOf(results));
}

function tableOf({ calls, sizes }: BenchResults): string {
  const counts = [...new Set(calls.map(({ n }) => n))];
  const names = [...new Set(calls.map(({ method }) => method))];
  const head = `| call | ${counts.map((n) => n.toLocaleString('en')).join(' | ')} | cycles | reply |`;
  const rows = names.map((name) => {
    const of = calls.filter(({ method }) => method === name);
    const last = of.at(-1);
    const millions = of.map(({ instructions }) => (instructions / 1e6).toFixed(2));
    const cycles = last?.cycles === 0 ? 'free' : `${((last?.cycles ?? 0) / 1e6).toFixed(1)} M`;
    return `| ${name} | ${millions.join(' | ')} | ${cycles} | ${last?.reply_bytes.toLocaleString('en')} B |`;
  });
  const size = (bytes: number) => `${bytes.toLocaleString('en')} bytes`;
  return `# What a call costs

Written by \`npm run bench\`, which counts instructions by the weights of the Internet Computer. In millions, beside so many stored
interactions of 400 bytes; cycles (of an application subnet of 13 nodes) and the reply's size are those of the last column.

${head}
| ${'--- | '.repeat(counts.length + 3).trimEnd()}
${rows.join('\n')}

| what | figure |
| --- | --- |
| module | ${size(sizes.wasm_bytes)}, compressed ${size(sizes.wasm_gzip_bytes)} |
| installation | ${(sizes.init_instructions / 1e6).toFixed(0)} M instructions |
| upgrade | ${(sizes.upgrade_instructions / 1e6).toFixed(0)} M instructions |
| an empty canister's stable memory | ${size(sizes.empty_stable_size)}, of which ${size(sizes.empty_stable_bytes)} are written |
| stable memory for each interaction of 400 bytes, with its activity | ${size(sizes.stable_bytes_per_interaction)} |
`;
}
