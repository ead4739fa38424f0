import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { AgentServiceClient, downloadAuditLog, encodeAuditLog } from '../../client/index.ts';
import { CommandError } from '../command-error.ts';
import { findPlace, type PlaceOptions } from '../deployment/place.ts';
import { CANISTER_IDS, DEFAULT_DIRECTORY } from '../project.ts';
import { readHex } from './read-hex.ts';

interface AuditLogOptions extends PlaceOptions {
  readonly output: string;
}

/** `audit-log`: downloads the audit log, for `verify-log`. */
export function addAuditLogCommand(program: Command): void {
  program
    .command('audit-log')
    .description('download the audit log, with what the caller may see of it')
    .requiredOption('--output <file>', 'where it is written')
    .option('--network <name>', 'local (started by "npm start"), ic, or the URL of a network', 'local')
    .option('--identity <file>', 'PEM of the identity that asks; on local the admin unless told')
    .option('--root-key <hex>', "the network's public key, DER; the Internet Computer's unless told", readHex)
    .option('--directory <path>', 'folder of the local network', DEFAULT_DIRECTORY)
    .option('--canister-ids <file>', 'where the ids of deployed canisters are kept', CANISTER_IDS)
    .action(downloadLog);
}

async function downloadLog(options: AuditLogOptions): Promise<void> {
  const place = await findPlace({ ...options, directory: resolve(options.directory) });
  const { network, identity, rootKey, canisterId } = place;
  if (canisterId === undefined)
    throw new CommandError(`The service is not known to be on ${options.network}.`);
  const host = network === 'ic' ? {} : { host: network };
  const trust = rootKey === undefined ? {} : { rootKey };
  const client = await AgentServiceClient.create({ ...host, ...trust, canisterId, identity });
  const log = await downloadAuditLog(client);
  writeFileSync(options.output, encodeAuditLog(log));
  console.log(`${log.entries.length} entries in ${options.output}`);
}
