import type { Principal } from '@dfinity/principal';
import type { Command } from 'commander';
import type { ServicePlace } from '../../gateway/callers/callers.ts';
import { CommandError } from '../command-error.ts';
import { localNetworkFile } from '../local/network-file.ts';
import { readHex, readPrincipal } from '../option-readers.ts';
import { CANISTER_IDS, DEFAULT_DIRECTORY } from '../project.ts';
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

/** Adds the options of a command that calls a deployed service. */
export function addServiceOptions(command: Command): Command {
  return command
    .option('--network <name>', 'local (started by "npm start"), ic, or the URL of a network', 'local')
    .option('--canister <id>', 'the service, where it was not deployed from here', readPrincipal)
    .option(
      '--root-key <hex>',
      "the network's public key, DER; the Internet Computer's unless told, or that of local",
      readHex,
    )
    .option('--directory <path>', 'folder of the local network and the API keys', DEFAULT_DIRECTORY)
    .option('--canister-ids <file>', 'where the ids of deployed canisters are kept', CANISTER_IDS);
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
