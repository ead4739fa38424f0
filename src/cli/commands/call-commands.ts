import type { Command } from 'commander';
import { NotFoundError } from '../../client/errors.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import { serviceMethod } from '../../json-interface/methods/service-method.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { FIELD_COLUMNS, fieldRows, showTime } from '../output/columns.ts';
import { JSON_OPTION, printJson, printTable } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';
import { CALL_COMMANDS, type CallCommand } from './call-table.ts';

/** What names a record that a call changed. */
const NAMES = ['user_id', 'agent_type', 'account', 'session_id'];

/** A command with commands of its own. */
interface CallGroup {
  readonly command: Command;
  /** What it does unless told. */
  readonly list: Command;
}

/** Adds a command with all that can be done with records of a kind; unless told, it lists them. */
export function addCallGroup(program: Command, name: CallCommand['group']): CallGroup {
  const group = program.command(name).description(`list ${name}, and do with them what an agent does`);
  const list = group.command('list', { isDefault: true });
  for (const each of CALL_COMMANDS.filter((command) => command.group === name)) {
    const command = addCallerOptions(group.command(each.name), 'agent')
      .description(each.description)
      .argument(`<${each.about.replace('_id', '')}>`, `the ${each.about}`)
      .option(...JSON_OPTION)
      .action((about: string, options: AnswerOptions & JsonObject) => call(each, about, options));
    for (const { option } of each.options) command.addOption(option);
  }
  return { command: group, list };
}

async function call(
  { about, method, options: fields, prints }: CallCommand,
  subject: string,
  options: AnswerOptions & JsonObject,
): Promise<void> {
  const given: Record<string, unknown> = { [about]: subject };
  for (const { field, option, read = (value: unknown) => value } of fields) {
    given[field] = await read(options[option.attributeName()]);
  }
  const caller = await findCaller(options, 'agent');
  const shown = prints.kind === 'token' ? serviceMethod(method) : tokenlessMethod(method);
  print(prints, { given, answer: await caller.call(shown, given), json: options.json === true });
}

function print(
  prints: CallCommand['prints'],
  { given, answer, json }: { given: JsonObject; answer: unknown; json: boolean },
): void {
  switch (prints.kind) {
    case 'id':
      if (json) printJson({ [prints.field]: answer });
      else console.log(answer);
      return;
    case 'sentence':
      if (json) printJson(Object.fromEntries(NAMES.flatMap((name) => named(name, given[name]))));
      else console.log(prints.text);
      return;
    case 'record':
      if (answer === null) throw new NotFoundError('there is no such record');
      if (json) printJson(answer);
      // By the interface it is a record.
      else printTable(FIELD_COLUMNS, fieldRows(answer as JsonObject));
      return;
    case 'token': {
      if (json) return printJson(answer);
      // By the interface a lease has credentials. The token alone, so that a script can take it.
      const { credentials, lease_until } = answer as { credentials: JsonObject; lease_until: string };
      console.log(credentials['token']);
      console.error(`It may be used until ${showTime(lease_until)}.`);
    }
  }
}

function named(name: string, value: unknown): readonly [string, unknown][] {
  return value === undefined ? [] : [[name, value]];
}
