import type { Command } from 'commander';
import { exportUser } from '../export/export-user.ts';
import { readCount } from '../options/filters.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { long, text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printJson, printTable } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, newestItems, tokenlessMethod } from '../service/service-caller.ts';
import { confirm, YES_OPTION } from '../terminal/confirm.ts';

const COLUMNS = [
  text('USER', 'user_id'),
  text('ACTIVE', 'active_sessions'),
  text('SESSIONS', 'total_sessions'),
  text('CREDENTIALS', 'credentials'),
  text('INTERACTIONS', 'interactions'),
  text('BYTES', 'bytes'),
  time('LAST ACTIVITY', 'last_activity'),
  long('OWNER', 'owner'),
];
/** The service answers so many users at once. */
const PAGE_LIMIT = 500;
const DEFAULT_LIMIT = 50;

/** `users`, `export` and `erase`: whom something is held about, all of it, and none of it any more. */
export function addUsersCommands(program: Command): void {
  addCallerOptions(program.command('users'), 'admin')
    .description('list users, the newest first')
    .option('--limit <number>', 'at most this many, the newest first', readCount, DEFAULT_LIMIT)
    .option(...JSON_OPTION)
    .action(list);
  addCallerOptions(program.command('export'), 'admin')
    .description('export everything that is stored about a user, without tokens, as JSON')
    .argument('<user>', 'the user_id')
    .option('--output <file>', 'the output file; by default standard output')
    .option(...JSON_OPTION)
    .action(exportUser);
  addCallerOptions(program.command('erase'), 'admin')
    .description('erase all records of a user, for good')
    .argument('<user>', 'the user_id')
    .option(...YES_OPTION)
    .option(...JSON_OPTION)
    .action(erase);
}

async function list({
  limit = DEFAULT_LIMIT,
  ...options
}: AnswerOptions & { limit?: number }): Promise<void> {
  const caller = await findCaller(options);
  const method = tokenlessMethod('list_users');
  const ask = (cursor?: string) => caller.call(method, { limit: Math.min(limit, PAGE_LIMIT), cursor });
  const items = await newestItems(ask, limit);
  if (options.json) printJson(items);
  else printTable(COLUMNS, items);
}

async function erase(
  user: string,
  { yes, ...options }: AnswerOptions & { readonly yes?: boolean },
): Promise<void> {
  await confirm(`All records of ${user} are erased for good.`, user, yes);
  await (await findCaller(options)).call(tokenlessMethod('erase_user'), { user_id: user });
  printDone(options, { user_id: user }, `All records of ${user} are erased.`);
}
