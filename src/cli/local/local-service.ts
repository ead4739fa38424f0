import { join } from 'node:path';
import type { HttpAgent, Identity } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { NetworkAgent } from '../../client/network/network-agent.ts';
import { checkOffset } from '../../client/network/proven-time.ts';
import { Network } from '../../replica/network.ts';
import { describeRecovery } from '../../replica/recovery.ts';
import { type Deployment, deployCanister } from '../deployment/deploy-canister.ts';
import { FIRST_SUBNET, ManagementCanister } from '../deployment/management-canister.ts';
import { listenOnFreePort } from '../listening/free-port.ts';
import {
  type DevelopmentIdentity,
  developmentIdentities,
  type Role,
} from '../networks/development-identities.ts';
import { noteCanister, notedCanister, noteRootKey, removeNetworkFile } from '../networks/network-file.ts';
import { CommandError } from '../terminal/command-error.ts';
import type { Progress } from '../terminal/progress.ts';
import { fund } from './fund.ts';

/** How the local network is started. */
export interface LocalOptions {
  /** Keeps its state and its identities. */
  readonly directory: string;
  readonly host: string;
  readonly port: number;
  /** Another port is no good. */
  readonly exactPort: boolean;
  readonly module: Uint8Array;
  readonly progress: Progress;
  /** The machine's clock, ns since 1970; for tests. */
  readonly clock?: (() => bigint) | undefined;
}

/** The local network with the service on it. */
export interface LocalService {
  /** What the service runs on. */
  readonly network: Network;
  readonly url: string;
  /** DER in hex. */
  readonly rootKey: string;
  readonly canisterId: string;
  readonly identities: Readonly<Record<Role, DevelopmentIdentity>>;
  /** Stops it and saves its state. */
  close(): Promise<void>;
}

/**
 * Starts the network, goes on with what an earlier one of the folder left, and deploys the service to it. The network.json of an earlier start is
 * removed; the caller writes the new one, whole, when all that it tells of is there.
 */
export async function startLocalService(options: LocalOptions): Promise<LocalService> {
  const { directory, progress, clock } = options;
  const network = await progress.step('Network', () =>
    Network.open({ directory: join(directory, 'state'), clock }),
  );
  const recovered = network.recovery && describeRecovery(network.recovery);
  if (recovered !== undefined) progress.line(recovered);
  try {
    checkTime(network, directory);
    const url = await listenOnFreePort((port) => network.listen({ host: options.host, port }), {
      host: options.host,
      port: options.port,
      exact: options.exactPort,
    });
    const identities = await developmentIdentities(join(directory, 'identities'));
    const rootKey = Buffer.from(network.rootKey).toString('hex');
    const known = notedCanister(directory);
    if (known !== undefined) noteCanister(directory, known);
    noteRootKey(directory, rootKey);
    removeNetworkFile(directory);
    const { canisterId } = await progress.step(
      'Agent Service',
      () => deploy(network, url, identities, options),
      ({ change, canisterId: id }) => `${change}, ${id.toText()}`,
    );
    await fund(identities.admin.identity.getPrincipal(), url, network.rootKey);
    return {
      network,
      url,
      rootKey,
      canisterId: canisterId.toText(),
      identities,
      close: () => network.close(),
    };
  } catch (error) {
    await network.close();
    throw error;
  }
}

/** Its time never goes back, so that nobody could call a network that ran while the machine's clock was far ahead. */
function checkTime(network: Network, directory: string): void {
  try {
    checkOffset(Number(network.now() / 1_000_000n) - Date.now());
  } catch (cause) {
    const state = join(directory, 'state');
    const difference = cause instanceof Error ? cause.message : String(cause);
    throw new CommandError(
      `The network of ${state} ran while the clock was wrong: ${difference}, or remove that folder, and its data, to begin anew.`,
      { cause },
    );
  }
}

async function deploy(
  network: Network,
  url: string,
  identities: LocalService['identities'],
  { directory, module }: LocalOptions,
): Promise<Deployment> {
  const agent = await agentOf(network, url, identities.admin.identity);
  return deployCanister({
    agent,
    module,
    setup: { agents: [identities.agent.identity.getPrincipal()] },
    canisterId: knownCanister(network, directory),
    create: async () => {
      const canisterId = await new ManagementCanister(agent).createProvisionally(FIRST_SUBNET);
      noteCanister(directory, canisterId.toText());
      return canisterId;
    },
  });
}

/** The canister of an earlier start, unless the network's state was removed meanwhile. */
function knownCanister(network: Network, directory: string): Principal | undefined {
  const text = notedCanister(directory);
  if (text === undefined) return undefined;
  const id = Principal.fromText(text);
  return network.subnet.canisters.get(id.toUint8Array()) === undefined ? undefined : id;
}

function agentOf({ rootKey }: Network, host: string, identity: Identity): Promise<HttpAgent> {
  return NetworkAgent.connect({ host, identity, rootKey });
}
