import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemo } from '../../../src/cli/demo/make-demo.ts';
import { readModule } from '../../../src/cli/files/project.ts';
import { type OpenService, openServiceIn } from '../../e2e/support/local-service.ts';
import { type DashboardSetup, setupDashboard } from './open-dashboard.ts';

/** As much as `npm run demo` makes unless told. */
const DEMO = { users: 30, days: 14, seed: 1 };

/** The user of the demo that belongs to Alice, who has the most of everything. */
export const ALICES = 'maya.okafor';

/** The dapp in front of a network with the data of `npm run demo`, made by the code of that command; with fewer users where they are told. */
export function setupDemo(less: { readonly users?: number } = {}): DashboardSetup {
  return setupDashboard(undefined, () => openDemo({ ...DEMO, ...less }));
}

async function openDemo(options: typeof DEMO): Promise<OpenService> {
  const directory = mkdtempSync(join(tmpdir(), 'agent-service-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    const module = readModule();
    await makeDemo({
      ...options,
      directory,
      module,
      end: BigInt(Date.now()) * 1_000_000n,
      progress: { step: (_title, work) => work(), line: () => undefined },
    });
    const service = await openServiceIn(directory, module);
    const close = async () => {
      await service.close();
      remove();
    };
    return { ...service, directory, close };
  } catch (error) {
    remove();
    throw error;
  }
}
