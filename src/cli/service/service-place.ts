import type { SignIdentity } from '@dfinity/agent';
import type { Principal } from '@dfinity/principal';
import type { SealingPolicy } from '../../client/values/sealing-policy.ts';
import type { ServicePlace } from '../../json-interface/callers/caller.ts';
import { readPem } from '../files/read-pem.ts';
import { findCanisterId } from '../networks/canister-ids.ts';
import type { Role } from '../networks/development-identities.ts';
import { localNetwork, parseNetwork } from '../networks/place.ts';
import { CommandError } from '../terminal/command-error.ts';

/** What a person says of where the service is. */
export interface ServiceOptions {
  /** `local`, `ic` or a URL. */
  readonly network: string;
  readonly canister?: Principal;
  readonly rootKey?: Uint8Array;
  /** The folder of the local network. */
  readonly directory: string;
  readonly canisterIds: string;
  /** How long a call may take, in ms. */
  readonly timeout?: number;
  /** Whether tokens are sealed and opened. */
  readonly sealing?: SealingPolicy;
}

/** What a person says of where the service is, and who calls it. */
export interface CallerOptions extends ServiceOptions {
  /** The path of a PEM file. */
  readonly identity?: string;
}

/** Where the service is. Throws a `CommandError` where it was not deployed there. */
export function findService(options: ServiceOptions): ServicePlace {
  const local = localNetwork(options);
  if (local !== undefined) {
    return {
      host: local.replica_url,
      canisterId: options.canister?.toText() ?? local.canister_id,
      rootKey: new Uint8Array(Buffer.from(local.root_key, 'hex')),
      timeoutMs: options.timeout,
      sealing: options.sealing,
    };
  }
  const network = parseNetwork(options.network);
  const canisterId = options.canister ?? findCanisterId(options.canisterIds, network);
  if (canisterId === undefined) {
    throw new CommandError(`There is no known service on ${network}. Name its canister: --canister ID.`);
  }
  return {
    host: network === 'ic' ? undefined : network,
    canisterId: canisterId.toText(),
    rootKey: options.rootKey,
    timeoutMs: options.timeout,
    sealing: options.sealing,
  };
}

/** Who calls the service: on the local network a development identity unless told. Throws a `CommandError` where nobody is named. */
export async function findIdentity(options: CallerOptions, role: Role): Promise<SignIdentity> {
  const path = options.identity ?? localNetwork(options)?.[`${role}_pem`];
  if (path === undefined)
    throw new CommandError('Name the PEM file of the identity that calls: --identity FILE.');
  return (await readPem(path)).identity;
}
