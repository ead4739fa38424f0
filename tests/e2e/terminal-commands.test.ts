import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readModule } from '../../src/cli/files/project.ts';
import { createProgram } from '../../src/cli/program.ts';
import type { AgentServiceClient } from '../../src/client/index.ts';
import { leavesOf } from '../cli/support/leaves-of.ts';
import { setupCommand } from './support/command.ts';
import { endedCommand } from './support/ended-command.ts';
import {
  clientOf,
  type OpenService,
  openLocalService,
  openServiceIn,
  setupFolder,
} from './support/local-service.ts';

const SECRET = 'secret-marker';
const NEWCOMER = Principal.selfAuthenticating(new Uint8Array([1, 2, 3])).toText();

/** Every command that reads and prints, as far as it is one of the service: a new one is tried as well. */
const PROGRAM = await createProgram();
const READERS = leavesOf(PROGRAM)
  .filter(({ command }) => /^(list|show|count|write) /.test(command.description()))
  .map(({ name }) => name);

/** What the arguments of a reading command can be, by their names; a preview is of something. */
function argumentsOf(name: string, subjectOf: Readonly<Record<string, string>>): readonly string[] {
  if (name === 'settings preview-retention') return ['--interactions-days', '30'];
  // Only the owner reads these.
  if (name === 'blocks list') return [user];
  const leaf = leavesOf(PROGRAM).find((each) => each.name === name);
  return (leaf?.command.registeredArguments ?? []).map((argument) => subjectOf[argument.name()] ?? 'alice');
}

async function subjects(): Promise<Readonly<Record<string, string>>> {
  const { items } = await agent.listInteractions({ userId: 'alice' });
  const principal = service.identities.agent.identity.getPrincipal().toText();
  return { session: sessionId, interaction: items[0]?.id ?? '', principal };
}

let service: OpenService;
let agent: AgentServiceClient;
let sessionId: string;
let user: string;

/** What a command on the local network prints, that ends well. */
async function printed(...args: string[]): Promise<string> {
  const { code, output, errors } = await endedCommand(...args, '--directory', service.directory);
  expect([code, errors]).toEqual([0, '']);
  expect(output).not.toContain(SECRET);
  return output;
}

async function json(...args: string[]): Promise<unknown> {
  return JSON.parse(await printed(...args, '--json'));
}

/** A table's rows, split where at least two blanks are. */
async function table(...args: string[]): Promise<string[][]> {
  const lines = (await printed(...args)).trimEnd().split('\n');
  return lines.map((line) => line.split(/ {2,}/));
}

/** How a command fails, and what it says on the standard error alone. */
async function failure(...args: string[]): Promise<readonly [number | null, string]> {
  const { code, output, errors } = await endedCommand(...args);
  expect(output).toBe('');
  return [code, errors.trimEnd()];
}

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as string;
const NS = expect.stringMatching(/^\d{19}$/) as string;

beforeAll(async () => {
  service = await openLocalService();
  agent = await clientOf(service);
  const userClient = await clientOf(service, 'user');
  user = service.identities.user.identity.getPrincipal().toText();
  sessionId = await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub', token: SECRET });
  await agent.storeCredentials({
    userId: 'alice',
    agentType: 'Gmail',
    account: 'work',
    token: SECRET,
    tokenData: JSON.stringify({ refresh_token: SECRET }),
  });
  for (const n of [1, 2, 3]) {
    const [message, response] = [`question ${n}\nand more`, `answer ${n}`];
    await agent.storeAgentInteraction({
      userId: 'alice',
      agentType: n === 1 ? 'Gmail' : 'GitHub',
      message,
      response,
      success: n > 1,
    });
  }
  await userClient.grantAgent({
    userId: user,
    agent: service.identities.agent.identity.getPrincipal(),
    permissions: ['read'],
  });
  return () => service.close();
});

describe('a command about a user', () => {
  it('shows the status', async () => {
    const status = await json('status', 'alice');
    expect(status).toMatchObject({ user_id: 'alice', active_sessions: 1, last_activity: NS });
    const rows = await table('status', 'alice');
    expect(rows.map(([field]) => field).sort()).toEqual(['FIELD', ...Object.keys(Object(status))].sort());
    expect(rows).toContainEqual(['active_sessions', '1']);
    expect(rows.at(-1)).toEqual(['last_activity', TIME]);
  });

  it('lists sessions', async () => {
    expect(await json('sessions', 'alice')).toEqual([
      expect.objectContaining({ session_id: sessionId, is_active: true, created_at: NS, ended_at: null }),
    ]);
    expect(await table('sessions', 'alice')).toEqual([
      ['SESSION', 'TYPE', 'ACTIVE', 'CREATED', 'LAST ACTIVITY'],
      [sessionId, 'GitHub', 'yes', TIME, TIME],
    ]);
  });

  it('lists credentials by their state', async () => {
    const [account] = (await json('credentials', 'alice', '--type', 'Gmail')) as unknown[];
    expect(account).toMatchObject({ agent_type: 'Gmail', account: 'work', state: 'active' });
    expect(await table('credentials', 'alice')).toContainEqual(['Gmail', 'work', 'active', TIME, '-', '-']);
    expect(await json('credentials', 'alice', '--type', 'Asana')).toEqual([]);
  });

  it('lists interactions, newest first, each on a line', async () => {
    expect(await json('interactions', 'alice')).toMatchObject(
      [3, 2, 1].map((n) => ({ message: `question ${n}\nand more`, timestamp: NS })),
    );
    const [, ...rows] = await table('interactions', 'alice');
    expect(rows).toEqual([
      [TIME, 'GitHub', 'yes', 'question 3 and more', 'answer 3'],
      [TIME, 'GitHub', 'yes', 'question 2 and more', 'answer 2'],
      [TIME, 'Gmail', 'no', 'question 1 and more', 'answer 1'],
    ]);
  });

  it('lists grants', async () => {
    const granted = service.identities.agent.identity.getPrincipal().toText();
    expect(await json('grants', user)).toMatchObject([{ agent: granted, permissions: ['read'] }]);
    expect((await table('grants', user)).at(-1)?.slice(0, 3)).toEqual([granted, 'read', '-']);
  });

  it('shows usage', async () => {
    const usage = await json('usage', 'alice');
    expect(usage).toMatchObject({ interactions: { used: '3' } });
    const rows = await table('usage', 'alice');
    expect(rows.map(([resource]) => resource).sort()).toEqual(
      ['RESOURCE', ...Object.keys(Object(usage))].sort(),
    );
    expect(rows).toContainEqual(['interactions', '3', expect.any(String)]);
  });

  it('shows what is kept of a user, and what of theirs will be removed', async () => {
    expect(await table('retention', 'alice')).toEqual([
      ['RECORDS', 'DAYS', 'NEWEST', 'FROM', 'REMOVED THEN'],
      ['interactions', 'all', 'all', '-', '-'],
      ['activities', 'all', 'all', '-', '-'],
    ]);
    const admin = await clientOf(service, 'admin');
    await admin.updateSettings({ retention: { interactionsNewest: 1n } });
    expect((await table('retention', 'alice')).slice(3)).toEqual([
      ['interactions', 'all', '1', TIME, '2'],
      ['activities', 'all', 'all', TIME, '0'],
    ]);
    expect(await json('retention', 'alice')).toMatchObject({ pending_removals: { interactions: '2' } });
    await admin.updateSettings({ retention: { interactionsNewest: 0n } });
  });

  it('lists activities', async () => {
    expect(await json('activities', 'alice', '--limit', '1')).toMatchObject([
      {
        activity_type: 'InteractionCompleted',
        actor: service.identities.agent.identity.getPrincipal().toText(),
      },
    ]);
    const [titles, ...rows] = await table('activities', 'alice');
    expect(titles).toEqual(['TIME', 'TYPE', 'ACTIVITY', 'ACTOR', 'DESCRIPTION']);
    expect(rows.at(-1)?.slice(0, 3)).toEqual([TIME, 'GitHub', 'SessionCreated']);
  });

  it('heeds its filters', async () => {
    const messages = async (...filters: string[]) =>
      ((await json('interactions', 'alice', ...filters)) as { response: string }[]).map(
        ({ response }) => response,
      );
    expect(await messages('--limit', '2')).toEqual(['answer 3', 'answer 2']);
    expect(await messages('--type', 'Gmail')).toEqual(['answer 1']);
    expect(await messages('--from', '2100-01-01')).toEqual([]);
    expect(await messages('--until', '2100-01-01', '--limit', '1000')).toHaveLength(3);
    expect(await messages('--until', '2001-01-01')).toEqual([]);
  });

  const CHOSEN: readonly (readonly [command: string[], field: string, values: string[]])[] = [
    [['interactions', 'alice', '--outcome', 'failure'], 'response', ['answer 1']],
    [['interactions', 'alice', '--outcome', 'success'], 'response', ['answer 3', 'answer 2']],
    [['interactions', 'alice', '--session', 'ses-0000000000000001'], 'response', ['answer 3', 'answer 2']],
    [['sessions', 'alice', '--state', 'active'], 'agent_type', ['GitHub']],
    [['sessions', 'alice', '--state', 'ended'], 'agent_type', []],
    [['activities', 'alice', '--activity', 'SessionCreated'], 'activity_type', ['SessionCreated']],
    [['events', '--user', 'alice', '--activity', 'SessionCreated'], 'activity_type', ['SessionCreated']],
  ];
  it.each(CHOSEN)('chooses by %j', async (command, field, values) => {
    const found = (await json(...command)) as Readonly<Record<string, unknown>>[];
    expect(found.map((record) => record[field])).toEqual(values);
  });

  it('has an empty table for nobody', async () => {
    expect(await json('sessions', 'nobody')).toEqual([]);
    expect(await table('sessions', 'nobody')).toHaveLength(1);
  });
});

describe('agents', () => {
  it('are added, listed and removed', async () => {
    const terms = ['--types', 'GitHub', 'Asana', '--permissions', 'read', '--scope', 'granted_users'];
    expect(
      await printed('agents', 'add', NEWCOMER, '--name', 'new', ...terms, '--expires', '2100-01-01'),
    ).toBe(`${NEWCOMER} may call the service.\n`);
    const listed = { agent: NEWCOMER, name: 'new', permissions: ['read'], scope: 'granted_users' };
    expect(await json('agents')).toContainEqual(expect.objectContaining(listed));
    expect(await table('agents')).toContainEqual([
      NEWCOMER,
      'new',
      'granted_users',
      'read',
      '2100-01-01T00:00:00',
      'GitHub,Asana',
    ]);
    expect(await json('agents', 'remove', NEWCOMER)).toEqual({ agent: NEWCOMER });
    expect(await printed('agents', 'list')).not.toContain(NEWCOMER);
  });
});

describe('a command that cannot do what it is asked', () => {
  const on = (...args: string[]) => [...args, '--directory', service.directory];

  it('ends with 1 and the refusal', async () => {
    const pem = service.identities.user.path;
    const [code, message] = await failure(...on('agents', '--identity', pem));
    expect([code, message]).toEqual([1, 'only the admins of this service and its controllers may do this']);
    expect(await failure(...on('agents', 'remove', NEWCOMER))).toEqual([1, 'there is no such record']);
    expect(await failure(...on('status', ''))).toEqual([1, expect.stringMatching(/^user_id .*\d/)]);
  });

  it('ends with 1 where the network is not reached, or nobody is named', async () => {
    const canister = ['--canister', service.canisterId];
    const gone = ['--network', 'http://127.0.0.1:1', '--identity', service.identities.admin.path];
    expect(await failure(...on('status', 'alice', ...gone, ...canister))).toEqual([
      1,
      'the network is not reached at http://127.0.0.1:1',
    ]);
    expect(await failure(...on('status', 'alice', '--network', 'ic', ...canister))).toEqual([
      1,
      'Name the PEM file of the identity that calls: --identity FILE.',
    ]);
    const folder = setupFolder();
    expect(await failure('status', 'alice', '--directory', folder)).toEqual([
      1,
      `There is no local network yet in ${folder}. Start it with "npm start" in another terminal.`,
    ]);
  });

  const misuses: [string, string[], string][] = [
    ['no user', ['sessions'], "missing required argument 'user'"],
    ['an agent type that there is not', ['sessions', 'alice', '--type', 'Git'], 'Allowed choices are GitHub'],
    ['no limit', ['sessions', 'alice', '--limit', '0'], 'A limit is a whole number from 1 on.'],
    ['no time', ['sessions', 'alice', '--from', 'noon'], 'A time is such as 2026-11-24'],
    ['a filter that the method has not', ['grants', 'alice', '--type', 'Gmail'], "unknown option '--type'"],
    [
      'following the past',
      ['activities', 'alice', '--follow', '--until', '2026-01-01'],
      'cannot be used with',
    ],
    ['no principal', ['agents', 'add', 'alice', '--name', 'a'], 'A principal is such as'],
    ['no command', ['stats'], "unknown command 'stats'"],
  ];
  it.each([
    [1, ['agents', 'remove', NEWCOMER], /^there is no such record\n$/],
    [2, ['sessions'], /missing required argument 'user'/],
  ] as const)('ends with %d as a process, too', async (code, args, message) => {
    const command = setupCommand(...on(...args));
    expect(await command.exit()).toBe(code);
    expect(command.output).toBe(command.errors);
    expect(command.errors).toMatch(message);
  });
  it.each(misuses)('ends with 2 for %s', async (_what, args, message) => {
    expect(await failure(...args)).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('events', () => {
  it('lists the activities of all users in their order, or follows them', async () => {
    const log = (userId: string, description: string) =>
      agent.logAgentActivity({
        userId,
        agentType: 'Calendar',
        activityType: 'MeetingScheduled',
        description,
      });
    await log('erin', 'first');
    await log('frank', 'second');
    const options = ['--directory', service.directory, '--type', 'Calendar'];
    const all = await endedCommand('events', ...options, '--json');
    expect(all.code).toBe(0);
    expect(JSON.parse(all.output)).toMatchObject([{ description: 'first' }, { description: 'second' }]);
    const one = await endedCommand('events', ...options, '--user', 'erin');
    expect([one.code, one.output]).toEqual([0, expect.stringMatching(/ erin .* first\n$/)]);
    expect(one.output).not.toContain('frank');
    const followed = setupCommand('events', ...options, '--follow');
    await followed.printed('DESCRIPTION');
    await log('frank', 'third');
    await followed.printed('third');
    expect(await followed.stop('SIGINT')).toBe(0);
    expect(followed.output).not.toContain('second');
  });
});

describe('analytics', () => {
  it('shows what was counted of a user by day, and in all', async () => {
    await agent.createAgentSession({ userId: 'grace', agentType: 'Asana' });
    const { code, output } = await endedCommand('analytics', 'grace', '--directory', service.directory);
    expect(code).toBe(0);
    expect(output).toMatch(/^\d{4}-\d\d-\d\d +0 +0 +1 +0 +0 +0$/m);
    expect(output).toMatch(/^in all +0 +0 +1 +0 +0 +0$/m);
  });
});

describe('activities --follow', () => {
  const task = (description: string, agentType: 'GitHub' | 'Asana' = 'GitHub') =>
    agent.logAgentActivity({ userId: 'bob', agentType, activityType: 'TaskCreated', description });

  it('prints what comes, a JSON line each, until Ctrl-C', async () => {
    await task('before');
    const options = ['--directory', service.directory, '--follow'];
    const lines = setupCommand('activities', 'bob', ...options, '--json', '--type', 'Asana');
    const rows = setupCommand('activities', 'bob', ...options);
    await rows.printed('DESCRIPTION');
    // The one without titles says nothing before something comes, so it gets something until it does.
    await expect
      .poll(
        async () => {
          await task('one', 'Asana');
          await task('two');
          return lines.output;
        },
        { timeout: 60_000, interval: 1000 },
      )
      .not.toBe('');
    await rows.printed('two');
    expect([await lines.stop('SIGINT'), await rows.stop('SIGINT')]).toEqual([0, 0]);
    for (const line of lines.output.trimEnd().split('\n')) {
      expect(JSON.parse(line)).toMatchObject({ description: 'one', agent_type: 'Asana', timestamp: NS });
    }
    expect(rows.output).toMatch(/\d  Asana {5}TaskCreated {12}\w+-…-\w+  one$/m);
    expect(rows.output).not.toContain('before');
  });

  it('goes on when the network starts again', async () => {
    const directory = setupFolder();
    const start = (port: number) => openServiceIn(directory, readModule(), undefined, port);
    const before = await start(0);
    const command = setupCommand('activities', 'carol', '--directory', directory, '--follow');
    await command.printed('DESCRIPTION');
    await before.close();
    const after = await start(Number(new URL(before.url).port));
    onTestFinished(() => after.close());
    await (await clientOf(after)).logAgentActivity({
      userId: 'carol',
      agentType: 'Gmail',
      activityType: 'EmailSent',
      description: 'after the restart',
    });
    await command.printed('after the restart');
    expect([await command.stop('SIGINT'), command.errors]).toEqual([0, '']);
  });

  it('ends when nobody reads it any more', async () => {
    const command = `node scripts/run.mjs activities bob --follow --directory '${service.directory}' | head -n 1`;
    let titles: string | undefined;
    void promisify(execFile)('sh', ['-c', command], { cwd: join(import.meta.dirname, '../..') }).then(
      ({ stdout }) => {
        titles = stdout;
      },
    );
    const written = async () => {
      await task('for nobody');
      return titles;
    };
    await expect.poll(written, { timeout: 60_000, interval: 1000 }).toMatch(/^TIME .*\n$/);
  });

  it.each([...READERS, 'events --json', 'start --help', 'completion bash'])(
    'first contact: %s into "| head -1" ends quietly',
    async (words) => {
      const name = words.replace(' --json', '');
      const isReader = READERS.includes(name);
      const args = isReader ? argumentsOf(name, await subjects()) : [];
      const line = [words, ...args, ...(isReader ? ['--directory', `'${service.directory}'`] : [])].join(' ');
      const command = `{ node scripts/run.mjs ${line} 2>&1 >&3 | cat >&2; } 3>&1 | head -c 1`;
      const { stdout, stderr } = await promisify(execFile)('sh', ['-c', command], {
        cwd: join(import.meta.dirname, '../..'),
      });
      expect([line, stdout.length, stderr]).toEqual([line, 1, '']);
    },
  );

  it('ends with the refusal', async () => {
    const options = ['--directory', service.directory, '--identity', service.identities.user.path];
    const [code, message] = await failure('activities', 'bob', '--follow', ...options);
    expect([code, message]).toEqual([1, expect.stringMatching(/^the caller .*$/)]);
  });
});
