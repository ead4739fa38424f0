import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import type { AgentServiceClient } from '../../src/client/index.ts';
import { clientOf, type OpenService, openLocalService } from './support/local-service.ts';

let service: OpenService;
let agent: AgentServiceClient;

beforeAll(async () => {
  service = await openLocalService();
  agent = await clientOf(service);
  return () => service.close();
});

/** What `agent-service snapshots …` prints. */
async function snapshots(...words: readonly string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    const where = ['--directory', service.directory];
    await (await createProgram()).parseAsync(['snapshots', ...words, ...where], { from: 'user' });
    return log.mock.calls.map((call) => call.join(' ')).join('\n');
  } finally {
    log.mockRestore();
  }
}

const listed = async () => JSON.parse(await snapshots('list', '--json')) as { snapshot_id: string }[];
const sessionsOf = async (userId: string) => (await agent.getAgentStatus(userId)).totalSessions;

describe('snapshots at the terminal', () => {
  it('bring the service back to what it was, and can be listed, replaced and deleted', async () => {
    expect(await listed()).toEqual([]);
    await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    const first = await snapshots('take');
    await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub' });

    expect(await snapshots('restore', first, '--yes')).toBe(`The service is back at snapshot ${first}.`);
    expect(await sessionsOf('alice')).toBe(1);
    // It runs again.
    await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    expect(await sessionsOf('alice')).toBe(2);

    const second = await snapshots('take', '--replace', first);
    expect(await listed()).toMatchObject([{ snapshot_id: second, taken_at: expect.any(String) as string }]);
    await snapshots('delete', second, '--yes');
    expect(await listed()).toEqual([]);
  });

  it('start the service again where there is no such snapshot', async () => {
    const id = `${'0'.repeat(15)}9${'0'.repeat(18)}`;
    await expect(snapshots('restore', id, '--yes')).rejects.toMatchObject({ kind: 'CallRejected' });
    expect(await sessionsOf('nobody')).toBe(0);
    await agent.createAgentSession({ userId: 'bob', agentType: 'GitHub' });
  });

  it.each(['restore', 'delete'])('ask before %s', async (word) => {
    await expect(snapshots(word, '00')).rejects.toThrow(/Add --yes/);
  });

  it('are for controllers alone', async () => {
    const { path } = service.identities.agent;
    await expect(snapshots('take', '--identity', path)).rejects.toMatchObject({ kind: 'CallRejected' });
  });
});
