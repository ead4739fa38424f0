import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';

const README = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
/** Words that stand where a command does: in a cell of the table, or after what runs it. */
const TOLD = new Set(
  [
    ...README.split('\n').filter((line) => line.startsWith('| `')),
    ...README.matchAll(/(?:agent-service|npm run|npm) ([\w-]+)/g),
  ].flatMap((found) =>
    typeof found === 'string'
      ? [...(found.split(' | ')[0] ?? '').matchAll(/`([\w-]+)/g)].map(([, word = '']) => word)
      : [found[1] ?? ''],
  ),
);

const NAMES = (await createProgram()).commands.map((command) => command.name());

describe('first contact: the README', () => {
  it.each(NAMES)('tells of the command %s', (name) => {
    expect(TOLD).toContain(name);
  });
});
