import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readModule } from '../../../src/cli/files/project.ts';
import { type LocalService, startLocalService } from '../../../src/cli/local/local-service.ts';
import { networkFacts } from '../../../src/cli/local/network-facts.ts';
import { writeNetworkFile } from '../../../src/cli/networks/network-file.ts';
import { AgentServiceClient, type SealingPolicy } from '../../../src/client/index.ts';

/** A folder that is removed when the test ends. */
export function setupFolder(): string {
  const { path, remove } = openFolder();
  onTestFinished(remove);
  return path;
}

/** A folder that the caller removes. */
export function openFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'agent-service-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type OpenService = LocalService & { readonly directory: string };

/** The local network with the service on it, as `npm start` has it, until the test ends. */
export async function setupLocalService(): Promise<OpenService> {
  const service = await openLocalService();
  onTestFinished(() => service.close());
  return service;
}

/** As `setupLocalService`, for a service that the caller closes. */
export async function openLocalService(): Promise<OpenService> {
  const { path: directory, remove } = openFolder();
  const service = await openServiceIn(directory, readModule());
  const close = async () => {
    await service.close();
    remove();
  };
  return { ...service, directory, close };
}

/** The local network of a folder with this module of the service on it, and the machine's clock unless told; the caller closes it. */
export async function openServiceIn(
  directory: string,
  module: Uint8Array,
  clock?: () => bigint,
  port = 0,
): Promise<LocalService> {
  const service = await startLocalService({
    directory,
    host: '127.0.0.1',
    port,
    exactPort: true,
    module,
    clock,
    progress: { step: (_title, work) => work(), line: () => undefined },
  });
  writeNetworkFile(directory, networkFacts(service));
  return service;
}

/** A client of the local service that calls as one of the development identities. */
export function clientOf(
  { url, canisterId, identities, rootKey }: LocalService,
  role: keyof LocalService['identities'] = 'agent',
  sealing?: SealingPolicy,
): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host: url,
    canisterId,
    identity: identities[role].identity,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
    sealing,
  });
}
