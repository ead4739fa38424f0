import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import type { WholePreview } from '../../src/cli/service/retention-preview.ts';
import type { AgentServiceClient } from '../../src/client/index.ts';
import { clientOf, type OpenService, openLocalService, setupFolder } from './support/local-service.ts';

const TOKEN = 'gho_secret-marker';
const NEWCOMER = Principal.selfAuthenticating(new Uint8Array([1, 2, 3])).toText();

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
  const write = vi.spyOn(process.stdout, 'write');
  const told = (spy: typeof log | typeof error) => spy.mock.calls.map((call) => call.join(' ')).join('\n');
  for (const spy of [log, error]) spy.mockReset().mockImplementation(() => undefined);
  write.mockReset().mockImplementation(() => true);
  try {
    await (await createProgram()).parseAsync([...args, '--directory', service.directory], { from: 'user' });
    const written = write.mock.calls.map(([text]) => String(text)).join('');
    return { output: told(log) + written, errors: told(error) };
  } finally {
    for (const spy of [log, error, write]) spy.mockRestore();
  }
}

async function printed(...args: readonly string[]): Promise<string> {
  const { output, errors } = await run(...args);
  expect(errors).toBe('');
  return output;
}

async function json(...args: readonly string[]): Promise<unknown> {
  return JSON.parse(await printed(...args, '--json'));
}

/** Does it at a terminal whose person types the line. */
async function atTerminal<T>(line: string, act: () => Promise<T>): Promise<T> {
  const real = Object.getOwnPropertyDescriptor(process, 'stdin');
  if (real === undefined) throw new Error('there is no standard input');
  const typing = Object.assign(new PassThrough(), { isTTY: true });
  Object.defineProperty(process, 'stdin', { value: typing, configurable: true });
  const shown = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  typing.write(`${line}\n`);
  try {
    return await act();
  } finally {
    shown.mockRestore();
    Object.defineProperty(process, 'stdin', real);
  }
}

const as = (role: keyof OpenService['identities']) => ['--identity', service.identities[role].path];

async function work(userId: string): Promise<void> {
  await agent.createAgentSession({ userId, agentType: 'GitHub', token: TOKEN });
  await agent.storeCredentials({
    userId,
    agentType: 'GitHub',
    token: TOKEN,
    tokenData: `{"refresh_token":"${TOKEN}"}`,
  });
}

describe('first contact: what an operator does at the terminal', () => {
  it('lists, exports and erases users', async () => {
    for (const user of ['ann', 'ben']) await work(user);
    expect(await json('users', '--limit', '1')).toMatchObject([{ user_id: 'ben', active_sessions: 1 }]);
    expect(await printed('users')).toMatch(/^USER +ACTIVE .*OWNER\nben .*\nann /);

    const pages = (await json('export', 'ann')) as { part: string; format: string }[];
    expect(pages.map(({ part }) => part)).toEqual(
      expect.arrayContaining(['profile', 'sessions', 'activities']),
    );
    const file = join(setupFolder(), 'ann.json');
    expect(await printed('export', 'ann', '--output', file)).toContain(file);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(pages);
    expect(readFileSync(file, 'utf8')).not.toContain(TOKEN);

    await expect(run('erase', 'ann')).rejects.toThrow('for good. Add --yes to do it without asking.');
    expect((await agent.getAgentStatus('ann')).totalSessions).toBe(1);
    expect(await json('erase', 'ann', '--yes')).toEqual({ user_id: 'ann' });
    expect((await agent.getAgentStatus('ann')).totalSessions).toBe(0);
    await expect(run('export', 'ann', ...as('user'))).rejects.toThrow();
    await expect(run('export', 'ben', '--output', join(file, 'nowhere'))).rejects.toThrow(
      'cannot be written',
    );
  });

  it('shows tasks', async () => {
    expect(await json('tasks')).toContainEqual(expect.objectContaining({ traps: '0', stuck_since: null }));
    expect(await printed('tasks')).toMatch(/^TASK +DUE +TRAPS/);
  });

  it('adds, lists and removes admins', async () => {
    expect(await printed('admins', 'add', NEWCOMER)).toBe(`${NEWCOMER} is an admin.`);
    expect(await json('admins')).toContainEqual(expect.objectContaining({ admin: NEWCOMER }));
    expect(await printed('admins', 'list')).toContain(NEWCOMER);
    expect(await json('admins', 'remove', NEWCOMER)).toEqual({ admin: NEWCOMER });
    await expect(run('admins', 'remove', NEWCOMER)).rejects.toThrow('there is no such record');
  });

  it('shows and sets settings, and asks before records go', async () => {
    const set = ['settings', 'set', '--query-tokens', 'nobody', '--user-burst', '777'];
    expect(await printed(...set)).toBe('The settings are changed.');
    expect(await json('settings')).toMatchObject({ query_tokens: 'nobody', limits: { user_burst: '777' } });
    expect(await printed('settings', 'show')).toMatch(/^interactions_days +0$/m);
    const retention = ['settings', 'set', '--interactions-days', '3650'];
    await expect(run(...retention)).rejects.toThrow(/removed for good. `settings preview.* Add --yes/);
    expect(await json('settings')).toMatchObject({ pending_retention: null });
    expect(await json(...retention, '--yes')).toMatchObject({
      retention: { interactions_days: '3650' },
      pending_retention: { retention: { interactions_days: '3650' } },
    });
    expect(await printed('settings')).toMatch(/^interactions_days, from \d{4}-\S+ +3650$/m);
    expect(await printed(...set)).toBe('The settings are changed.');
    expect(await json('settings')).toMatchObject({
      retention: { interactions_days: '0' },
      pending_retention: { retention: { interactions_days: '3650' } },
    });
    // What keeps as much as now, or more, is not asked for.
    expect(await json('settings', 'set', '--interactions-days', '0')).toEqual({
      retention: { interactions_days: '0' },
    });
    expect(await json('settings')).toMatchObject({ pending_retention: null });
    await expect(run('settings', 'set')).rejects.toThrow('Name a setting to change');
    await expect(run('settings', 'set', '--bytes', '1', ...as('user'))).rejects.toThrow('only the admins');
  });

  it('counts what a retention would remove', async () => {
    for (const user of ['dan', 'eve']) await work(user);
    const numbers = ['--activities-newest', '1', '--interactions-days', '1'];
    const preview = (await json('settings', 'preview-retention', ...numbers)) as WholePreview;
    expect(preview.effective_at).toMatch(/^\d+$/);
    expect(preview.items).toContainEqual(expect.objectContaining({ user_id: 'eve', interactions: '0' }));
    expect(Number(preview.activities)).toBe(
      preview.items.reduce((sum, { activities }) => sum + Number(activities), 0),
    );
    const table = await printed('settings', 'preview-retention', ...numbers);
    expect(table).toMatch(/^USER +INTERACTIONS +ACTIVITIES\neve /);
    expect(table).toMatch(
      `0 interactions and ${preview.activities} activities of ${preview.users} users are removed for good.`,
    );
    expect(await printed('settings', 'preview-retention')).toMatch(/^At once, 0 .* of 0 users/m);
    await expect(run('settings', 'preview-retention', ...as('user'))).rejects.toThrow('only the admins');
  });

  it('asks at a terminal for the number of records that go', async () => {
    const numbers = ['--activities-newest', '1'];
    const { activities } = (await json('settings', 'preview-retention', ...numbers)) as WholePreview;
    const set = () => printed('settings', 'set', ...numbers);
    await expect(atTerminal('remove', set)).rejects.toThrow('Nothing was changed');
    expect(await json('settings')).toMatchObject({ pending_retention: null });
    expect(await atTerminal(activities, set)).toContain(
      'Until then, setting the numbers in force takes it back',
    );
    await printed('settings', 'set', '--activities-newest', '0');
    expect(
      await atTerminal('remove', () => printed('settings', 'set', '--interactions-days', '36500')),
    ).toContain('takes effect at');
    await printed('settings', 'set', '--interactions-days', '0');
  });

  it('lists and sets the limits of the service and of an agent', async () => {
    const list = (await json('limits')) as { name: string; by_default: string; most: string }[];
    const { name = '', by_default } = list.find((each) => each.name === 'token_data_days') ?? {};
    expect(await printed('limits', 'set', name, '90')).toBe('token_data_days is 90.');
    expect(await json('limits')).toContainEqual(expect.objectContaining({ name, value: '90', is_set: true }));
    expect(await json('limits', 'set', name, 'default')).toEqual({ name, value: null });
    expect(await json('limits')).toContainEqual(expect.objectContaining({ name, value: by_default }));
    await expect(run('limits', 'set', 'speed', '1')).rejects.toThrow(/name/);

    const id = service.identities.agent.identity.getPrincipal().toText();
    await printed('limits', 'set-agent', id, '--caller-burst', '5000');
    expect(await json('limits', 'show-agent', id)).toMatchObject({ caller_burst: '5000', bytes: null });
    expect(await printed('limits', 'show-agent', id)).toMatch(/caller_burst +5000\n/);
  });

  it('makes, redeems and ends links', async () => {
    await work('carol');
    const { output: code, errors } = await run('links', 'create', 'carol');
    expect(errors).toContain('It can be redeemed once, until');
    expect(await printed('links', 'redeem', code)).toBe('carol now belongs to the caller.');
    expect(await json('links')).toContainEqual(expect.objectContaining({ user_id: 'carol' }));
    expect(await printed('links', 'list')).toMatch(/^carol +\d{4}-/m);
    expect(await printed('links', 'unlink', 'carol')).toBe('carol is linked to nobody.');
    await expect(run('links', 'redeem', code)).rejects.toThrow();
  });

  it('stops an agent for a user, and lets it act again', async () => {
    const user = service.identities.user.identity.getPrincipal().toText();
    await work(user);
    const id = service.identities.agent.identity.getPrincipal().toText();
    expect(await printed('blocks', 'add', user, id)).toBe(`${id} may do nothing for ${user} now.`);
    await expect(agent.createAgentSession({ userId: user, agentType: 'GitHub' })).rejects.toThrow();
    expect(await json('blocks', user)).toMatchObject([{ agent: id }]);
    expect(await printed('blocks', 'list', user)).toMatch(/^AGENT +SINCE\n/);
    expect(await printed('blocks', 'list', user)).toContain(id);
    expect(await json('blocks', 'remove', user, id)).toEqual({ user_id: user, agent: id });
    expect(await json('blocks', user)).toEqual([]);
    await agent.createAgentSession({ userId: user, agentType: 'GitHub' });
    await expect(run('blocks', 'add', user, id, ...as('agent'))).rejects.toThrow();
  });

  it('grants an agent a part of what it may do, and withdraws that', async () => {
    const user = service.identities.user.identity.getPrincipal().toText();
    const id = Principal.selfAuthenticating(new Uint8Array([4, 5, 6])).toText();
    await run('agents', 'add', id, '--name', 'Granted', '--scope', 'granted_users');
    const terms = ['--types', 'GitHub', '--permissions', 'read', '--expires', '2100-01-01'];
    expect(await printed('grants', 'add', user, id, ...terms)).toBe(`${id} may act for ${user}.`);
    const [grant] = (await json('grants', user)) as readonly object[];
    expect(grant).toMatchObject({ agent: id, agent_types: ['GitHub'], permissions: ['read'] });
    expect(await printed('grants', 'list', user)).toMatch(/^AGENT +PERMISSIONS +EXPIRES +TYPES\n/);
    await expect(run('grants', 'add', user, id, ...as('agent'))).rejects.toThrow();
    expect(await json('grants', 'remove', user, id)).toEqual({ user_id: user, agent: id });
    expect(await json('grants', user)).toEqual([]);
    expect(await json('grants', 'add', user, id)).toEqual({ user_id: user, agent: id });
    expect(await printed('grants', 'remove', user, id)).toBe(`${id} has no grant of ${user} any more.`);
  });

  it('refreshes a token', async () => {
    await work('dora');
    const account = ['dora', '--type', 'GitHub'];
    const begun = await run('refresh', 'begin', ...account);
    expect(begun.output).toBe(`{"refresh_token":"${TOKEN}"}`);
    const [, fencing = ''] = /--fencing (\d+)/.exec(begun.errors) ?? [];
    const complete = ['refresh', 'complete', ...account, '--fencing', fencing];
    await expect(run(...complete)).rejects.toThrow('Give the new token');
    const file = join(setupFolder(), 'token');
    writeFileSync(file, 'gho_new\n');
    expect(await printed(...complete, '--token-file', file)).toBe('The new token is stored.');
    const { credentials } = await agent.leaseAgentCredentials({
      userId: 'dora',
      agentType: 'GitHub',
      purpose: 'test',
    });
    expect(credentials.token).toBe('gho_new');
    const again = (await json('refresh', 'begin', ...account)) as { fencing: string };
    const failed = ['refresh', 'complete', ...account, '--fencing', again.fencing, '--failed', '503'];
    expect(await json(...failed)).toEqual({ user_id: 'dora', agent_type: 'GitHub' });
  });

  it('chooses events by time and number', async () => {
    await work('eve');
    const all = (await json('events', '--user', 'eve')) as { id: string; timestamp: string }[];
    expect(all.length).toBeGreaterThan(1);
    expect(await json('events', '--user', 'eve', '--limit', '1')).toEqual(all.slice(-1));
    const number = String(Number(`0x${all[0]?.id.slice(8)}`));
    const from = ['events', '--user', 'eve', '--after', number];
    expect(await json(...from, '--limit', '1')).toEqual(all.slice(1, 2));
    expect(await json('events', '--from', '2100-01-01')).toEqual([]);
    expect(await json('events', '--until', '2001-01-01')).toEqual([]);
    expect(await json('events', '--user', 'eve', '--from', '2001-01-01', '--until', '2100-01-01')).toEqual(
      all,
    );
  });

  it('exports what no page can hold as well', async () => {
    const text = '\u0001'.repeat(256 * 1024);
    await agent.storeInteraction({
      userId: 'fat',
      agentType: 'GitHub',
      message: text,
      response: text,
      success: true,
      metadata: '"m"',
    });
    const projectIds: [string, string][] = Array.from({ length: 256 }, (_, i) => [
      `${i}`,
      '\u0001'.repeat(512),
    ]);
    await agent.storeCredentials({
      userId: 'fat',
      agentType: 'Gmail',
      account: 'work',
      token: TOKEN,
      projectIds,
    });
    const raw = await (await clientOf(service, 'admin')).exportUser({ userId: 'fat' });
    expect(raw.page).toContain('"omitted"');
    const pages = (await json('export', 'fat')) as { part: string; records?: object[] }[];
    expect(JSON.stringify(pages)).not.toContain('omitted');
    expect(pages.find(({ part }) => part === 'interactions')?.records).toMatchObject([
      { message: text, response: text, metadata: '"m"' },
    ]);
    expect(pages).toContainEqual(
      expect.objectContaining({
        credentials: [expect.objectContaining({ project_ids: projectIds })] as unknown,
      }),
    );
  });
});
