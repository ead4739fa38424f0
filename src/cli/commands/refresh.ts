import { type Command, Option } from 'commander';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import { serviceMethod } from '../../json-interface/methods/service-method.ts';
import { ACCOUNT, EXPIRES, readSecret, TOKEN, TOKEN_DATA, TYPE } from '../options/call-options.ts';
import { readNumber } from '../options/number-options.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { showTime } from '../output/columns.ts';
import { JSON_OPTION, printJson } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';
import { CommandError } from '../terminal/command-error.ts';

interface AccountOptions extends AnswerOptions {
  readonly type: string;
  readonly account?: string;
}

interface CompleteOptions extends AccountOptions {
  readonly fencing: string;
  readonly tokenFile?: string;
  readonly tokenDataFile?: string;
  /** ns since 1970, in decimal. */
  readonly expires?: string;
  readonly failed?: string;
  readonly rejected?: string;
}

/** `refresh`: takes the grant of an account to its provider, one caller at a time, and brings what came of it. */
export function addRefreshCommand(program: Command): void {
  const refresh = program.command('refresh').description("refresh an account's token, one caller at a time");
  const add = (name: string) =>
    addCallerOptions(refresh.command(name), 'agent')
      .argument('<user>', 'the user_id')
      .addOption(TYPE.option)
      .addOption(ACCOUNT.option)
      .option(...JSON_OPTION);
  add('begin').description('reserve the refresh for two minutes, and print the OAuth grant').action(begin);
  add('complete')
    .description('store the new token, or report why there is none')
    .requiredOption('--fencing <number>', 'the number that "refresh begin" printed', readNumber)
    .addOption(TOKEN.option)
    .addOption(TOKEN_DATA.option)
    .addOption(EXPIRES.option)
    .addOption(
      new Option('--failed <reason>', 'there is no token yet; the refresh can be tried again').conflicts(
        'tokenFile',
      ),
    )
    .addOption(
      new Option('--rejected <reason>', 'the provider refuses the grant for good').conflicts([
        'tokenFile',
        'failed',
      ]),
    )
    .action(complete);
}

async function begin(user: string, { type, account, ...options }: AccountOptions): Promise<void> {
  const caller = await findCaller(options, 'agent');
  const answer = await caller.call(serviceMethod('begin_token_refresh'), {
    user_id: user,
    agent_type: type,
    account,
  });
  if (options.json) {
    printJson(answer);
    return;
  }
  // The method answers so, by the interface.
  const { credentials, fencing, deadline } = answer as {
    readonly credentials: JsonObject;
    readonly fencing: string;
    readonly deadline: string;
  };
  console.log(credentials['token_data'] ?? '');
  // Beside the grant, so that a script takes the grant alone.
  console.error(`Complete it with --fencing ${fencing}; others may begin one after ${showTime(deadline)}.`);
}

async function complete(user: string, { type, account, ...options }: CompleteOptions): Promise<void> {
  const outcome = await outcomeOf(options);
  const caller = await findCaller(options, 'agent');
  const named = { user_id: user, agent_type: type, account };
  await caller.call(tokenlessMethod('complete_token_refresh'), {
    ...named,
    fencing: options.fencing,
    outcome,
  });
  if (options.json) printJson(named);
  else console.log('refreshed' in outcome ? 'The new token is stored.' : 'The failed refresh was reported.');
}

async function outcomeOf(
  options: Pick<CompleteOptions, 'tokenFile' | 'tokenDataFile' | 'expires' | 'failed' | 'rejected'>,
): Promise<JsonObject> {
  const { tokenFile, tokenDataFile, expires, failed, rejected } = options;
  if (rejected !== undefined) return { rejected: { reason: rejected } };
  if (failed !== undefined) return { failed: { reason: failed } };
  const token = await readSecret(tokenFile, 'token');
  if (token === undefined) {
    throw new CommandError('Give the new token (--token-file FILE), --failed REASON or --rejected REASON.');
  }
  const token_data = await readSecret(tokenDataFile, 'token_data');
  return { refreshed: { token, token_data, expires_at: expires } };
}
