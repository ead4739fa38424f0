import type { Command } from 'commander';
import { AgentServiceClient } from '../../client/index.ts';
import {
  countUnsealed,
  type SealingReport,
  type SealingRun,
  sealStored,
  type Unsealed,
} from '../../client/resealing/seal-stored.ts';
import { addIdentityOptions } from '../options/service-options.ts';
import { JSON_OPTION, printJson } from '../output/print-answers.ts';
import { sealingProgress } from '../sealing/sealing-progress.ts';
import { requireNetwork } from '../service/require-network.ts';
import type { AnswerOptions } from '../service/service-caller.ts';
import { findIdentity, findService } from '../service/service-place.ts';

/** Where what is sealed now is still in clear. */
const LEFT_TO_DO = `Tokens that were in clear still are in older copies. Left to do:
- the canister's memory has texts of earlier calls: run "agent-service deploy --force" as a controller
- snapshots: take a new one after that, and delete older ones ("agent-service snapshots")
- copies that you cannot delete, such as backups: rotate the tokens at their providers`;

interface SealOptions extends AnswerOptions {
  readonly all?: boolean;
}

/** `seal`: seals tokens that are stored in clear, or for recipients of the past. */
export function addSealCommand(program: Command): void {
  const command = addIdentityOptions(program.command('seal'), 'agent')
    .description('seal stored tokens that are in clear, or for recipients of the past; can be run again')
    .argument('[user]', 'the user_id')
    .option('--all', 'those of every user')
    .option(...JSON_OPTION)
    .action(async (user: string | undefined, options: SealOptions) => {
      if ((user === undefined) !== (options.all === true))
        command.error('error: name a user, or give --all for every user');
      await seal(user, options);
    });
}

async function seal(user: string | undefined, options: SealOptions): Promise<void> {
  const identity = await findIdentity(options, 'agent');
  const place = findService(options);
  await requireNetwork(place.host);
  const client = await AgentServiceClient.create({ ...place, identity, sealing: 'manual' });
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  // The second one ends the command at once.
  process.once('SIGINT', stop);
  const progress = sealingProgress();
  const run: SealingRun = {
    filter: user === undefined ? undefined : { userId: user },
    signal: stopped.signal,
    ...progress,
  };
  try {
    const report = await sealStored(client, run);
    progress.end();
    const remaining = stopped.signal.aborted ? undefined : await countUnsealed(client, run);
    print(options, report, remaining);
  } finally {
    process.removeListener('SIGINT', stop);
    client.close();
  }
}

/** `remaining`: undefined where the run was stopped. */
function print({ json }: SealOptions, report: SealingReport, remaining: number | undefined): void {
  const { sealed } = report;
  const [skipped, failed] = [report.skipped.map(told), report.failed.map(told)];
  if (failed.length > 0 || remaining === undefined) process.exitCode = 1;
  if (json) {
    printJson({ sealed, skipped, failed, remaining: remaining ?? null });
    return;
  }
  for (const { name, why } of skipped) console.error(`skipped: ${name}: ${why}`);
  for (const { name, why } of failed) console.error(`failed: ${name}: ${why}`);
  console.log(`Sealed: ${sealed}. Skipped: ${skipped.length}. Failed: ${failed.length}.`);
  console.log(
    remaining === undefined
      ? 'It was stopped. Run it again to seal the rest.'
      : `Accounts and sessions that remain in clear or stale, as far as this identity sees them: ${remaining}.`,
  );
  if (sealed > 0) console.log(LEFT_TO_DO);
}

/** An account or a session by its name, and why it is not sealed. */
function told({ secrets: { userId, agentType, account, sessionId }, error: { message: why } }: Unsealed) {
  if (sessionId !== undefined) return { name: `session ${sessionId} of ${userId}`, why };
  return { name: `${agentType}${account === undefined ? '' : ` ${account}`} of ${userId}`, why };
}
