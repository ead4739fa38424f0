import type { Principal } from '@dfinity/principal';
import type { Command } from 'commander';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import {
  addNumberOptions,
  givenNumbers,
  LIMIT_NAMES,
  type NumberOptions,
  readNumber,
} from '../options/number-options.ts';
import { readPrincipal } from '../options/read-principal.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { FIELD_COLUMNS, text } from '../output/columns.ts';
import { JSON_OPTION, printDone, printJson, printRecords, printTable } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

const COLUMNS = [
  text('LIMIT', 'name'),
  text('VALUE', 'value'),
  text('DEFAULT', 'by_default'),
  text('LEAST', 'least'),
  text('MOST', 'most'),
  text('SET', 'is_set'),
];
/** The word that takes a limit back to its default. */
const DEFAULT = 'default';

/** `limits`: those of the service as a whole, and those of one agent. */
export function addLimitsCommand(program: Command): void {
  const limits = program.command('limits').description('show and set limits of the service and of agents');
  const add = (command: Command) => addCallerOptions(command, 'admin').option(...JSON_OPTION);
  add(limits.command('list', { isDefault: true }))
    .description('list the limits of the service, with their ranges')
    .action(list);
  add(limits.command('set'))
    .description('set a limit of the service')
    .argument('<name>', 'as "limits list" prints it')
    .argument('<value>', `a whole number, or "${DEFAULT}"`, (value: string) =>
      value === DEFAULT ? value : readNumber(value),
    )
    .action(set);
  add(limits.command('show-agent'))
    .description('show the limits that were set for one agent')
    .argument('<principal>', 'the agent', readPrincipal)
    .action(showAgent);
  const agent = add(limits.command('set-agent'))
    .description('set the limits of one agent; omitted ones follow the settings')
    .argument('<principal>', 'the agent', readPrincipal)
    .action(setAgent);
  addNumberOptions(agent, LIMIT_NAMES);
}

async function list(options: AnswerOptions): Promise<void> {
  const answer = await (await findCaller(options)).call(tokenlessMethod('list_service_limits'), {});
  printRecords(options, COLUMNS, answer);
}

async function set(name: string, given: string, options: AnswerOptions): Promise<void> {
  const value = given === DEFAULT ? undefined : given;
  const changes = [{ name, value }];
  await (await findCaller(options)).call(tokenlessMethod('update_service_limits'), { changes });
  printDone(options, { name, value: value ?? null }, `${name} is ${value ?? 'at its default'}.`);
}

async function showAgent(principal: Principal, options: AnswerOptions): Promise<void> {
  const agent = principal.toText();
  // The method answers a record, by the interface.
  const answer = (await (
    await findCaller(options)
  ).call(tokenlessMethod('get_agent_limits'), {
    agent,
  })) as JsonObject;
  if (options.json) {
    printJson(answer);
    return;
  }
  printTable(
    FIELD_COLUMNS,
    Object.entries(answer).map(([field, value]) => ({ field, value: value ?? 'as the settings have it' })),
  );
}

async function setAgent(principal: Principal, options: AnswerOptions & NumberOptions): Promise<void> {
  const agent = principal.toText();
  const limits = givenNumbers(options, LIMIT_NAMES);
  await (await findCaller(options)).call(tokenlessMethod('set_agent_limits'), { agent, limits });
  printDone(options, { agent, limits }, `The limits of ${agent} are set.`);
}
