import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import type { AgentServiceClient } from '../../src/client/index.ts';
import { setupCommand } from './support/command.ts';
import { clientOf, type OpenService, openLocalService, setupFolder } from './support/local-service.ts';

const TOKEN = 'gho_secret-marker';
const ROOT = join(import.meta.dirname, '../..');

let service: OpenService;
let agent: AgentServiceClient;

beforeAll(async () => {
  service = await openLocalService();
  agent = await clientOf(service);
  return () => service.close();
});

/** What a command prints, that ends well, and what beside that on the standard error. */
async function run(
  ...args: readonly string[]
): Promise<{ readonly output: string; readonly errors: string }> {
  const [log, error] = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')];
  const told = (spy: typeof log | typeof error) => spy.mock.calls.map((call) => call.join(' ')).join('\n');
  for (const spy of [log, error]) spy.mockReset().mockImplementation(() => undefined);
  try {
    await (await createProgram()).parseAsync([...args, '--directory', service.directory], { from: 'user' });
    return { output: told(log), errors: told(error) };
  } finally {
    for (const spy of [log, error]) spy.mockRestore();
  }
}

async function printed(...args: readonly string[]): Promise<string> {
  const { output, errors } = await run(...args);
  expect(errors).toBe('');
  return output;
}

function tokenFile(): string {
  const path = join(setupFolder(), 'token');
  writeFileSync(path, `${TOKEN}\n`);
  return path;
}

describe('sessions at the terminal', () => {
  it('are begun, shown, changed and ended', async () => {
    const type = ['--type', 'GitHub'];
    const id = await printed(
      'sessions',
      'begin',
      'alice',
      ...type,
      '--repo',
      'acme/site',
      '--token-file',
      tokenFile(),
    );
    expect(await agent.getAgentSession(id)).toMatchObject({ token: TOKEN, selectedRepo: 'acme/site' });
    expect(await printed('sessions', 'update', id, '--repo', 'acme/shop')).toBe('The session was changed.');
    const shown = await printed('sessions', 'show', id);
    expect(shown.split('\n')[0]).toMatch(/^FIELD +VALUE$/);
    expect(shown).toMatch(/\nselected_repo +acme\/shop\n/);
    expect(shown).not.toContain(TOKEN);
    expect(JSON.parse(await printed('sessions', 'end', id, '--json'))).toEqual({ session_id: id });
    await expect(run('sessions', 'end', id)).rejects.toThrow('the session has ended');
  });

  it('of a user who is called as a command are listed by name', async () => {
    const id = await agent.createAgentSession({ userId: 'show', agentType: 'Asana' });
    expect(JSON.parse(await printed('sessions', 'list', 'show', '--json'))).toMatchObject([
      { session_id: id },
    ]);
  });

  it('are not shown that there are not', async () => {
    for (const json of [[], ['--json']]) {
      await expect(run('sessions', 'show', 'ses-ffffffffffffffff', ...json)).rejects.toThrow(
        'no such record',
      );
    }
  });
});

describe('credentials at the terminal', () => {
  it('are stored, leased and revoked', async () => {
    const about = ['bob', '--type', 'GitHub', '--account', 'work'];
    const stored = [
      '--token-file',
      tokenFile(),
      '--project-ids',
      '1=site',
      '2=a=b',
      '--expires',
      '2100-01-01',
    ];
    expect(await printed('credentials', 'store', ...about, ...stored)).toBe('The credentials were stored.');
    expect(await agent.listCredentials({ userId: 'bob' })).toMatchObject([
      {
        account: 'work',
        state: 'active',
        projectIds: [
          ['1', 'site'],
          ['2', 'a=b'],
        ],
      },
    ]);
    const { output, errors } = await run('credentials', 'lease', ...about, '--purpose', 'a test');
    expect([output, errors]).toEqual([TOKEN, expect.stringMatching(/^It may be used until .*T.*\.$/)]);
    const lease = JSON.parse(await printed('credentials', 'lease', ...about, '--purpose', 'b', '--json'));
    expect(lease).toMatchObject({ credentials: { token: TOKEN } });
    const purposes = (await agent.listActivities({ userId: 'bob' })).items.map(
      ({ metadata }) => metadata ?? '',
    );
    expect(purposes.filter((text) => text.includes('a test'))).toHaveLength(1);
    expect(JSON.parse(await printed('credentials', 'revoke', ...about, '--json'))).toEqual({
      user_id: 'bob',
      agent_type: 'GitHub',
      account: 'work',
    });
    await expect(run('credentials', 'lease', ...about, '--purpose', 'c')).rejects.toThrow(/token|revoked/);
  });

  it('take a token from the standard input', async () => {
    const store = `credentials store carol --type Gmail --token-file - --directory '${service.directory}'`;
    const command = `printf '%s\\n' ${TOKEN} | node scripts/run.mjs ${store}`;
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: ROOT });
    expect(stdout).toBe('The credentials were stored.\n');
    expect(await agent.getAgentCredentials({ userId: 'carol', agentType: 'Gmail' })).toMatchObject({
      token: TOKEN,
    });
  });

  it('need a file that can be read', async () => {
    const about = ['dora', '--type', 'Gmail'];
    await expect(run('credentials', 'store', ...about, '--token-file', '/none/such')).rejects.toThrow(
      '/none/such cannot be read',
    );
  });
});

describe('interactions and activities at the terminal', () => {
  it('are added', async () => {
    const about = ['erin', '--type', 'Calendar'];
    const said = ['--message', 'Book a room', '--response', 'There is none', '--failed'];
    const id = await printed('interactions', 'add', ...about, ...said, '--metadata', '{"latency_ms":12}');
    expect(await printed('interactions', 'show', id)).toMatch(/\nsuccess +no\n/);
    const done = ['--activity', 'ErrorOccurred', '--description', 'No room'];
    const { activity_id } = JSON.parse(await printed('activities', 'log', ...about, ...done, '--json')) as {
      activity_id: string;
    };
    expect((await agent.getUserAgentActivities('erin'))[0]).toMatchObject({
      id: activity_id,
      activityType: 'ErrorOccurred',
    });
    await expect(run('interactions', 'add', ...about, ...said, '--metadata', '{')).rejects.toThrow(
      'metadata must be valid JSON',
    );
  });
});

describe('wrong usage', () => {
  const misuses: [string, string[], string][] = [
    ['no type', ['sessions', 'begin', 'alice'], '--type <type>'],
    ['no token', ['credentials', 'store', 'alice', '--type', 'GitHub'], '--token-file <file>'],
    [
      'no pair',
      ['credentials', 'update', 'a', '--type', 'GitHub', '--project-ids', '1'],
      'A project is ID=NAME.',
    ],
    ['an activity that there is not', ['activities', 'log', 'a', '--activity', 'Slept'], 'Allowed choices'],
    ['a shell that there is not', ['completion', 'csh'], 'Allowed choices are bash, zsh, fish.'],
    ['no users', ['demo', '--users', '0'], 'A whole number from 1 to 1000.'],
  ];
  it.each(misuses)('ends with 2 for %s', async (_what, args, message) => {
    const command = setupCommand(...args);
    expect([await command.exit(), command.errors]).toEqual([2, expect.stringContaining(message)]);
  });
});
