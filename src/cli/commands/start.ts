import { resolve } from 'node:path';
import type { Command } from 'commander';
import { isLoopback } from '../../client/network/loopback.ts';
import { DEFAULT_DIRECTORY, readModule } from '../files/project.ts';
import { makeUsableFolder } from '../files/usable-folder.ts';
import { DASHBOARD_PORT, DEFAULT_PORT, GATEWAY_PORT } from '../listening/ports.ts';
import { printNetwork } from '../local/print-network.ts';
import { httpSnippet, snippets } from '../local/snippets.ts';
import { networkFilePath } from '../networks/network-file.ts';
import { readAddress, readPath, readUrl } from '../options/read-place.ts';
import { readPort } from '../options/read-port.ts';
import { interrupted } from '../terminal/interrupted.ts';
import { terminalProgress } from '../terminal/progress.ts';

interface StartCommandOptions {
  readonly host: string;
  readonly gatewayHost?: string;
  readonly dashboardHost?: string;
  readonly port?: number;
  readonly gatewayPort?: number;
  readonly dashboardPort?: number;
  readonly identityProvider?: string;
  readonly detach?: boolean;
  readonly directory: string;
}

const DETACH = '--detach';

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
      readUrl,
    )
    .option('--host <address>', 'address that the network listens on', readAddress, '127.0.0.1')
    .option(
      '--gateway-host <address>',
      'address that the HTTP gateway listens on (default: that of --host)',
      readAddress,
    )
    .option(
      '--dashboard-host <address>',
      'address that the dashboard listens on (default: that of --host)',
      readAddress,
    )
    .option(
      '--directory <path>',
      'folder for state, identities and network.json',
      readPath,
      DEFAULT_DIRECTORY,
    )
    .option(DETACH, 'run in the background; the command ends when everything answers')
    .action(start);
}

async function start(options: StartCommandOptions): Promise<void> {
  const directory = resolve(options.directory);
  makeUsableFolder(directory);
  if (options.detach === true) return startInBackground(directory);
  const { host, port, gatewayPort, dashboardPort, identityProvider } = options;
  const { gatewayHost = host, dashboardHost = host } = options;
  const progress = terminalProgress();
  // Loaded here, so that the help does not wait for it.
  const { startAll } = await import('../local/start-all.ts');
  const parts = await startAll({
    directory,
    host,
    port: port ?? DEFAULT_PORT,
    exactPort: port !== undefined,
    module: readModule(),
    progress,
    gateway: { host: gatewayHost, port: gatewayPort },
    dashboard: { host: dashboardHost, port: dashboardPort, identityProvider },
  });
  const { service, gateway, dashboardUrl } = parts;
  const failed = new AbortController();
  const end = interrupted(failed.signal);
  await parts.publish().catch((error: unknown) => {
    failed.abort();
    throw error;
  });
  const { url, rootKey, canisterId, identities } = service;
  progress.line();
  progress.line(`  Dashboard     ${dashboardUrl}`);
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
  await progress.step('Saved and stopped', () => parts.close());
}

/** Starts it in a process of its own, with the words of this one, and says where it is. */
async function startInBackground(directory: string): Promise<void> {
  const { startDetached } = await import('../local/start-detached.ts');
  const words = process.argv.slice(3).filter((word) => word !== DETACH);
  const { file, log } = await startDetached(directory, words);
  printNetwork(directory, file);
  console.log(`  Log           ${log}`);
  console.log(`\nIt runs in the background. Stop it with "agent-service stop".`);
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
  const warnings = opened
    .filter(([, address]) => !isLoopback(address))
    .map(
      ([part, address, what]) =>
        `Warning: the ${part} listens on ${address}. Whoever reaches it there ${what}.`,
    );
  if (!isLoopback(dashboardHost) && isLoopback(host)) {
    warnings.push(
      `Warning: the dashboard listens on ${dashboardHost}, and the network on ${host}: browsers on other machines open the dashboard, but do not reach the network. Add --host ${dashboardHost}.`,
    );
  }
  return warnings;
}
