import { IC_ROOT_KEY } from '@dfinity/agent';
import type { Command } from 'commander';
import { decodeAuditLog, verifyAuditLog } from '../../client/index.ts';
import { CommandError } from '../command-error.ts';
import { readExactText } from '../exact-text.ts';
import { readNetworkFile } from '../local/network-file.ts';
import { DEFAULT_DIRECTORY } from '../project.ts';
import { readHex } from './read-hex.ts';

interface VerifyOptions {
  readonly network: string;
  readonly rootKey?: Uint8Array;
  readonly directory: string;
}

/** `verify-log`: proves that a copy of the audit log is complete and unchanged, without any network. */
export function addVerifyLogCommand(program: Command): void {
  program
    .command('verify-log')
    .description('prove that a downloaded audit log is complete and unchanged; needs no network')
    .argument('<file>', 'a log that "audit-log" wrote')
    .option('--network <name>', 'whose certificate it has: local or ic', 'local')
    .option('--root-key <hex>', "the network's public key, DER, in the place of --network", readHex)
    .option('--directory <path>', 'folder of the local network', DEFAULT_DIRECTORY)
    .action(verifyLog);
}

async function verifyLog(file: string, options: VerifyOptions): Promise<void> {
  const log = decodeAuditLog(await readExactText(file, 'the log'));
  const report = await verifyAuditLog(log, options.rootKey ?? rootKeyOf(options));
  const certifiedAt = new Date(Number(report.certifiedAt / 1_000_000n)).toISOString();
  console.log(`The log of ${log.canisterId.toText()} is complete and unchanged.`);
  console.log(`  Entries    ${report.firstIndex} to ${report.lastIndex}`);
  console.log(`  Contents   ${report.shown} shown, ${report.withheld} withheld, ${report.erased} erased`);
  console.log(`  Certified  ${certifiedAt}`);
}

function rootKeyOf({ network, directory }: VerifyOptions): Uint8Array {
  if (network === 'ic') return new Uint8Array(Buffer.from(IC_ROOT_KEY, 'hex'));
  const local = network === 'local' ? readNetworkFile(directory) : undefined;
  if (local === undefined) {
    throw new CommandError(
      'Name the network whose certificate the log has: --network ic, or --root-key HEX.',
    );
  }
  return new Uint8Array(Buffer.from(local.root_key, 'hex'));
}
