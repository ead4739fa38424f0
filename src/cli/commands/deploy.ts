import { resolve } from 'node:path';
import type { SignIdentity } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { type Command, InvalidArgumentError } from 'commander';
import { identityFromPemFile } from '../../client/node.ts';
import { CommandError } from '../command-error.ts';
import { findCanisterId, keepCanisterId } from '../deployment/canister-ids.ts';
import { deployCanister } from '../deployment/deploy-canister.ts';
import type { ServiceSetup } from '../deployment/init-argument.ts';
import { findTarget } from '../deployment/target.ts';
import { readNetworkFile } from '../local/network-file.ts';
import { terminalProgress } from '../progress.ts';
import { CANISTER_IDS, DEFAULT_DIRECTORY, readModule } from '../project.ts';

interface DeployOptions extends ServiceSetup {
  readonly network: string;
  readonly identity?: string;
  readonly canister?: Principal;
  readonly cycles: bigint;
  readonly rootKey?: Uint8Array;
  readonly directory: string;
  readonly canisterIds: string;
}

/** What a new canister gets on the Internet Computer: creation takes 0.5 T, the rest runs it for months. */
const DEFAULT_CYCLES = 2_000_000_000_000n;

/** `deploy`: installs or upgrades the service on any network. */
export function addDeployCommand(program: Command): void {
  program
    .command('deploy')
    .description('install the service on a network, or upgrade it there')
    .option('--network <name>', 'local (started by "npm start"), ic, or the URL of a network', 'local')
    .option(
      '--identity <file>',
      'PEM of the identity that controls the canister; on local the admin unless told',
    )
    .option(
      '--canister <id>',
      'an existing canister, instead of the one deployed before or a new one',
      readPrincipal,
    )
    .option('--owner <principal>', 'who owns the service; the identity where it is new', readPrincipal)
    .option(
      '--agents <principals...>',
      'who may call the service, beside those who may already',
      addPrincipal,
    )
    .option('--cycles <number>', 'cycles for a new canister on ic', readCycles, DEFAULT_CYCLES)
    .option('--root-key <hex>', "the network's public key, DER; fetched from a URL unless told", readHex)
    .option('--directory <path>', 'folder of the local network', DEFAULT_DIRECTORY)
    .option('--canister-ids <file>', 'where the ids of deployed canisters are kept', CANISTER_IDS)
    .action(deploy);
}

async function deploy(options: DeployOptions): Promise<void> {
  const progress = terminalProgress();
  const { network, identity, rootKey } = await resolveNetwork(options);
  const target = await findTarget(network, identity, rootKey);
  const { canisterId, change } = await progress.step(
    `Agent Service on ${options.network}`,
    () =>
      deployCanister({
        agent: target.agent,
        module: readModule(),
        setup: { owner: options.owner, agents: options.agents },
        canisterId: options.canister ?? knownCanister(options, target.name),
        create: async () => {
          const created = await target.createCanister(options.cycles);
          // Kept before anything is installed: the canister may be paid for.
          keepCanisterId(options.canisterIds, target.name, created);
          return created;
        },
      }),
    (deployment) => deployment.change,
  );
  if (options.network !== 'local') keepCanisterId(options.canisterIds, target.name, canisterId);
  progress.line();
  progress.line(`  Network   ${network === 'ic' ? 'the Internet Computer' : network}`);
  progress.line(`  Canister  ${canisterId.toText()} (${change})`);
  progress.line(`  Caller    ${identity.getPrincipal().toText()}`);
}

interface Resolved {
  readonly network: string;
  readonly identity: SignIdentity;
  readonly rootKey: Uint8Array | undefined;
}

/** The local network is known by what `start` wrote; for any other the caller has to say who they are. */
async function resolveNetwork({ network, identity, rootKey, directory }: DeployOptions): Promise<Resolved> {
  if (network !== 'local') {
    if (identity === undefined) {
      throw new CommandError(
        'Name the PEM file of the identity that shall control the canister: --identity FILE.',
      );
    }
    return { network, identity: await readIdentity(identity), rootKey };
  }
  const found = readNetworkFile(resolve(directory));
  if (found === undefined) {
    throw new CommandError('There is no local network yet. Start it with "npm start" in another terminal.');
  }
  return {
    network: found.replica_url,
    identity: await readIdentity(identity ?? found.admin_pem),
    rootKey: readHex(found.root_key),
  };
}

async function readIdentity(path: string): Promise<SignIdentity> {
  try {
    return await identityFromPemFile(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(`The identity cannot be read: ${reason}.`, { cause });
  }
}

function knownCanister(
  { network, directory, canisterIds }: DeployOptions,
  target: string,
): Principal | undefined {
  if (network !== 'local') return findCanisterId(canisterIds, target);
  const text = readNetworkFile(resolve(directory))?.canister_id;
  return text === undefined ? undefined : Principal.fromText(text);
}

function readPrincipal(text: string): Principal {
  try {
    return Principal.fromText(text);
  } catch {
    throw new InvalidArgumentError('That is not a principal.');
  }
}

function addPrincipal(text: string, before: readonly Principal[] | undefined): readonly Principal[] {
  return [...(before ?? []), readPrincipal(text)];
}

function readCycles(text: string): bigint {
  if (!/^[\d_]+$/.test(text))
    throw new InvalidArgumentError('A number of cycles, such as 2_000_000_000_000.');
  return BigInt(text.replaceAll('_', ''));
}

function readHex(text: string): Uint8Array {
  if (!/^([\da-f]{2})+$/i.test(text)) throw new InvalidArgumentError('That is not hexadecimal.');
  return new Uint8Array(Buffer.from(text, 'hex'));
}
