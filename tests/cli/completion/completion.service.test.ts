import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bashCompletion, zshCompletion } from '../../../src/cli/completion/bash-completion.ts';
import { completedCommands } from '../../../src/cli/completion/completed-commands.ts';
import { fishCompletion } from '../../../src/cli/completion/fish-completion.ts';
import { ENTRY } from '../../../src/cli/files/project.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { VERSION } from '../../../src/json-interface/version.ts';
import { setupFolder } from '../../e2e/support/local-service.ts';

const COMMANDS = completedCommands(await createProgram());
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const AGENT_TYPES = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'];

function run(shell: string, script: string, cwd: string): readonly string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], { cwd, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

/** What bash offers for the last of the words. */
function offered(words: readonly string[], cwd: string): readonly string[] {
  const line = ['agent-service', ...words];
  const given = line.map((word) => `'${word}'`).join(' ');
  const ask = `COMP_WORDS=(${given}); COMP_CWORD=${line.length - 1}; _agent_service; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', `${bashCompletion('agent-service', COMMANDS, ENTRY)}${ask}`, cwd);
}

/** A folder with an identity, another file, and a folder. */
function setupFiles(): string {
  const folder = setupFolder();
  for (const name of ['key.pem', 'notes.txt']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'identities'));
  return folder;
}

describe.skipIf(!has('bash'))('the completion of bash', () => {
  const rows: [words: string[], offers: string[]][] = [
    [['sess'], ['sessions']],
    [['sessions', 'b'], ['begin']],
    [['sessions', '--ty'], ['--type']],
    [['sessions', '--type', ''], AGENT_TYPES],
    [
      ['sessions', 'alice', '--type', 'G'],
      ['GitHub', 'Gmail'],
    ],
    [['sessions', 'begin', 'alice', '--type', 'As'], ['Asana']],
    [
      ['status', 'alice', '--network', ''],
      ['local', 'ic'],
    ],
    [
      ['status', 'alice', '--identity', ''],
      ['key.pem', 'identities/'],
    ],
    [
      ['verify-log', ''],
      ['identities', 'key.pem', 'notes.txt'],
    ],
    [['start', '--directory', 'id'], ['identities']],
    [['agents', 'add', 'aaaaa-aa', '--scope', 'g'], ['granted_users']],
    [['activities', 'log', 'alice', '--activity', 'Pull'], ['PullRequestCreated']],
    [['completion', 'z'], ['zsh']],
    [['sessions', 'begin', 'alice', '--repo', ''], []],
    [['status', 'alice', '--limit'], []],
  ];
  it.each(rows)('offers for %j', (words, offers) => {
    expect([...offered(words, setupFiles())].sort()).toEqual([...offers].sort());
  });

  it('first contact: makes the command known where it is not installed globally', () => {
    const script = bashCompletion('agent-service', COMMANDS, ENTRY);
    const path = `PATH=${dirname(process.execPath)}:/usr/bin:/bin`;
    const answers = run('bash', `${path}\n${script}agent-service --version`, setupFolder());
    expect(answers).toEqual([VERSION]);
  });

  it('offers every command, and every option of each', () => {
    const folder = setupFolder();
    for (const { path, subcommands, options } of COMMANDS) {
      const words = path === '' ? [] : path.split(' ');
      expect(offered([...words, '--'], folder)).toEqual(options.map(({ flag }) => flag));
      const names = offered([...words, ''], folder);
      if (subcommands.length > 0)
        expect(names).toEqual(expect.arrayContaining(subcommands.map(({ name }) => name)));
    }
  });
});

describe('the completions of other shells', () => {
  it('of zsh are those of bash', () => {
    expect(zshCompletion('agent-service', COMMANDS, ENTRY)).toContain(
      bashCompletion('agent-service', COMMANDS, ENTRY),
    );
  });

  it('of fish have every command and option', () => {
    const script = fishCompletion('agent-service', COMMANDS, ENTRY);
    for (const { path, options } of COMMANDS) {
      for (const { flag } of options) expect(script).toContain(`= "${path}"' -l ${flag.slice(2)} `);
    }
  });

  it.skipIf(!has('fish'))('of fish offer what bash offers', () => {
    const script = fishCompletion('agent-service', COMMANDS, ENTRY);
    const ask = `${script}\ncomplete -C 'agent-service sessions begin alice --type G'`;
    expect(run('fish', ask, setupFolder())).toEqual(['GitHub', 'Gmail']);
  });
});
