import { resolve } from 'node:path';
import type { Command } from 'commander';
import { answeringNetwork } from '../local/local-status.ts';
import { printNetwork } from '../local/print-network.ts';
import { printJson } from '../output/print-answers.ts';
import { type AnswerOptions } from '../service/service-caller.ts';
import { CommandError } from '../terminal/command-error.ts';

const PATIENCE_MS = 60_000;

interface StatusOptions extends AnswerOptions {
  readonly wait?: boolean;
}

/** What `status` takes beside the options of commands about a user: `ofUser` answers of one; without a user it is about the local network. */
export function addStatus(
  command: Command,
  ofUser: (user: string, options: AnswerOptions) => Promise<void>,
): void {
  command
    .argument('[user]', 'the user_id; without it, the local network')
    .option('--wait', 'wait until the local network answers, up to --timeout or a minute')
    .action(async (user: string | undefined, options: StatusOptions) => {
      if (user === undefined || options.wait === true) await status(options, user === undefined);
      if (user !== undefined) await ofUser(user, options);
    });
}

async function status(
  { network, directory, wait, timeout, json }: StatusOptions,
  shown: boolean,
): Promise<void> {
  if (network !== 'local') {
    throw new CommandError(
      'Name a user: "agent-service status USER". Only a local network has a status of its own, and can be waited for.',
    );
  }
  const folder = resolve(directory);
  const { file, pid } = await answeringNetwork(folder, wait === true ? (timeout ?? PATIENCE_MS) : 0);
  if (!shown) return;
  if (json === true) printJson({ ...file, pid });
  else printNetwork(folder, file);
}
