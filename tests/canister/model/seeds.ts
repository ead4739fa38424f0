import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from './run/operations.ts';
import type { Failure } from './run/sequence.ts';

const FOLDER = join(import.meta.dirname, 'seeds');
const BIGINT = /^-?\d+n$/;

/** The sequences that found something, by the name of their file. */
export function readSeeds(): readonly (readonly [name: string, operations: readonly Operation[]])[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8'), revive) as Operation[]]);
}

/** Keeps the sequence of a failure; returns its file. */
export function keepSeed(name: string, { operations }: Failure): string {
  const file = join(FOLDER, `${name}.json`);
  const text = JSON.stringify(
    operations,
    (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value),
    2,
  );
  writeFileSync(file, `${text}\n`);
  return file;
}

function revive(_key: string, value: unknown): unknown {
  return typeof value === 'string' && BIGINT.test(value) ? BigInt(value.slice(0, -1)) : value;
}
