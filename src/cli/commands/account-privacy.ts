import { Argument, type Command } from 'commander';
import { ACCOUNT, TYPE } from '../options/call-options.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { JSON_OPTION, printDone } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

interface PrivacyOptions extends AnswerOptions {
  readonly type: string;
  readonly account?: string;
}

/** `credentials private`: whether agents for every user are kept from an account. */
export function addPrivacyCommand(credentials: Command): void {
  addCallerOptions(credentials.command('private'), 'user')
    .description('keep agents for every user from an account, or let them have it again')
    .argument('<user>', 'the user_id')
    .addArgument(
      new Argument('<state>', 'on keeps them from it, off lets them have it').choices(['on', 'off']),
    )
    .addOption(TYPE.option)
    .addOption(ACCOUNT.option)
    .option(...JSON_OPTION)
    .action(setPrivacy);
}

async function setPrivacy(
  user: string,
  state: string,
  { type, account, ...options }: PrivacyOptions,
): Promise<void> {
  const caller = await findCaller(options, 'user');
  const done = { user_id: user, agent_type: type, account, is_private: state === 'on' };
  await caller.call(tokenlessMethod('set_account_privacy'), done);
  printDone(
    options,
    done,
    state === 'on'
      ? `The account is private. What was sealed before stays open to agents for every user until it is sealed again: seal ${user}.`
      : `The account is not private. Agents for every user can open what is sealed from now on: seal ${user}.`,
  );
}
