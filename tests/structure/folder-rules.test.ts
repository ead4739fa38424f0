import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IConfiguration } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { listOf, plantViolations, rulesOf } from './planted-violations.ts';
import { ROOT, readProjectTree } from './project-tree.ts';
import { checkStructure, MANIFEST } from './small-project.ts';

const configuration: IConfiguration = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs'));
const rules = rulesOf(configuration);
const tree = readProjectTree();
const packages = Object.keys({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies });

describe('the folder rules', () => {
  it('let a project pass that follows them', async () => {
    const { passes, output } = await checkStructure([['src/client/alone.ts', 'export {};\n']]);
    expect(output).toContain('no dependency violations found');
    expect(passes).toBe(true);
  });

  it('each fail what violates them', async () => {
    const violations = plantViolations(rules, tree, packages);
    const { passes, output } = await checkStructure(violations.flatMap(({ files }) => [...files]));
    expect(passes).toBe(false);
    const missed = violations.filter(
      ({ rule, blamed }) => !blamed.some((path) => output.includes(`error ${rule}: ${path} `)),
    );
    expect(missed.map(({ rule, files }) => ({ rule, files: Object.fromEntries(files) }))).toEqual([]);
  });

  it('name no folder that is gone', () => {
    const places = [...tree.folders.map((folder) => `${folder}/`), ...tree.files];
    const expressions = rules.flatMap(({ from, to }) => [
      ...listOf(from.path),
      ...listOf(from.pathNot),
      ...listOf(to.pathNot),
    ]);
    const isThere = (expression: string) => {
      // What another expression caught stands for some folder.
      const pattern = new RegExp(expression.replaceAll(/\$\d/g, '[^/]+'));
      return places.some((place) => pattern.test(place));
    };
    const gone = expressions.filter((expression) => !isThere(expression));
    expect(gone).toEqual([]);
  });
});
