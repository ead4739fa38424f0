import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
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
let rootKey: Uint8Array;
let directory: string;

describe('the audit log', () => {
  beforeAll(async () => {
    const { service, ...setup } = await setupLogs();
    ({ logs, rootKey } = setup);
    directory = service.directory;
    return () => service.close();
  });

  it('is proved to be complete, whoever downloads it; each sees what they may', async () => {
    const total = logs.admin.entries.length;
    expect(await verifyAuditLog(logs.admin, rootKey)).toMatchObject({
      shown: total - 2,
      withheld: 0,
      erased: 2,
    });
    expect(await verifyAuditLog(logs.agent, rootKey)).toMatchObject({
      shown: 2,
      withheld: total - 4,
      erased: 2,
    });
    expect(await verifyAuditLog(logs.user, rootKey)).toMatchObject({
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
      await expect(verifyAuditLog(changed, rootKey)).rejects.toThrow(message);
    });
  }

  it('is refused when it is joined from two', async () => {
    const other = await setupLogs();
    onTestFinished(() => other.service.close());
    const entries = [...logs.admin.entries.slice(0, 4), ...other.logs.admin.entries.slice(4)];
    await expect(verifyAuditLog({ ...logs.admin, entries }, rootKey)).rejects.toThrow(
      /^entry 5: the chain breaks/,
    );
    const stranger = { ...logs.admin, certificate: other.logs.admin.certificate };
    await expect(verifyAuditLog(stranger, rootKey)).rejects.toThrow('the certificate does not verify');
    await expect(verifyAuditLog(logs.admin, other.rootKey)).rejects.toThrow(
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
        rootKey,
      );
    await expect(without(2, 7n)).rejects.toThrow('entry 6: entry 7 does not tell of its erasure');
    await expect(without(2, 8n)).rejects.toThrow('entry 3: entry 8 does not tell of its erasure');
    await expect(without(2, 1n)).rejects.toThrow('entry 3: entry 1, which is to tell of its erasure');
  });

  it('is downloaded and verified in a terminal', async () => {
    const file = join(directory, 'log.jsonl');
    expect(await printed(0, 'audit-log', '--directory', directory, '--output', file)).toContain(
      `${logs.admin.entries.length} entries in ${file}\n`,
    );
    expect(await printed(0, 'verify-log', file, '--directory', directory)).toContain(
      'is complete and unchanged.\n  Entries    1 to 8\n',
    );
    writeFileSync(file, encodeAuditLog(logs.admin).replace('another', 'somebody'));
    expect(await printed(1, 'verify-log', file, '--directory', directory)).toContain(
      'entry 8: the content is not what its commitment binds\n',
    );
    writeFileSync(file, encodeAuditLog(logs.admin));
    expect(await printed(1, 'verify-log', file, '--network', 'ic')).toContain('does not verify');
  });
});

/** What a command printed that ends with the code. */
async function printed(code: number, ...args: string[]): Promise<string> {
  const command = setupCommand(...args);
  expect(await command.exit(), command.output).toBe(code);
  return command.output;
}

async function verify(text: string): Promise<unknown> {
  return verifyAuditLog(decodeAuditLog(text), rootKey);
}

function swapped(entries: readonly ChainedEntry[]): ChainedEntry[] {
  return entries.map((entry, i) => (i === 2 ? entries[3] : i === 3 ? entries[2] : entry) ?? entry);
}

function none(): never {
  throw new AuditLogError('the log is shorter than the test');
}
