import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AgentServiceClient, downloadAuditLog, encodeAuditLog } from '../../client/index.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { requireNetwork } from '../service/require-network.ts';
import { type CallerOptions, findIdentity, findService } from '../service/service-place.ts';

interface AuditLogOptions extends CallerOptions {
  readonly output: string;
}

/** `audit-log`: downloads the audit log, for `verify-log`. */
export function addAuditLogCommand(program: Command): void {
  addCallerOptions(program.command('audit-log'), 'admin')
    .description('download the audit log, with the contents that the caller may see')
    .requiredOption('--output <file>', 'the output file')
    .action(downloadLog);
}

async function downloadLog({ output, ...options }: AuditLogOptions): Promise<void> {
  const identity = await findIdentity(options, 'admin');
  const place = findService(options);
  await requireNetwork(place.host);
  const client = await AgentServiceClient.create({ ...place, identity });
  const log = await downloadAuditLog(client);
  writeFileSync(output, encodeAuditLog(log));
  console.log(`${log.entries.length} entries in ${output}`);
}
