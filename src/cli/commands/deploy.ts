import { resolve } from 'node:path';
import type { Principal } from '@dfinity/principal';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { deployCanister } from '../deployment/deploy-canister.ts';
import type { ServiceSetup } from '../deployment/init-argument.ts';
import { findTarget } from '../deployment/target.ts';
import { CANISTER_IDS, DEFAULT_DIRECTORY, readModule, START } from '../files/project.ts';
import { findPlace, type PlaceOptions } from '../networks/place.ts';
import { readNetwork, readPath } from '../options/read-place.ts';
import { readPrincipal } from '../options/read-principal.ts';
import { readRootKey } from '../options/read-root-key.ts';
import { terminalProgress } from '../terminal/progress.ts';

interface DeployOptions extends PlaceOptions, ServiceSetup {
  readonly canister?: Principal;
  readonly cycles: bigint;
  readonly force?: boolean;
}

/** What a new canister gets on the Internet Computer: creation takes 0.5 T, the rest runs it for months. */
const DEFAULT_CYCLES = 2_000_000_000_000n;
/** More than there are. */
const MAX_CYCLES_DIGITS = 30;

/** `deploy`: installs or upgrades the service on any network. */
export function addDeployCommand(program: Command): void {
  program
    .command('deploy')
    .description('install the service on a network, or upgrade it there')
    .option(
      '--network <name>',
      `local (started by "${START}"), ic, or the URL of a network`,
      readNetwork,
      'local',
    )
    .option(
      '--identity <file>',
      'PEM of the identity that controls the canister; on local the admin by default',
    )
    .option(
      '--canister <id>',
      'an existing canister, instead of the one deployed before or a new one',
      readPrincipal,
    )
    .option(
      '--owner <principal>',
      'the first admin; by default the identity, for a new service',
      readNamedPrincipal,
    )
    .option('--agents <principals...>', 'agents to register, besides the existing ones', addPrincipal)
    .addOption(
      new Option('--cycles <number>', 'cycles for a new canister on ic')
        .argParser(readCycles)
        // Named, since the help writes JSON, which has no bigints.
        .default(DEFAULT_CYCLES, '2_000_000_000_000'),
    )
    .option(
      '--root-key <hex>',
      "the network's public key, DER; by default the Internet Computer's, or fetched from a network on this machine",
      readRootKey,
    )
    .option(
      '--force',
      'upgrade even if the module is the same: this clears what earlier calls left in the memory of the canister',
    )
    .option('--directory <path>', 'folder of the local network', readPath, DEFAULT_DIRECTORY)
    .option('--canister-ids <file>', 'file with the ids of deployed canisters', readPath, CANISTER_IDS)
    .action(deploy);
}

async function deploy(options: DeployOptions): Promise<void> {
  const progress = terminalProgress();
  const place = await findPlace({ ...options, directory: resolve(options.directory) });
  const target = await findTarget(place);
  const { canisterId, change } = await progress.step(
    `Agent Service on ${options.network}`,
    () =>
      deployCanister({
        agent: target.agent,
        module: readModule(),
        setup: { owner: options.owner, agents: options.agents },
        canisterId: options.canister ?? place.canisterId,
        force: options.force,
        create: async () => {
          const created = await target.createCanister(options.cycles);
          // Kept before anything is installed: the canister may be paid for.
          place.keep(created);
          return created;
        },
      }),
    (deployment) => deployment.change,
  );
  place.keep(canisterId);
  progress.line();
  progress.line(`  Network   ${place.network === 'ic' ? 'the Internet Computer' : place.network}`);
  progress.line(`  Canister  ${canisterId.toText()} (${change})`);
  progress.line(`  Caller    ${place.identity.getPrincipal().toText()}`);
}

/** The service has no use for who is anonymous: that is anybody. */
function readNamedPrincipal(text: string): Principal {
  const principal = readPrincipal(text);
  if (!principal.isAnonymous()) return principal;
  throw new InvalidArgumentError(
    'It must be a principal of somebody, such as an agent, not the anonymous one.',
  );
}

function addPrincipal(text: string, before: readonly Principal[] | undefined): readonly Principal[] {
  return [...(before ?? []), readNamedPrincipal(text)];
}

function readCycles(text: string): bigint {
  const digits = text.replaceAll('_', '');
  if (!/^\d[\d_]*$/.test(text) || digits.length > MAX_CYCLES_DIGITS || BigInt(digits) === 0n)
    throw new InvalidArgumentError('It must be a whole number of cycles from 1, such as 2_000_000_000_000.');
  return BigInt(digits);
}
