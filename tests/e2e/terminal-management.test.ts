import { describe, expect, it } from 'vitest';
import { Icp, WHY_NO_ICP } from './support/icp.ts';
import { clientOf, setupFolder, setupLocalService } from './support/local-service.ts';

describe('the canister at the terminal', () => {
  it('is shown, stopped, changed, and brought back to a snapshot by its controller', async ({ skip }) => {
    if (WHY_NO_ICP !== undefined) skip(WHY_NO_ICP);
    const service = await setupLocalService();
    const client = await clientOf(service);
    const icp = new Icp(service, setupFolder());
    const { path } = service.identities.admin;
    await icp.run('identity', 'import', 'admin', '--from-pem', path, '--storage', 'plaintext');
    const manage = async (...words: string[]): Promise<string> => {
      const where = ['--network', service.url, '--root-key', service.rootKey, '--identity', 'admin'];
      return (await icp.run('canister', ...words, ...where)).stdout;
    };
    const id = service.canisterId;

    expect(await manage('status', id)).toMatch(/Status: Running[\s\S]*Module hash: 0x[0-9a-f]{64}/);
    await manage('settings', 'update', id, '--freezing-threshold', '40d', '--force');
    expect(await manage('settings', 'show', id)).toContain('Freezing threshold: 3_456_000');

    const kept = await client.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    await manage('stop', id);
    await expect(client.getAgentStatus('alice')).rejects.toThrow('is stopped');
    const [, snapshot = ''] =
      /Created snapshot ([0-9a-f]+)/.exec(await manage('snapshot', 'create', id)) ?? [];
    expect(await manage('snapshot', 'list', id)).toContain(snapshot);
    await manage('start', id);

    await client.createAgentSession({ userId: 'alice', agentType: 'Gmail' });
    await manage('stop', id);
    await manage('snapshot', 'restore', id, snapshot);
    await manage('snapshot', 'delete', id, snapshot);
    await manage('start', id);
    const sessions = await client.getUserAgentSessions('alice');
    expect(sessions.map(({ sessionId }) => sessionId)).toEqual([kept]);
  });
});
