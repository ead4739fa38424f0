import type { SignIdentity } from '@dfinity/agent';
import { Principal } from '@dfinity/principal';
import { readPem } from '../files/read-pem.ts';
import { CommandError } from '../terminal/command-error.ts';
import { checkNotable, findCanisterId, keepCanisterId } from './canister-ids.ts';
import { localNetworkFile } from './local-state.ts';
import { type NetworkFile, readNetworkFile } from './network-file.ts';

/** What a person says of where to deploy. */
export interface PlaceOptions {
  /** `local`, `ic` or a URL. */
  readonly network: string;
  /** The path of a PEM file. */
  readonly identity?: string | undefined;
  /** DER. */
  readonly rootKey?: Uint8Array | undefined;
  /** The folder of the local network. */
  readonly directory: string;
  /** The path of canister_ids.json. */
  readonly canisterIds: string;
}

/** Where to deploy: `ic` or the origin of a URL, as whom, and what was deployed there before. */
export interface Place {
  readonly network: string;
  readonly identity: SignIdentity;
  readonly rootKey: Uint8Array | undefined;
  readonly canisterId: Principal | undefined;
  /** Notes the canister for the next time. */
  readonly keep: (canisterId: Principal) => void;
}

/** The local network is known by what `start` wrote; for any other the caller has to say who they are. */
export async function findPlace(options: PlaceOptions): Promise<Place> {
  const local = localNetwork(options);
  if (local !== undefined) return localPlace(local, options);
  const network = parseNetwork(options.network);
  const { identity, rootKey, canisterIds } = options;
  if (identity === undefined) {
    throw new CommandError('Name the PEM file of the identity that controls the canister: --identity FILE.');
  }
  const canisterId = findCanisterId(canisterIds, network);
  checkNotable(canisterIds);
  return {
    network,
    identity: (await readPem(identity)).identity,
    rootKey,
    canisterId,
    keep: (canisterId) => keepCanisterId(canisterIds, network, canisterId),
  };
}

/**
 * The local network where the options mean it, by its name or its URL, with the root key of the options where they have one. A URL with
 * another key than the file's is another network: the file is of one that was there before. Throws a `CommandError` where the name stands
 * for none.
 */
export function localNetwork({
  network,
  directory,
  rootKey,
}: Pick<PlaceOptions, 'network' | 'directory' | 'rootKey'>): NetworkFile | undefined {
  const named = parseNetwork(network);
  const given = rootKey === undefined ? undefined : Buffer.from(rootKey).toString('hex');
  if (named === 'local') {
    // With a key of its own it may be another network, at the same place as one that was there before.
    const told = given === undefined ? undefined : readNetworkFile(directory);
    const local = told ?? localNetworkFile(directory);
    return { ...local, root_key: given ?? local.root_key };
  }
  const local = readNetworkFile(directory);
  if (local?.replica_url !== named) return undefined;
  return given === undefined || given === local.root_key ? local : undefined;
}

/** `local`, `ic` or the origin of a URL. */
export function parseNetwork(text: string): string {
  if (text === 'local' || text === 'ic') return text;
  try {
    return new URL(text).origin;
  } catch (cause) {
    throw new CommandError(`The network "${text}" is not ic, local or the URL of a network.`, { cause });
  }
}

async function localPlace(local: NetworkFile, { identity }: PlaceOptions): Promise<Place> {
  return {
    network: local.replica_url,
    identity: (await readPem(identity ?? local.admin_pem)).identity,
    rootKey: new Uint8Array(Buffer.from(local.root_key, 'hex')),
    canisterId: Principal.fromText(local.canister_id),
    // `start` creates the canister, and has noted it.
    keep: () => undefined,
  };
}
