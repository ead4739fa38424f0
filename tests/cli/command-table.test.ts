import { describe, expect, it } from 'vitest';
import { COMMAND_FILES } from '../../src/cli/command-table.ts';
import { createProgram } from '../../src/cli/program.ts';

const namesOf = async (words?: readonly string[]) =>
  (await createProgram(words)).commands.map((command) => command.name());

describe('the table of commands', () => {
  it.each(COMMAND_FILES)('says which commands a file adds: $names', async ({ names }) => {
    for (const name of names.filter((each) => each !== 'completion')) {
      expect(await namesOf([name, 'alice'])).toEqual(names);
    }
  });

  it('has all of them for the help, for a word that is none, and for completion', async () => {
    const all = COMMAND_FILES.flatMap(({ names }) => names);
    expect(new Set(all).size).toBe(all.length);
    for (const words of [[], ['--help'], ['help', 'status'], ['sesions'], ['completion', 'bash']]) {
      expect(await namesOf(words)).toEqual(all);
    }
  });

  it('loads nothing for the version', async () => {
    expect(await namesOf(['--version'])).toEqual([]);
  });
});
