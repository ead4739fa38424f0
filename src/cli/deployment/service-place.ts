import type { Principal } from '@dfinity/principal';
import type { ServicePlace } from '../../gateway/callers/callers.ts';
import { CommandError } from '../command-error.ts';
import { localNetworkFile } from '../local/network-file.ts';
import { findCanisterId } from './canister-ids.ts';
import { parseNetwork } from './place.ts';

/** What a person says of where the service is. */
export interface ServiceOptions {
  /** `local`, `ic` or a URL. */
  readonly network: string;
  readonly canister?: Principal;
  readonly rootKey?: Uint8Array;
  /** The folder of the local network. */
  readonly directory: string;
  readonly canisterIds: string;
}

/** Where the service is. Throws a `CommandError` where it was not deployed there. */
export function findService(options: ServiceOptions): ServicePlace {
  const network = parseNetwork(options.network);
  if (network === 'local') {
    const local = localNetworkFile(options.directory);
    return {
      host: local.replica_url,
      canisterId: local.canister_id,
      rootKey: new Uint8Array(Buffer.from(local.root_key, 'hex')),
    };
  }
  const canisterId = options.canister ?? findCanisterId(options.canisterIds, network);
  if (canisterId === undefined) {
    throw new CommandError(`The service was not deployed to ${network} from here. Name it: --canister ID.`);
  }
  return {
    host: network === 'ic' ? undefined : network,
    canisterId: canisterId.toText(),
    rootKey: options.rootKey,
  };
}
