import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { fillPage, type MissingRecord } from '../../client/reading/export-page.ts';
import type { Caller } from '../../json-interface/callers/caller.ts';
import { printJson } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';
import { CommandError } from '../terminal/command-error.ts';
import { omittedRecords } from './omitted-records.ts';

/** Writes the pages of docs/reference/export.md as one array, with the records that they leave out. */
export async function exportUser(
  user: string,
  { output, ...options }: AnswerOptions & { readonly output?: string },
): Promise<void> {
  const caller = await findCaller(options);
  const missing: MissingRecord[] = [];
  const pages = pagesOf(caller, user, missing);
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
  tell(missing);
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
async function* pagesOf(
  caller: Caller,
  user: string,
  missing: MissingRecord[],
): AsyncGenerator<string, void> {
  const omitted = omittedRecords(caller, { user, onMissing: (record) => missing.push(record) });
  const method = tokenlessMethod('export_user');
  for (let cursor: string | undefined; ; ) {
    // The method answers so, by the interface.
    const { page, next_cursor } = (await caller.call(method, { user_id: user, cursor })) as {
      readonly page: string;
      readonly next_cursor: string | null;
    };
    yield await fillPage(page, omitted);
    if (next_cursor === null) return;
    cursor = next_cursor;
  }
}

function tell(missing: readonly MissingRecord[]): void {
  for (const { name, why } of missing) console.error(`${name} is not whole: ${why}`);
  if (missing.length > 0) process.exitCode = 1;
}
