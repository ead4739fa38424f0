import { resolve } from 'node:path';
import type { Command } from 'commander';
import { interrupted } from '../interrupted.ts';
import { isLoopback } from '../local/loopback.ts';
import { networkFacts, networkFilePath, writeNetworkFile } from '../local/network-file.ts';
import { DASHBOARD_PORT, DEFAULT_PORT, GATEWAY_PORT } from '../local/ports.ts';
import { httpSnippet, snippets } from '../local/snippets.ts';
import { terminalProgress } from '../progress.ts';
import { DEFAULT_DIRECTORY, readModule } from '../project.ts';
import { readPort } from './read-port.ts';

interface StartOptions {
  readonly host: string;
  readonly gatewayHost?: string;
  readonly dashboardHost?: string;
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
    .option('--host <address>', 'address that the network listens on', '127.0.0.1')
    .option('--gateway-host <address>', 'address that the HTTP gateway listens on (default: that of --host)')
    .option('--dashboard-host <address>', 'address that the dashboard listens on (default: that of --host)')
    .option('--directory <path>', 'folder for state, identities and network.json', DEFAULT_DIRECTORY)
    .action(start);
}

async function start(options: StartOptions): Promise<void> {
  const { host, port, gatewayPort, dashboardPort, identityProvider, directory: path } = options;
  const { gatewayHost = host, dashboardHost = host } = options;
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
    .step('Gateway', () => startLocalGateway(service, { directory, host: gatewayHost, port: gatewayPort }))
    .catch(async (error: unknown) => {
      await service.close();
      throw error;
    });
  const dashboard = await progress
    .step('Dashboard', () =>
      startLocalDashboard(service, {
        directory,
        host: dashboardHost,
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
  writeNetworkFile(directory, {
    ...networkFacts(service),
    gateway_url: gateway.url,
    agent_key: gateway.agentKey,
    dashboard_url: dashboard.url,
  });
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
  for (const warning of openAddresses({ host, gatewayHost, dashboardHost })) {
    progress.line();
    progress.line(warning);
  }
  progress.line();
  progress.line('To copy (terminal, Python, TypeScript, HTTP):');
  const toCopy = [
    ...snippets({
      url,
      canisterId,
      agentPem: identities.agent.path,
      agent: identities.agent.identity.getPrincipal().toText(),
    }),
    httpSnippet(gateway),
  ];
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

/** What each address opens that others than this machine can reach. */
export function openAddresses({
  host,
  gatewayHost,
  dashboardHost,
}: {
  readonly host: string;
  readonly gatewayHost: string;
  readonly dashboardHost: string;
}): readonly string[] {
  const opened: readonly (readonly [part: string, address: string, what: string])[] = [
    [
      'network',
      host,
      'can call every canister, make canisters, and take cycles of the anonymous principal; the service itself still answers nobody without a right',
    ],
    ['gateway', gatewayHost, 'can call with an API key, which travels without encryption'],
    ['dashboard', dashboardHost, 'can open the dapp; the development identities are not offered then'],
  ];
  return opened
    .filter(([, address]) => !isLoopback(address))
    .map(
      ([part, address, what]) =>
        `Warning: the ${part} listens on ${address}. Whoever reaches it there ${what}.`,
    );
}
