import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Icp, WHY_NO_ICP } from './support/icp.ts';
import { setupFolder, setupLocalService } from './support/local-service.ts';

const MODULE = join(import.meta.dirname, '../../.azle/agent_service/agent_service.wasm.gz');

describe('icp deploy', () => {
  it('deploys, upgrades, tops up and deletes a canister that is paid with cycles', async ({ skip }) => {
    if (WHY_NO_ICP !== undefined) skip(WHY_NO_ICP);
    const service = await setupLocalService();
    const project = setupFolder();
    copyFileSync(MODULE, join(project, 'service.wasm.gz'));
    writeFileSync(
      join(project, 'icp.yaml'),
      `canisters: [{ name: service, build: { steps: [{ type: pre-built, path: service.wasm.gz }] } }]
networks: [{ name: here, mode: connected, url: "${service.url}", root-key: "${service.rootKey}" }]
environments: [{ name: here, network: here }]
`,
    );
    const icp = new Icp(service, project);
    const { path } = service.identities.admin;
    await icp.run('identity', 'import', 'admin', '--from-pem', path, '--storage', 'plaintext');
    const run = async (...words: string[]) => (await icp.run(...words, '--identity', 'admin')).stdout;
    const environment = ['-e', 'here'];

    expect(await run('cycles', 'balance', '-n', 'here')).toContain('1_000_000_000_000_000 cycles');
    await run('deploy', ...environment);
    expect(await run('cycles', 'balance', '-n', 'here')).toContain('997_999_900_000_000 cycles');
    const agents = await run(
      'canister',
      'call',
      'service',
      'list_agents',
      '(record {})',
      '--query',
      ...environment,
    );
    expect(agents).toContain('Ok = vec {}');

    await run('deploy', ...environment);
    await run('canister', 'top-up', 'service', '--amount', '1t', ...environment);
    expect(await run('canister', 'status', 'service', ...environment)).toMatch(/\n {2}Cycles: 2_4\d\d_/);
    await run('canister', 'stop', 'service', ...environment);
    await run('canister', 'delete', 'service', ...environment);
    // What the canister had comes back.
    expect(await run('cycles', 'balance', '-n', 'here')).toMatch(/999_\d{3}_\d{3}_\d{3}_\d{3} cycles/);
  });
});
