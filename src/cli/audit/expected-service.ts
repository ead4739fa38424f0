import { Principal } from '@dfinity/principal';
import { notedService } from '../networks/network-file.ts';
import { parseNetwork } from '../networks/place.ts';
import { findService, type ServiceOptions } from '../service/service-place.ts';
import { CommandError } from '../terminal/command-error.ts';

/** Whose log a file has to be, and by which network's word. */
export interface ExpectedService {
  readonly canisterId: Principal;
  /** DER; the Internet Computer's where it is undefined. */
  readonly rootKey: Uint8Array | undefined;
}

/**
 * The service that a person means, without asking a network: by its id and key, or as the folder knows it. Throws a `CommandError` where one of
 * them is not known; a file's own word does not count.
 */
export function expectedService(options: ServiceOptions): ExpectedService {
  const { canister, rootKey, network, directory } = options;
  if (canister !== undefined && rootKey !== undefined) return { canisterId: canister, rootKey };
  if (network === 'local') {
    const noted = notedService(directory);
    if (noted === undefined) {
      throw new CommandError(
        'Name the service and its network: --canister ID with --network ic or --root-key HEX. There is no local network in this folder.',
      );
    }
    return {
      canisterId: canister ?? Principal.fromText(noted.canisterId),
      rootKey: rootKey ?? new Uint8Array(Buffer.from(noted.rootKey, 'hex')),
    };
  }
  const place = findService(options);
  const key = rootKey ?? place.rootKey;
  if (key === undefined && parseNetwork(network) !== 'ic') {
    throw new CommandError(`The public key of ${network} is unknown. Name it: --root-key HEX.`);
  }
  return { canisterId: Principal.fromText(place.canisterId), rootKey: key };
}
