import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type AuditLog,
  AuditLogError,
  type ChainedEntry,
  decodeAuditLog,
  downloadAuditLog,
  encodeAuditLog,
  verifyAuditLog,
} from '../../src/client/index.ts';
import { setupCommand } from './support/command.ts';
import { clientOf, openLocalService } from './support/local-service.ts';

/** The same certificate is checked once: it takes some 30 ms, and thousands of logs here have the same one. */
vi.mock(import('../../src/client/audit/signed-certificate.ts'), async (load) => {
  const original = await load();
  const opened = new Map<string, ReturnType<typeof original.openCertificate>>();
  return {
    ...original,
    openCertificate: (certificate, { canisterId, rootKey }) => {
      const key = [certificate, canisterId.toUint8Array(), rootKey].map(hex).join(' ');
      const found = opened.get(key) ?? original.openCertificate(certificate, { canisterId, rootKey });
      opened.set(key, found);
      return found;
    },
  };
});

const MARKER = 'what only the user may know';

/** A log in which a user was erased, another stays, and an agent came; as an admin, the user who stays, and nobody in particular see it. */
async function setupLogs() {
  const service = await openLocalService();
  const [agent, admin, user] = await Promise.all([
    clientOf(service),
    clientOf(service, 'admin'),
    clientOf(service, 'user'),
  ]);
  const userId = service.identities.user.identity.getPrincipal().toText();
  for (const each of [userId, 'leaver']) {
    await agent.createAgentSession({ userId: each, agentType: 'GitHub' });
    await agent.logAgentActivity({
      userId: each,
      agentType: 'Asana',
      activityType: 'TaskCreated',
      description: MARKER,
      metadata: '{"task":"Überblick"}',
    });
  }
  await admin.eraseUser('leaver');
  await admin.addAgent({ agent: Principal.fromText('aaaaa-aa'), name: 'another' });
  const rootKey = new Uint8Array(Buffer.from(service.rootKey, 'hex'));
  const logs = {
    admin: await downloadAuditLog(admin),
    user: await downloadAuditLog(user),
    agent: await downloadAuditLog(agent),
  };
  return { service, logs, rootKey };
}

let logs: Record<'admin' | 'user' | 'agent', AuditLog>;
let expected: { readonly canisterId: string; readonly rootKey: Uint8Array };
let directory: string;

describe('the audit log', () => {
  beforeAll(async () => {
    const { service, ...setup } = await setupLogs();
    logs = setup.logs;
    expected = { canisterId: service.canisterId, rootKey: setup.rootKey };
    directory = service.directory;
    return () => service.close();
  });

  it('is proved to be complete, whoever downloads it; each sees what they may', async () => {
    const total = logs.admin.entries.length;
    expect(await verifyAuditLog(logs.admin, expected)).toMatchObject({
      shown: total - 2,
      withheld: 0,
      erased: 2,
    });
    expect(await verifyAuditLog(logs.agent, expected)).toMatchObject({
      shown: 2,
      withheld: total - 4,
      erased: 2,
    });
    expect(await verifyAuditLog(logs.user, expected)).toMatchObject({
      shown: 2,
      withheld: total - 4,
      erased: 2,
    });
    expect(logs.admin.entries.map(({ content }) => content?.kind)).toEqual([
      ...['AdminAdded', 'AgentAdded'],
      ...['SessionCreated', 'TaskCreated'],
      ...[undefined, undefined, 'UserErased', 'AgentAdded'],
    ]);
    expect(encodeAuditLog(logs.agent)).toContain(MARKER);
  });

  it('comes back from its text as it was', () => {
    expect(decodeAuditLog(encodeAuditLog(logs.admin))).toEqual(logs.admin);
  });

  it('is refused when one byte of it is another, and the message says where', async () => {
    const lines = encodeAuditLog(logs.admin).trimEnd().split('\n');
    for (const [number, line] of lines.entries()) {
      // Every byte of the entries, and of the certificate one in a hundred: each is a signature to check.
      for (let at = 0; at < line.length; at += number === 0 ? 101 : 1) {
        const changed = line.slice(0, at) + String.fromCharCode(line.charCodeAt(at) ^ 1) + line.slice(at + 1);
        const text = lines.with(number, changed).join('\n');
        const where = number === 0 ? /certificate|line 1/ : new RegExp(`entry \\d+|line ${number + 1}`);
        const outcome = await verify(text).catch((error: unknown) => error);
        expect(outcome, changed).toBeInstanceOf(AuditLogError);
        expect(outcome, changed).toHaveProperty('message', expect.stringMatching(where) as string);
      }
    }
  });

  const cases: [string, (entries: readonly ChainedEntry[]) => ChainedEntry[], RegExp][] = [
    ['without its first entry', (entries) => entries.slice(1), /^entry 2: the chain breaks/],
    [
      'without one in the middle',
      (entries) => entries.toSpliced(3, 1),
      /^entry 4: the log goes on with entry 5/,
    ],
    ['without its last entry', (entries) => entries.slice(0, -1), /certificate is of another log/],
    ['without any', () => [], /no entries/],
    ['in another order', (entries) => swapped(entries), /^entry 3: the log goes on with entry 4/],
    [
      'with one twice',
      (entries) => entries.toSpliced(3, 0, entries[2] ?? none()),
      /^entry 4: the log goes on/,
    ],
  ];
  for (const [what, change, message] of cases) {
    it(`is refused ${what}`, async () => {
      const changed = { ...logs.admin, entries: change(logs.admin.entries) };
      await expect(verifyAuditLog(changed, expected)).rejects.toThrow(message);
    });
  }

  it('is refused when it is joined from two', async () => {
    const other = await setupLogs();
    onTestFinished(() => other.service.close());
    const entries = [...logs.admin.entries.slice(0, 4), ...other.logs.admin.entries.slice(4)];
    await expect(verifyAuditLog({ ...logs.admin, entries }, expected)).rejects.toThrow(
      /^entry 5: the chain breaks/,
    );
    const stranger = { ...logs.admin, certificate: other.logs.admin.certificate };
    await expect(verifyAuditLog(stranger, expected)).rejects.toThrow('the certificate does not verify');
    await expect(verifyAuditLog(logs.admin, { ...expected, rootKey: other.rootKey })).rejects.toThrow(
      'the certificate does not verify',
    );
  });

  it('is refused when content was erased of which no entry tells', async () => {
    const without = (at: number, erasedBy: bigint) =>
      verifyAuditLog(
        {
          ...logs.admin,
          entries: logs.admin.entries.map((e, i) => (i === at ? { ...e, content: undefined, erasedBy } : e)),
        },
        expected,
      );
    await expect(without(2, 7n)).rejects.toThrow('entry 3: entry 7 does not tell of its erasure');
    await expect(without(2, 8n)).rejects.toThrow('entry 3: entry 8 does not tell of its erasure');
    await expect(without(2, 1n)).rejects.toThrow('entry 3: entry 1, which is to tell of its erasure');
  });

  it('is downloaded and verified in a terminal', async () => {
    const file = join(directory, 'log.jsonl');
    const verifyFile = (code: number, ...args: string[]) =>
      printed(code, 'verify-log', file, '--directory', directory, ...args);
    expect(await printed(0, 'audit-log', '--directory', directory, '--output', file)).toContain(
      `${logs.admin.entries.length} entries in ${file}\n`,
    );
    expect(await verifyFile(0)).toContain('is complete and unchanged.\n  Entries    1 to 8\n');
    const report = JSON.parse(
      await verifyFile(0, '--complete', '--max-age', '1h', '--extends', file, '--json'),
    );
    expect(report).toMatchObject({
      verdict: 'proven',
      doubts: [],
      withheld: 0,
      erased: 2,
      extends_index: '8',
    });
    writeFileSync(file, encodeAuditLog(logs.admin).replace('another', 'somebody'));
    expect(await verifyFile(1)).toBe('entry 8: the content is not what its commitment binds\n');
    writeFileSync(file, encodeAuditLog(logs.admin));
    const ofIc = ['--network', 'ic', '--canister', expected.canisterId];
    expect(await verifyFile(1, ...ofIc)).toContain('does not verify');
    expect(await verifyFile(1, '--network', 'ic')).toContain('Name its canister: --canister ID.');
    expect(await verifyFile(2, '--max-age', 'soon')).toContain('A duration is such as 90s');
  });

  it('verifier trusts the file: what is not all proven, or of another service, has its own exit code', async () => {
    const file = join(directory, 'agents-log.jsonl');
    const verifyFile = (code: number, ...args: string[]) =>
      printed(code, 'verify-log', file, '--directory', directory, ...args);
    writeFileSync(file, encodeAuditLog(logs.agent));
    const told = await verifyFile(3);
    expect(told).toContain('is unchanged, but not all of it is proven:\n');
    expect(told).toContain(`  - the contents of ${logs.agent.entries.length - 4} entries are withheld\n`);
    expect(JSON.parse(await verifyFile(3, '--json'))).toMatchObject({
      verdict: 'partly_proven',
      doubts: ['contents_withheld', 'erasures_unproven'],
      erased_unproven: 2,
    });
    expect(await verifyFile(1, '--complete')).toContain('it is not complete: the contents of');
    expect(await verifyFile(1, '--canister', 'aaaaa-aa')).toBe(
      `the log is of the service ${expected.canisterId}, and not of aaaaa-aa\n`,
    );
    const refused = JSON.parse(await verifyFile(1, '--canister', 'aaaaa-aa', '--json'));
    expect(refused).toMatchObject({ verdict: 'refused', reason: 'canister', index: null });
  });

  it.each([
    ['a directory', undefined, 'cannot be read'],
    ['bytes that are not UTF-8', new Uint8Array([0xff, 0xfe]), 'the file is not UTF-8'],
    ['nothing', '', 'line 1: the file is empty'],
    ['a line of 20 MB', '9'.repeat(20_000_000), 'line 1: it is longer than'],
    ['brackets', '['.repeat(1_000_000), 'line 1: it is no JSON object'],
  ])('verifier trusts the file: %s is refused in one line', async (_what, content, message) => {
    const file = join(directory, 'hostile.jsonl');
    if (content !== undefined) writeFileSync(file, content);
    const output = await printed(
      1,
      'verify-log',
      content === undefined ? directory : file,
      '--directory',
      directory,
    );
    expect(output).toContain(message);
    expect(output).toMatch(/^[^\n]+\n$/);
  });

  it('refuses expectations of wrong types, such as the key alone that earlier versions took', async () => {
    const given = (value: unknown) => verifyAuditLog(logs.admin, value as never);
    await expect(given(expected.rootKey)).rejects.toThrow('canisterId is missing');
    await expect(given({ ...expected, canisterId: 'x' })).rejects.toThrow('canisterId must be the id');
    await expect(given({ ...expected, rootKey: 'x' })).rejects.toThrow('rootKey must be');
    await expect(given({ ...expected, maxAge: 3600 })).rejects.toThrow('maxAge must be a bigint');
  });
});

/** What a command printed that ends with the code. */
async function printed(code: number, ...args: string[]): Promise<string> {
  const command = setupCommand(...args);
  expect(await command.exit(), command.output).toBe(code);
  return command.output;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

async function verify(text: string): Promise<unknown> {
  return verifyAuditLog(decodeAuditLog(text), expected);
}

function swapped(entries: readonly ChainedEntry[]): ChainedEntry[] {
  return entries.map((entry, i) => (i === 2 ? entries[3] : i === 3 ? entries[2] : entry) ?? entry);
}

function none(): never {
  throw new AuditLogError('the log is shorter than the test', 'format');
}
