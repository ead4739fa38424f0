import type { Command } from 'commander';
import { serviceMethod } from '../../json-interface/methods/service-method.ts';
import { readExactText } from '../files/exact-text.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { showTime, text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printJson, printRecords } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

const COLUMNS = [text('USER', 'user_id'), time('LINKED', 'linked_at')];

/** `links`: which user_ids a principal owns, and how one becomes its own. */
export function addLinksCommand(program: Command): void {
  const links = program
    .command('links')
    .description('list the user_ids of the caller, and link and unlink them');
  addCallerOptions(links.command('list', { isDefault: true }), 'user')
    .description('list the user_ids that the caller owns')
    .option(...JSON_OPTION)
    .action(list);
  addCallerOptions(links.command('create'), 'agent')
    .description('make and print a code that makes its user the owner of a user_id')
    .argument('<user>', 'the user_id')
    .option(...JSON_OPTION)
    .action(create);
  addCallerOptions(links.command('redeem'), 'user')
    .description('redeem a code, and become the owner of its user_id')
    .argument('<code>', 'the code, - for standard input')
    .option(...JSON_OPTION)
    .action(redeem);
  addCallerOptions(links.command('unlink'), 'user')
    .description('unlink a user_id from its owner; its records stay')
    .argument('<user>', 'the user_id')
    .option(...JSON_OPTION)
    .action(unlink);
}

async function list(options: AnswerOptions): Promise<void> {
  const answer = await (await findCaller(options, 'user')).call(tokenlessMethod('list_my_users'), {});
  printRecords(options, COLUMNS, answer);
}

async function create(user: string, options: AnswerOptions): Promise<void> {
  const caller = await findCaller(options, 'agent');
  // The method answers so, by the interface.
  const answer = (await caller.call(serviceMethod('create_link_code'), { user_id: user })) as {
    readonly code: string;
    readonly expires_at: string;
  };
  if (options.json) {
    printJson(answer);
    return;
  }
  console.log(answer.code);
  // Beside the code, so that a script takes the code alone.
  console.error(`It can be redeemed once, until ${showTime(answer.expires_at)}.`);
}

async function redeem(given: string, options: AnswerOptions): Promise<void> {
  const code = given === '-' ? (await readExactText('-', 'code')).trim() : given;
  const answer = await (await findCaller(options, 'user')).call(tokenlessMethod('redeem_link_code'), {
    code,
  });
  if (options.json) {
    printJson(answer);
    return;
  }
  // The method answers so, by the interface.
  console.log(`${(answer as { user_id: string }).user_id} now belongs to the caller.`);
}

async function unlink(user: string, options: AnswerOptions): Promise<void> {
  await (await findCaller(options, 'user')).call(tokenlessMethod('unlink_user'), { user_id: user });
  printDone(options, { user_id: user }, `${user} is linked to nobody.`);
}
