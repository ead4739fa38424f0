import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import { ROOT } from './project-tree.ts';

const { default: configuration }: { readonly default: readonly Linter.Config[] } = await import(
  pathToFileURL(join(ROOT, 'eslint.config.js')).href
);

/** The part of the project's configuration that needs no types. */
const RULES = [
  { files: ['**/*.ts'] },
  ...configuration.filter(({ rules }) => rules !== undefined && 'no-restricted-globals' in rules),
];

const CODE = [
  'export const now = Date.now();',
  'export const now = performance.now();',
  'export const now = process.hrtime();',
  'export const chance = Math.random();',
  'export const chance = crypto.randomUUID();',
  'setTimeout(() => undefined, 1);',
  "import { randomBytes } from 'node:crypto'; export const chance = randomBytes(1);",
  "import { performance } from 'node:perf_hooks'; export const now = performance.now();",
  "import { setTimeout } from 'node:timers/promises'; await setTimeout(1);",
  "import { readFileSync } from 'node:fs'; export const state = readFileSync('state');",
];

const REPRODUCIBLE = [
  'chain-keys',
  'codec',
  'execution',
  'management',
  'messages',
  'state',
  'subnet/round',
  'system-api',
  'system-canisters',
  'wasm',
];

function complaints(code: string, path: string): readonly string[] {
  const messages = new Linter().verify(code, RULES, path);
  return messages.flatMap(({ ruleId, message }) => (ruleId === null ? [] : [message]));
}

describe('what a round runs', () => {
  it.each(REPRODUCIBLE)('reaches no clock, no chance and no disk in %s', (folder) => {
    const missed = CODE.filter((code) => complaints(code, `src/replica/${folder}/planted.ts`).length === 0);
    expect(missed).toEqual([]);
  });

  it('is told the time by a subnet, which has a clock', () => {
    expect(complaints('export const now = Date.now();', 'src/replica/subnet/network-clock.ts')).toEqual([]);
  });
});
