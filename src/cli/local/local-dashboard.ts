import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AgentServiceClient } from '../../client/index.ts';
import { isLoopback } from '../../client/network/loopback.ts';
import { dashboardIdentities, registerDashboardIdentities } from '../dashboard/dashboard-identities.ts';
import { dashboardServer } from '../dashboard/dashboard-server.ts';
import { DASHBOARD_DIRECTORY } from '../files/project.ts';
import { listenOnFreePort } from '../listening/free-port.ts';
import { DASHBOARD_PORT } from '../listening/ports.ts';
import { CommandError } from '../terminal/command-error.ts';
import type { LocalService } from './local-service.ts';

/** How the dapp is served. */
export interface LocalDashboardOptions {
  /** Has the secret that the keys of development identities follow from. */
  readonly directory: string;
  readonly host: string;
  readonly port?: number | undefined;
  /** The address that the network was told to listen on; this machine's own unless told. */
  readonly networkHost?: string | undefined;
  /** URL of the Internet Identity that people sign in with; the Internet Computer's own unless told. */
  readonly identityProvider?: string | undefined;
}

/** Serves the dapp of the local service, and gives its development identities their rights. */
export async function startLocalDashboard(
  { url: host, rootKey, canisterId, identities }: LocalService,
  options: LocalDashboardOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  if (!existsSync(join(DASHBOARD_DIRECTORY, 'index.html'))) {
    throw new CommandError('The dashboard is not built. Run "npm run build:dashboard".');
  }
  // They are for who sits at this machine.
  const people = isLoopback(options.host) ? dashboardIdentities(options.directory) : [];
  const admin = await AgentServiceClient.create({
    host,
    canisterId,
    identity: identities.admin.identity,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
  });
  await registerDashboardIdentities(admin, people);
  const { identityProvider } = options;
  const config = {
    network_url: host,
    canister_id: canisterId,
    root_key: rootKey,
    ...(identityProvider === undefined ? {} : { identity_provider: identityProvider }),
    development_identities: people,
  };
  const server = dashboardServer(DASHBOARD_DIRECTORY, config, options.networkHost);
  const url = await listenOnFreePort((port) => server.listen({ host: options.host, port }), {
    host: options.host,
    port: options.port ?? DASHBOARD_PORT,
    exact: options.port !== undefined,
    option: '--dashboard-port',
  });
  return { url, close: () => server.close() };
}
