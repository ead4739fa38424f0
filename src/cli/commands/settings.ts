import { type Command, Option } from 'commander';
import type { JsonObject } from '../../gateway/callers/caller.ts';
import { CommandError } from '../command-error.ts';
import { confirm, YES_OPTION } from '../confirm.ts';
import { FIELD_COLUMNS } from '../tables/columns.ts';
import {
  addNumberOptions,
  givenNumbers,
  LIMIT_NAMES,
  type NumberOptions,
  RETENTION_NAMES,
} from './number-options.ts';
import {
  type AnswerOptions,
  findCaller,
  JSON_OPTION,
  printJson,
  printTable,
  tokenlessMethod,
} from './service-answers.ts';
import { addCallerOptions } from './service-options.ts';

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
  const set = addCallerOptions(settings.command('set'), 'admin')
    .description('change settings; what is left out stays')
    .addOption(
      new Option('--query-tokens <who>', 'to whom queries of credentials show tokens').choices(QUERY_TOKENS),
    )
    .option(...YES_OPTION)
    .option(...JSON_OPTION)
    .action(change);
  addNumberOptions(set, RETENTION_NAMES);
  addNumberOptions(set, LIMIT_NAMES);
}

async function show(options: AnswerOptions): Promise<void> {
  // The method answers a record of records, by the interface.
  const answer = (await (await findCaller(options)).call(tokenlessMethod('get_settings'), {})) as {
    readonly limits: JsonObject;
    readonly retention: JsonObject;
    readonly query_tokens: string;
  };
  if (options.json) {
    printJson(answer);
    return;
  }
  const fields = Object.entries({ ...answer.retention, ...answer.limits, query_tokens: answer.query_tokens });
  printTable(
    FIELD_COLUMNS,
    fields.map(([field, value]) => ({ field, value })),
  );
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
    throw new CommandError('Name what is to change, such as --interactions-days 365. Nothing was changed.');
  }
  if (Object.values(retention).some((value) => value !== '0')) {
    await confirm('Records that are older, or too many, are removed for good, of every user.', 'remove', yes);
  }
  await (await findCaller(options)).call(tokenlessMethod('update_settings'), changes);
  if (options.json) printJson(changes);
  else console.log('The settings are changed.');
}
