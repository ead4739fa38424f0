import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIND_AGENT } from './support/find-agent.ts';

const ROOT = join(import.meta.dirname, '../..');
const [, CHECKLISTS = ''] =
  /^## Checklists\n([^]*?)^## /m.exec(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')) ?? [];

/** The checklists by what they add. */
const BY_NAME = new Map(
  CHECKLISTS.split(/^### /m)
    .slice(1)
    .map((section) => [section.split('\n', 1)[0] ?? '', section] as const),
);

/** The files and folders that a checklist names; NAME stands for one that is added. */
function pathsIn(section: string): string[] {
  const named = [
    ...section.matchAll(/(?:`|\b)((?:src|tests|docs|bench)\/[\w./-]+\w\/?|CHANGELOG\.md|README\.md)/g),
  ];
  return named.map(([, path = '']) => path.replace(/NAME\.ts$/, ''));
}

describe('the checklists of CONTRIBUTING.md', () => {
  it('are there for what is added most', () => {
    expect([...BY_NAME.keys()]).toEqual([
      'A method',
      'An activity type',
      'A stored field',
      'An `ic0` function',
      'A terminal command',
    ]);
  });

  it.each([...BY_NAME])('name files that are there, in steps of their order: %s', (_name, section) => {
    const paths = pathsIn(section);
    expect(paths.length).toBeGreaterThan(4);
    for (const path of paths) expect([path, existsSync(join(ROOT, path))]).toEqual([path, true]);
    const steps = [...section.matchAll(/^(\d+)\. /gm)].map(([, step]) => Number(step));
    expect(steps).toEqual(steps.map((_step, i) => i + 1));
  });

  it('name every file that a method changes', () => {
    const named = pathsIn(BY_NAME.get('A method') ?? '');
    for (const { path } of FIND_AGENT) {
      expect([path, named.some((each) => path.startsWith(each))]).toEqual([path, true]);
    }
  });
});
