import { resolve } from 'node:path';
import type { Command } from 'commander';
import { interrupted } from '../interrupted.ts';
import type { LocalGateway } from '../local/local-gateway.ts';
import { networkFilePath, readNetworkFile, writeNetworkFile } from '../local/network-file.ts';
import { DASHBOARD_PORT, DEFAULT_PORT, GATEWAY_PORT } from '../local/ports.ts';
import { httpSnippet, snippets } from '../local/snippets.ts';
import { terminalProgress } from '../progress.ts';
import { DEFAULT_DIRECTORY, readModule } from '../project.ts';
import { readPort } from './read-port.ts';

interface StartOptions {
  readonly host: string;
  readonly port?: number;
  readonly gatewayPort?: number;
  readonly dashboardPort?: number;
  readonly identityProvider?: string;
  readonly directory: string;
}

/** `start`: the local network with the service on it, until it is interrupted. */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('start the local network and deploy the service to it; Ctrl-C stops it and keeps its data')
    .option(
      '--port <number>',
      `port to listen on, 0 for any (default: ${DEFAULT_PORT} or the next free one)`,
      readPort,
    )
    .option(
      '--gateway-port <number>',
      `port of the HTTP gateway, 0 for any (default: ${GATEWAY_PORT} or the next free one)`,
      readPort,
    )
    .option(
      '--dashboard-port <number>',
      `port of the dashboard, 0 for any (default: ${DASHBOARD_PORT} or the next free one)`,
      readPort,
    )
    .option(
      '--identity-provider <url>',
      "Internet Identity that people sign in to the dashboard with (default: the Internet Computer's)",
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--directory <path>', 'folder for state, identities and network.json', DEFAULT_DIRECTORY)
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const { host, port, gatewayPort, dashboardPort, identityProvider, directory: path } = options;
  const directory = resolve(path);
  const progress = terminalProgress();
  // Loaded here, so that the other commands begin a second sooner.
  const { startLocalService } = await import('../local/local-service.ts');
  const { startLocalGateway } = await import('../local/local-gateway.ts');
  const { startLocalDashboard } = await import('../local/local-dashboard.ts');
  const service = await startLocalService({
    directory,
    host,
    port: port ?? DEFAULT_PORT,
    exactPort: port !== undefined,
    module: readModule(),
    progress,
  });
  const gateway = await progress
    .step('Gateway', () => startLocalGateway(service, { directory, host, port: gatewayPort }))
    .catch(async (error: unknown) => {
      await service.close();
      throw error;
    });
  noteGateway(directory, gateway);
  const dashboard = await progress
    .step('Dashboard', () =>
      startLocalDashboard(service, {
        directory,
        host,
        port: dashboardPort,
        identityProvider,
      }),
    )
    .catch(async (error: unknown) => {
      await gateway.close();
      await service.close();
      throw error;
    });
  const end = interrupted();
  const { url, rootKey, canisterId, identities } = service;
  progress.line();
  progress.line(`  Dashboard     ${dashboard.url}`);
  progress.line(`  Network       ${url}`);
  progress.line(`  Gateway       ${gateway.url}  (API key: ${gateway.agentKey})`);
  progress.line(`  Canister      ${canisterId}`);
  progress.line(`  Root key      ${rootKey.slice(0, 24)}… (whole in network.json)`);
  for (const [role, { identity, path: pem }] of Object.entries(identities)) {
    progress.line(`  ${role.padEnd(13)} ${identity.getPrincipal().toText()}  ${pem}`);
  }
  progress.line(`  For programs  ${networkFilePath(directory)}`);
  progress.line();
  progress.line('To copy (terminal, Python, TypeScript, HTTP):');
  const toCopy = [...snippets({ url, canisterId, agentPem: identities.agent.path }), httpSnippet(gateway)];
  for (const snippet of toCopy) {
    progress.line();
    progress.line(snippet);
  }
  progress.line();
  progress.line('Press Ctrl-C to stop; the data stays.');
  await end;
  await dashboard.close();
  await gateway.close();
  await progress.step('Saved and stopped', () => service.close());
}

function noteGateway(directory: string, { url, agentKey }: LocalGateway): void {
  const file = readNetworkFile(directory);
  if (file !== undefined) writeNetworkFile(directory, { ...file, gateway_url: url, agent_key: agentKey });
}
