import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LocalService, startLocalService } from '../../../src/cli/local/local-service.ts';
import { readModule } from '../../../src/cli/project.ts';
import { AgentServiceClient } from '../../../src/client/index.ts';

/** A folder that is removed when the test ends. */
export function setupFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'agent-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The local network with the service on it, as `npm start` has it, until the test ends. */
export async function setupLocalService(): Promise<LocalService & { readonly directory: string }> {
  const directory = setupFolder();
  const service = await startLocalService({
    directory,
    host: '127.0.0.1',
    port: 0,
    exactPort: true,
    module: readModule(),
    progress: { step: (_title, work) => work(), line: () => undefined },
  });
  onTestFinished(() => service.close());
  return { ...service, directory };
}

/** A client of the local service that calls as one of the development identities. */
export function clientOf(
  { url, canisterId, identities, rootKey }: LocalService,
  role: keyof LocalService['identities'] = 'agent',
): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host: url,
    canisterId,
    identity: identities[role].identity,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
  });
}
