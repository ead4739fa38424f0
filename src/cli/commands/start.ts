import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { interrupted } from '../interrupted.ts';
import { startLocalService } from '../local/local-service.ts';
import { networkFilePath } from '../local/network-file.ts';
import { snippets } from '../local/snippets.ts';
import { terminalProgress } from '../progress.ts';
import { DEFAULT_DIRECTORY, readModule } from '../project.ts';

/** Where dfx has its local network, too, so that its commands find this one. */
const DEFAULT_PORT = 4943;

interface StartOptions {
  readonly host: string;
  readonly port?: number;
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
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--directory <path>', 'folder for state, identities and network.json', DEFAULT_DIRECTORY)
    .action(start);
}

async function start({ host, port, directory: path }: StartOptions): Promise<void> {
  const directory = resolve(path);
  const progress = terminalProgress();
  const service = await startLocalService({
    directory,
    host,
    port: port ?? DEFAULT_PORT,
    exactPort: port !== undefined,
    module: readModule(),
    progress,
  });
  const end = interrupted();
  const { url, rootKey, canisterId, identities } = service;
  progress.line();
  progress.line(`  Network       ${url}`);
  progress.line(`  Canister      ${canisterId}`);
  progress.line(`  Root key      ${rootKey.slice(0, 24)}… (whole in network.json)`);
  for (const [role, { identity, path: pem }] of Object.entries(identities)) {
    progress.line(`  ${role.padEnd(13)} ${identity.getPrincipal().toText()}  ${pem}`);
  }
  progress.line(`  For programs  ${networkFilePath(directory)}`);
  progress.line();
  progress.line('To copy (terminal, Python, TypeScript):');
  for (const snippet of snippets({ url, canisterId, agentPem: identities.agent.path })) {
    progress.line();
    progress.line(snippet);
  }
  progress.line();
  progress.line('Press Ctrl-C to stop; the data stays.');
  await end;
  await progress.step('Saved and stopped', () => service.close());
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
