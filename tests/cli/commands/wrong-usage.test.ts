import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Option } from 'commander';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { run } from '../../../src/cli/run.ts';
import { newPem } from '../../client/support/new-pem.ts';
import { type Leaf, leavesOf } from '../support/leaves-of.ts';

const SECRET = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const PEM =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----';
/** Values of each type, of which some are right for some options. */
const VALUES = [
  '',
  ' ',
  'seven',
  '-1',
  '0.5',
  'NaN',
  'Infinity',
  '1e9',
  '99999999999999999999999',
  String(2n ** 64n),
  '0x10',
  'two\nlines',
  'null',
  SECRET,
  PEM,
];

/** Commands that would run on where their options are right: with them only those values are tried that have to be refused. */
const RUNS_ON = new Set(['start', 'stop', 'demo', 'test-network', 'deploy', 'gateway', 'mcp', 'completion']);

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-'));
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'key.pem'), newPem());
  writeFileSync(join(folder, 'token'), 'token');
  return () => rmSync(folder, { recursive: true, force: true });
});

const LEAVES = leavesOf(await createProgram());

/** What a command ends with and prints. */
async function ended(words: readonly string[]): Promise<{ readonly code: number; readonly errors: string }> {
  let errors = '';
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(() => undefined),
    vi.spyOn(process.stdout, 'write').mockImplementation(() => true),
    vi.spyOn(console, 'error').mockImplementation((text) => void (errors += `${String(text)}\n`)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => (errors += String(text)) !== ''),
  ];
  try {
    return { code: await run(words), errors };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const rightArguments: Readonly<Record<string, string>> = {
  principal: 'aaaaa-aa',
  agent: 'aaaaa-aa',
  name: 'bytes',
  value: '1',
  shell: 'bash',
  mode: 'accept',
  state: 'on',
  id: '00000000000000000000000000000001',
};
const placeOf = (): Readonly<Record<string, string>> => ({
  '--network': 'http://127.0.0.1:9',
  '--canister': 'aaaaa-aa',
  '--identity': join(folder, 'key.pem'),
  '--directory': join(folder, 'empty'),
  '--canister-ids': join(folder, 'empty.json'),
});

/** A line that is right in all but the network, which is not there; an option is left out. */
function rightLine({ name, command }: Leaf, without?: Option, hasArguments = true): readonly string[] {
  const place = placeOf();
  const options = command.options.flatMap((option) => {
    const { long = '', mandatory, argChoices } = option;
    if (option === without) return [];
    if (place[long] !== undefined) return [long, place[long]];
    if (!mandatory) return [];
    return [long, argChoices?.[0] ?? (long === '--token-file' ? join(folder, 'token') : '1')];
  });
  const args = command.registeredArguments.map((argument) => rightArguments[argument.name()] ?? 'alice');
  return [...name.split(' '), ...(hasArguments ? args : []), ...options];
}

function check(errors: string, given: readonly string[]): void {
  const said = JSON.stringify(given);
  expect(errors, said).not.toBe('');
  expect(errors, said).not.toMatch(/^\s+at .*:\d+|\[object |undefined|TypeError|node:internal/m);
  for (const secret of [SECRET, 'MC4CAQAwBQ']) expect(errors, said).not.toContain(secret);
  expect(
    errors
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('error:')).length,
    said,
  ).toBeLessThan(2);
}

describe('first contact: wrong usage of the terminal', () => {
  it.each(LEAVES)('$name: each option with values of each type', async (leaf) => {
    const { command, name } = leaf;
    for (const option of command.options.filter((each) => each.required || each.optional)) {
      const { long = '', parseArg, argChoices } = option;
      const isParsed = parseArg !== undefined;
      if (!isParsed && RUNS_ON.has(name)) continue;
      if (WRITTEN.has(long)) continue;
      for (const value of VALUES) {
        const line = [...rightLine(leaf, option), `${long}=${value}`];
        // Any other text is a folder, which would be made.
        const isDone = RUNS_ON.has(name) || (LOCAL.has(name) && long === '--directory');
        if (isDone && !refuses(option, value)) continue;
        const { code, errors } = await ended(line);
        if (code === 0 && LOCAL.has(name)) continue;
        check(errors, line);
        expect([line, code]).toEqual([line, expect.toSatisfy((each) => each === 1 || each === 2)]);
        if (!refuses(option, value)) continue;
        expect([line, code]).toEqual([line, 2]);
        expect(errors).toContain(long);
        expect(errors).toMatch(ALLOWED);
        if (argChoices !== undefined) for (const choice of argChoices) expect(errors).toContain(choice);
      }
    }
  });

  it.each(LEAVES)('$name: arguments and options that are missing, unknown or too many', async (leaf) => {
    const { command } = leaf;
    const line = rightLine(leaf);
    const args = command.registeredArguments;
    if (args.some((argument) => argument.required)) {
      const { code, errors } = await ended(rightLine(leaf, undefined, false));
      expect([code, errors]).toEqual([2, expect.stringContaining(`'${args[0]?.name()}'`)]);
    }
    for (const option of command.options.filter(({ mandatory }) => mandatory)) {
      const { code, errors } = await ended(rightLine(leaf, option));
      expect([option.long, code, errors]).toEqual([
        option.long,
        2,
        expect.stringContaining(option.long ?? ''),
      ]);
    }
    const unknown = await ended([...line, '--nonsense', SECRET]);
    expect(unknown.code).toBe(2);
    expect(unknown.errors).toContain("'--nonsense'");
    check(unknown.errors, line);
    const [first] = command.options;
    if (first === undefined) return;
    const near = await ended([...line, `${first.long ?? ''}x`]);
    expect([near.code, near.errors]).toEqual([2, expect.stringContaining('Did you mean')]);
  });

  it('a command that there is not is told with one that is like it', async () => {
    for (const word of ['sesions', 'credental', 'interaction']) {
      const { code, errors } = await ended([word]);
      expect([code, errors]).toEqual([2, expect.stringContaining('Did you mean')]);
    }
  });

  it.each(LEAVES)('$name: files that are missing, folders or secrets', async (leaf) => {
    for (const option of leaf.command.options) {
      const { long = '', flags } = option;
      if (!/<file>/.test(flags) || RUNS_ON.has(leaf.name) || WRITTEN.has(long)) continue;
      for (const value of [join(folder, 'missing'), join(folder, 'folder'), SECRET, PEM]) {
        const line = [...rightLine(leaf, option), `${long}=${value}`];
        const { code, errors } = await ended(line);
        check(errors, line);
        expect([line, code]).toEqual([line, 1]);
      }
    }
  });
});

/** Commands that are about files of this machine alone, and are done whatever the name. */
const LOCAL = new Set(['keys create', 'keys list', 'keys revoke']);
/** Files that are written, or looked into only where there is nothing else. */
const WRITTEN = new Set(['--output', '--canister-ids']);
const ALLOWED = /such as|from \d|whole number|Allowed choices|hexadecimal|is ID=NAME|has 1 to 100|or more/;

/** Whether the option itself does not take the value. */
function refuses({ parseArg }: Option, value: string): boolean {
  if (parseArg === undefined) return false;
  try {
    parseArg(value, undefined as never);
    return false;
  } catch {
    return true;
  }
}
