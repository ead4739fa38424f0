import { describe, expect, it, onTestFinished } from 'vitest';
import { readModule } from '../../src/cli/files/project.ts';
import { startLocalService } from '../../src/cli/local/local-service.ts';
import { notedCanister } from '../../src/cli/networks/network-file.ts';
import { setupCommand } from './support/command.ts';
import { clientOf, setupFolder } from './support/local-service.ts';

describe('agent-service demo', () => {
  it('leaves a network that start goes on with, and touches none that is there', async () => {
    const directory = setupFolder();
    const demo = ['demo', '--users', '3', '--days', '2', '--directory', directory];
    const first = setupCommand(...demo);
    expect(await first.exit()).toBe(0);
    expect(first.output).toContain('li.na belongs to the development user.');
    const canisterId = notedCanister(directory);

    const again = setupCommand(...demo);
    expect([await again.exit(), again.errors]).toEqual([
      1,
      expect.stringContaining(`There is a local network in ${directory} already.`),
    ]);

    const service = await startLocalService({
      directory,
      host: '127.0.0.1',
      port: 0,
      exactPort: true,
      module: readModule(),
      progress: { step: (_title, work) => work(), line: () => undefined },
    });
    onTestFinished(() => service.close());
    expect(service.canisterId).toBe(canisterId);
    const user = await clientOf(service, 'user');
    expect((await user.listMyUsers()).map(({ userId }) => userId)).toContain('li.na');
    expect((await (await clientOf(service)).getAgentStatus('maya.okafor')).totalSessions).toBeGreaterThan(0);
  });
});
