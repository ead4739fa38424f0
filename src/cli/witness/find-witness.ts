import { Principal } from '@dfinity/principal';
import type { ServiceOptions } from '../service/service-place.ts';
import { CommandError } from '../terminal/command-error.ts';
import { FileWitness } from './file-witness.ts';
import { ServiceWitness } from './service-witness.ts';
import { WebhookWitness } from './webhook-witness.ts';
import type { Witness } from './witness.ts';

/** What a person says of a witness that is a service. */
export interface WitnessOptions extends ServiceOptions {
  readonly witnessNetwork?: string;
  readonly witnessRootKey?: Uint8Array;
  readonly witnessIdentity?: string;
  readonly witnessUser: string;
}

/** The witness of a name: a URL, `canister:ID`, or the path of a file. Throws a `CommandError` where it can be none. */
export function findWitness(name: string, options: WitnessOptions): Witness {
  if (name.startsWith('canister:')) return serviceWitness(name.slice('canister:'.length), options);
  if (/^https?:\/\//i.test(name)) return new WebhookWitness(urlOf(name));
  return new FileWitness(name);
}

function serviceWitness(id: string, options: WitnessOptions): Witness {
  const { witnessNetwork, witnessRootKey, witnessIdentity, witnessUser } = options;
  return new ServiceWitness({
    network: witnessNetwork ?? options.network,
    canister: principalOf(id),
    directory: options.directory,
    canisterIds: options.canisterIds,
    user: witnessUser,
    ...(witnessRootKey === undefined ? {} : { rootKey: witnessRootKey }),
    ...(witnessIdentity === undefined ? {} : { identity: witnessIdentity }),
  });
}

function principalOf(id: string): Principal {
  try {
    return Principal.fromText(id);
  } catch (cause) {
    throw new CommandError(`"${id}" is not the id of a canister. Name the witness as canister:ID.`, {
      cause,
    });
  }
}

function urlOf(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new CommandError('The witness is not a valid URL.', { cause });
  }
}
