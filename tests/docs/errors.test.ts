import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as client from '../../src/client/index.ts';
import { SEALED_SECRET_FAULTS } from '../../src/client/sealing/sealed-secret-error.ts';
import { nextStep } from '../../src/gateway/mcp/hints.ts';
import { PROBLEM_KINDS, problem } from '../../src/gateway/problems/problem.ts';

const ROOT = join(import.meta.dirname, '../..');
const TEXT = readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8');

/** The rows of the tables: what stands in their cells. */
const ROWS = TEXT.split('\n')
  .filter((line) => /^\| [`\d]/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
const named = ROWS.flatMap((row) => row.slice(0, 2));

describe('first contact: docs/reference/errors.md', () => {
  it('has a cause and a cure for each', () => {
    for (const row of ROWS)
      expect(
        row.filter((cell) => cell === ''),
        row.join('|'),
      ).toEqual([]);
  });

  it('has every error of the TypeScript client', () => {
    const abstract = new Set(['AgentServiceError', 'RefusalError']);
    const classes = Object.keys(client).filter((name) => name.endsWith('Error') && !abstract.has(name));
    expect(classes.length).toBeGreaterThan(12);
    for (const name of classes) {
      expect(named.includes(name) || named.includes(name.replace(/Error$/, '')), name).toBe(true);
    }
  });

  it('has every fault of sealed secrets', () => {
    for (const fault of SEALED_SECRET_FAULTS) expect(named).toContain(fault);
  });

  it('has every exception of the Python client', () => {
    const source = readFileSync(join(ROOT, 'python/src/agent_service/errors.py'), 'utf8');
    const classes = [...source.matchAll(/^class (\w+)\(/gm)].map(([, name = '']) => name);
    const abstract = new Set(['AgentServiceError', 'Refusal']);
    for (const name of classes.filter((each) => !abstract.has(each))) expect(named).toContain(name);
  });

  it('has every problem of the gateway, with its status', () => {
    for (const kind of PROBLEM_KINDS) {
      const row = ROWS.find(([name]) => name === kind);
      expect(row?.[1], kind).toBe(String(problem(kind, '').status));
    }
  });

  it('has what MCP answers: each problem with what to do', () => {
    expect(TEXT).toContain('`next_step`');
    for (const kind of PROBLEM_KINDS) expect(nextStep(problem(kind, '')), kind).toMatch(/\.$/);
  });

  it('has every refusal of the interface, and every exit code of the terminal', () => {
    const interfaceText = readFileSync(join(ROOT, 'src/candid/agent_service.did'), 'utf8');
    const [, options = ''] = /^type AgentError = variant \{(.*?)^\}/ms.exec(interfaceText) ?? [];
    const kinds = [...options.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name);
    expect(kinds).toHaveLength(7);
    for (const kind of kinds) expect(named).toContain(kind);
    const sources = ['src/cli/run.ts', 'src/cli/audit/print-verdict.ts'];
    const codes = sources
      .map((path) => readFileSync(join(ROOT, path), 'utf8'))
      .flatMap((text) => [
        ...text.matchAll(/^(?:export )?const (?:FAILED|WRONG_USAGE|\w*PROVEN|REFUSED) = (\d)/gm),
      ])
      .map(([, code = '']) => code);
    expect(new Set(codes)).toEqual(new Set(['1', '2', '3']));
    for (const code of codes) expect(named).toContain(code);
  });

  it('tells of none that there is not', () => {
    const codes = ['0', '1', '2', '3'];
    const known = new Set<string>([
      ...PROBLEM_KINDS,
      ...Object.keys(client),
      ...SEALED_SECRET_FAULTS,
      ...codes,
    ]);
    for (const [name = ''] of ROWS) expect(known.has(name), name).toBe(true);
  });
});
