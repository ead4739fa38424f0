import type { Command } from 'commander';
import type { Role } from '../local/development-identities.ts';
import { CANISTER_IDS, DEFAULT_DIRECTORY } from '../project.ts';
import { readHex } from './read-hex.ts';
import { readPrincipal } from './read-principal.ts';

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

/** Adds the options of a command that calls a deployed service as somebody; `role` as in `findIdentity`. */
export function addCallerOptions(command: Command, role: Role): Command {
  return addServiceOptions(command).option(
    '--identity <file>',
    `PEM of the identity that calls; on local the ${role} unless told`,
  );
}
