import { type Command, Option } from 'commander';
import { SEALING_POLICIES } from '../../client/values/sealing-policy.ts';
import { CANISTER_IDS, DEFAULT_DIRECTORY, START } from '../files/project.ts';
import type { Role } from '../networks/development-identities.ts';
import { readNetwork, readPath } from './read-place.ts';
import { readPrincipal } from './read-principal.ts';
import { readRootKey } from './read-root-key.ts';
import { readSeconds } from './read-seconds.ts';

/** Adds the options of a command that calls a deployed service. */
export function addServiceOptions(command: Command): Command {
  return command
    .option(
      '--network <name>',
      `local (started by "${START}"), ic, or the URL of a network`,
      readNetwork,
      'local',
    )
    .option('--canister <id>', 'the canister of the service, if it was not deployed from here', readPrincipal)
    .option(
      '--root-key <hex>',
      "the network's public key, DER; by default that of local, else of the Internet Computer",
      readRootKey,
    )
    .option('--directory <path>', 'folder of the local network and the API keys', readPath, DEFAULT_DIRECTORY)
    .option('--canister-ids <file>', 'file with the ids of deployed canisters', readPath, CANISTER_IDS);
}

/** Adds the options of a command that calls a deployed service as somebody; `role` as in `findIdentity`. */
export function addCallerOptions(command: Command, role: Role): Command {
  return addSealingOption(addIdentityOptions(command, role));
}

/** The same, of a command that has one way to handle tokens. */
export function addIdentityOptions(command: Command, role: Role): Command {
  return addTimeoutOption(addServiceOptions(command)).option(
    '--identity <file>',
    `PEM of the identity that calls; on local the ${role} by default`,
  );
}

/** Adds whether tokens are sealed and opened. */
export function addSealingOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--sealing <policy>',
      'tokens: auto seals and opens them, require takes none in clear, manual leaves them as they are',
    )
      .choices(SEALING_POLICIES)
      .default('auto'),
  );
}

/** Adds how long a call may take. */
export function addTimeoutOption(command: Command): Command {
  return command.option(
    '--timeout <seconds>',
    'time for the network to answer a call (default: 60)',
    readSeconds,
  );
}
