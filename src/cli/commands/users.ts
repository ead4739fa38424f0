import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { Caller } from '../../gateway/callers/caller.ts';
import { CommandError } from '../command-error.ts';
import { confirm, YES_OPTION } from '../confirm.ts';
import { long, text, time } from '../tables/columns.ts';
import { readCount } from './filters.ts';
import {
  type AnswerOptions,
  findCaller,
  JSON_OPTION,
  newestItems,
  printJson,
  printTable,
  tokenlessMethod,
} from './service-answers.ts';
import { addCallerOptions } from './service-options.ts';

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
    .description('list those about whom something is held, the newest first')
    .option('--limit <number>', 'the newest so many at most', readCount, DEFAULT_LIMIT)
    .option(...JSON_OPTION)
    .action(list);
  addCallerOptions(program.command('export'), 'admin')
    .description('write all that is held about a user, but for tokens, as a JSON document')
    .argument('<user>', 'the user_id')
    .option('--output <file>', 'where it is written; the standard output unless told')
    .option(...JSON_OPTION)
    .action(exportUser);
  addCallerOptions(program.command('erase'), 'admin')
    .description('remove all that is held about a user, for good')
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

/** The pages of docs/export.md as one array. */
async function exportUser(
  user: string,
  { output, ...options }: AnswerOptions & { readonly output?: string },
): Promise<void> {
  const caller = await findCaller(options);
  const pages = pagesOf(caller, user);
  // A user who may not be exported is told so before a file is made.
  const first = await pages.next();
  const target = output === undefined ? process.stdout : createWriteStream(output, { mode: 0o600 });
  const failed = new Promise<never>((_resolve, reject) => {
    if (output === undefined) return;
    target.once('error', (cause: Error) =>
      reject(new CommandError(`${output} cannot be written: ${cause.message}.`)),
    );
  });
  await Promise.race([write(target, first, pages), failed]);
  if (output === undefined) return;
  target.end();
  await Promise.race([once(target, 'close'), failed]);
  if (options.json) printJson({ user_id: user, output });
  else console.log(`All that is held about ${user} is in ${output}.`);
}

async function write(
  target: Writable,
  first: IteratorResult<string, void>,
  pages: AsyncGenerator<string, void>,
): Promise<void> {
  let before = '[\n';
  for (let page = first; page.done !== true; page = await pages.next()) {
    if (!target.write(`${before}${page.value}`) && target.writable) {
      // Nobody may read any more, as after "| head".
      await Promise.race([once(target, 'drain'), once(target, 'close')]);
    }
    if (target.destroyed) return;
    before = ',\n';
  }
  target.write('\n]\n');
}

/** Each page is the text of a JSON document. */
async function* pagesOf(caller: Caller, user: string): AsyncGenerator<string, void> {
  const method = tokenlessMethod('export_user');
  for (let cursor: string | undefined; ; ) {
    // The method answers so, by the interface.
    const { page, next_cursor } = (await caller.call(method, { user_id: user, cursor })) as {
      readonly page: string;
      readonly next_cursor: string | null;
    };
    yield page;
    if (next_cursor === null) return;
    cursor = next_cursor;
  }
}

async function erase(
  user: string,
  { yes, ...options }: AnswerOptions & { readonly yes?: boolean },
): Promise<void> {
  await confirm(`All that is held about ${user} is removed for good.`, user, yes);
  await (await findCaller(options)).call(tokenlessMethod('erase_user'), { user_id: user });
  if (options.json) printJson({ user_id: user });
  else console.log(`Nothing is held about ${user} any more.`);
}
