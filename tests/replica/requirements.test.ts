import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { managementCanister } from '../../src/replica/management/management-canister.ts';
import { SYSTEM_API } from '../../src/replica/system-api/table.ts';
import requirements from './requirements.json' with { type: 'json' };

interface Requirement {
  readonly section: string;
  readonly behaviour: string;
  /** Each "file > title", the title as it stands in the file. */
  readonly tests: readonly string[];
  readonly functions?: readonly string[];
  readonly methods?: readonly string[];
}

const REQUIREMENTS: readonly Requirement[] = requirements.requirements;
const { everyFunction, everyMethod, leftOut } = requirements;
const CITED = [
  ...REQUIREMENTS.flatMap(({ tests }) => tests),
  ...[everyFunction, everyMethod].flatMap(({ refusals, authorisation }) => [...refusals, ...authorisation]),
];

/** The titles of a file's tests, as they stand in it. */
function titlesOf(file: string): ReadonlySet<string> {
  const path = join(import.meta.dirname, file);
  if (!existsSync(path)) return new Set();
  const source = ts.createSourceFile(file, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const titles = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const [title] = node.arguments;
      if (title !== undefined && ts.isStringLiteralLike(title) && isTest(node.expression))
        titles.add(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return titles;
}

/** Whether something that is called is `it`, `it.each(...)` or the like; one that is skipped is none. */
function isTest(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return called.text === 'it';
  if (ts.isPropertyAccessExpression(called)) {
    return !['skip', 'todo', 'fails'].includes(called.name.text) && isTest(called.expression);
  }
  return ts.isCallExpression(called) && isTest(called.expression);
}

describe('the requirements', () => {
  it.each([...new Set(CITED)])('cite a test that is there: %s', (cited) => {
    const [file = '', title = ''] = cited.split(' > ');
    expect([...titlesOf(file)]).toContain(title);
  });

  it('cover every function of the System API, and name no other', () => {
    const named = new Set(REQUIREMENTS.flatMap(({ functions = [] }) => functions));
    expect([...named].sort()).toEqual([...SYSTEM_API.keys()].sort());
  });

  it('cover every method of the management canister, and name no other', () => {
    const named = new Set(REQUIREMENTS.flatMap(({ methods = [] }) => methods));
    const { updates, queries } = managementCanister;
    expect([...named].sort()).toEqual([...new Set([...updates.keys(), ...queries.keys()])].sort());
  });

  it('say of each its section, and of what is left out why', () => {
    for (const { section, behaviour, tests } of REQUIREMENTS) {
      expect(
        [section, behaviour].every((text) => text.length > 10),
        section,
      ).toBe(true);
      expect(tests.length, behaviour).toBeGreaterThan(0);
    }
    for (const { section, behaviour, why } of leftOut) {
      expect(
        [section, behaviour, why].every((text) => text.length > 10),
        section,
      ).toBe(true);
    }
    expect(new Set(REQUIREMENTS.map(({ behaviour }) => behaviour)).size).toBe(REQUIREMENTS.length);
  });
});
