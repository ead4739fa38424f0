import { Argument, type Command, Option } from 'commander';
import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import {
  addNumberOptions,
  givenNumbers,
  LIMIT_NAMES,
  type NumberOptions,
  RETENTION_NAMES,
} from '../options/number-options.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { FIELD_COLUMNS, showTime, text } from '../output/columns.ts';
import { JSON_OPTION, printDone, printJson, printTable } from '../output/print-answers.ts';
import { keepsLess, previewRetention, type WholePreview } from '../service/retention-preview.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';
import { CommandError } from '../terminal/command-error.ts';
import { canAsk, confirm, YES_OPTION } from '../terminal/confirm.ts';

const SEALING_MODES = ['off', 'accept', 'require'];
const QUERY_TOKENS = ['first_party', 'nobody', 'everybody'];

interface SetOptions extends AnswerOptions, NumberOptions {
  readonly queryTokens?: string;
  readonly yes?: boolean;
}

/** `settings`: limits of callers and users, how long records are kept, and to whom queries show tokens. */
export function addSettingsCommand(program: Command): void {
  const settings = program
    .command('settings')
    .description('show and set limits of callers and users, how long records are kept, and who sees tokens');
  addCallerOptions(settings.command('show', { isDefault: true }), 'admin')
    .description('show the settings')
    .option(...JSON_OPTION)
    .action(show);
  const previewed = addCallerOptions(settings.command('preview-retention'), 'admin')
    .description('count what a retention, or the pending one, would remove of each user; changes nothing')
    .option(...JSON_OPTION)
    .action(preview);
  addNumberOptions(previewed, RETENTION_NAMES);
  const set = addCallerOptions(settings.command('set'), 'admin')
    .description('change settings; omitted ones stay. Asks before records are removed')
    .addOption(
      new Option('--query-tokens <who>', 'who sees tokens in queries of credentials').choices(QUERY_TOKENS),
    )
    .option(...YES_OPTION)
    .option(...JSON_OPTION)
    .action(change);
  addNumberOptions(set, RETENTION_NAMES);
  addNumberOptions(set, LIMIT_NAMES);
  addCallerOptions(settings.command('sealing'), 'admin')
    .description('set whether tokens are sealed: off, accept (clear ones are taken, too) or require')
    .addArgument(new Argument('<mode>', 'the mode').choices(SEALING_MODES))
    .option(...JSON_OPTION)
    .action(setSealing);
}

async function setSealing(sealing: string, options: AnswerOptions): Promise<void> {
  const caller = await findCaller(options);
  await caller.call(tokenlessMethod('update_sealing'), { sealing });
  printDone(options, { sealing }, SEALING_SET[sealing] ?? 'The mode is set.');
}

/** What each mode means for what comes, and for what is stored already. */
const SEALING_SET: Readonly<Record<string, string>> = {
  off: 'Clients seal no token from now on. What is sealed stays so.',
  accept: 'Clients seal tokens; tokens in clear are taken, too. "seal --all" seals what is stored.',
  require: 'Tokens in clear are refused from now on. "seal --all" seals what is stored.',
};

/** The answer of get_settings, by the interface. */
interface StoredSettings {
  readonly limits: JsonObject;
  readonly retention: JsonObject;
  readonly pending_retention: { readonly effective_at: string; readonly retention: JsonObject } | null;
  readonly query_tokens: string;
  readonly sealing: string | null;
}

async function settingsOf(caller: Caller): Promise<StoredSettings> {
  return (await caller.call(tokenlessMethod('get_settings'), {})) as StoredSettings;
}

async function show(options: AnswerOptions): Promise<void> {
  const answer = await settingsOf(await findCaller(options));
  if (options.json) {
    printJson(answer);
    return;
  }
  const { retention, limits, query_tokens, sealing, pending_retention } = answer;
  const fields = Object.entries({ ...retention, ...limits, query_tokens, sealing }).flatMap(
    ([field, value]) => {
      const pending = pending_retention?.retention[field] ?? value;
      const from = showTime(pending_retention?.effective_at);
      return pending === value
        ? [{ field, value }]
        : [
            { field, value },
            { field: `${field}, from ${from}`, value: pending },
          ];
    },
  );
  printTable(FIELD_COLUMNS, fields);
}

async function preview({ json, ...options }: AnswerOptions): Promise<void> {
  const whole = await previewRetention(await findCaller(options), givenNumbers(options, RETENTION_NAMES));
  if (json) {
    printJson(whole);
    return;
  }
  printTable(PREVIEW_COLUMNS, whole.items);
  console.log(sentenceOf(whole));
}

async function change({ queryTokens, yes, ...options }: SetOptions): Promise<void> {
  const retention = givenNumbers(options, RETENTION_NAMES);
  const limits = givenNumbers(options, LIMIT_NAMES);
  const changes = {
    ...(Object.keys(retention).length === 0 ? {} : { retention }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
    ...(queryTokens === undefined ? {} : { query_tokens: queryTokens }),
  };
  if (Object.keys(changes).length === 0) {
    throw new CommandError('Name a setting to change, such as --interactions-days 365. Nothing was changed.');
  }
  const caller = await findCaller(options);
  if (changes.retention !== undefined && yes !== true) await askFirst(caller, retention);
  await caller.call(tokenlessMethod('update_settings'), changes);
  const pending = changes.retention && (await settingsOf(caller)).pending_retention;
  if (options.json) {
    printJson({ ...changes, ...(pending && { pending_retention: pending }) });
    return;
  }
  console.log('The settings are changed.');
  if (pending) {
    const at = showTime(pending.effective_at);
    console.log(
      `What keeps less takes effect at ${at}. Until then, setting the numbers in force takes it back.`,
    );
  }
}

/** Asks before a retention is set that keeps less than the one in force, with what goes by it. */
async function askFirst(caller: Caller, retention: Readonly<Record<string, string>>): Promise<void> {
  if (!keepsLess((await settingsOf(caller)).retention, retention)) return;
  if (!canAsk()) {
    await confirm(
      'This keeps less than before: records of every user are removed for good. `settings preview-retention` counts them.',
      REMOVE,
      false,
    );
  }
  const whole = await previewRetention(caller, retention);
  const records = BigInt(whole.interactions) + BigInt(whole.activities);
  await confirm(sentenceOf(whole), records === 0n ? REMOVE : String(records), false);
}

/** What is typed where there is no number of records to type. */
const REMOVE = 'remove';

const PREVIEW_COLUMNS = [
  text('USER', 'user_id'),
  text('INTERACTIONS', 'interactions'),
  text('ACTIVITIES', 'activities'),
];

function sentenceOf({ interactions, activities, users, effective_at }: WholePreview): string {
  const when = effective_at === null ? 'At once' : `At ${showTime(effective_at)}`;
  return `${when}, ${interactions} interactions and ${activities} activities of ${users} users are removed for good.`;
}
