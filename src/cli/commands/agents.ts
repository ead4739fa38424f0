import type { Principal } from '@dfinity/principal';
import { type Command, Option } from 'commander';
import { AGENT_TYPES, PERMISSIONS, readTime, SCOPES } from '../options/filters.ts';
import { readPrincipal } from '../options/read-principal.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { long, text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printRecords } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

interface AddOptions extends AnswerOptions {
  readonly name: string;
  readonly types?: readonly string[];
  readonly permissions?: readonly string[];
  readonly scope?: string;
  readonly expires?: string;
}

export const AGENT_COLUMNS = [
  text('AGENT', 'agent'),
  text('NAME', 'name'),
  text('SCOPE', 'scope'),
  text('PERMISSIONS', 'permissions'),
  time('EXPIRES', 'expires_at'),
  long('TYPES', 'agent_types'),
];

/** `agents`: who may call the service. */
export function addAgentsCommand(program: Command): void {
  const agents = program.command('agents').description('list, add and remove agents');
  const add = (command: Command) => addCallerOptions(command, 'admin').option(...JSON_OPTION);
  add(agents.command('list', { isDefault: true }))
    .description('list the agents and their rights')
    .action(list);
  add(agents.command('add'))
    .description('register an agent, with every right unless options limit them')
    .argument('<principal>', 'the agent', readPrincipal)
    .requiredOption('--name <text>', 'a name for people')
    .addOption(new Option('--types <types...>', 'the agent types that it may act for').choices(AGENT_TYPES))
    .addOption(new Option('--permissions <permissions...>', 'its permissions').choices(PERMISSIONS))
    .addOption(new Option('--scope <scope>', 'all users, or only users who granted it').choices(SCOPES))
    .option('--expires <time>', 'until when, a local time such as 2026-12-31', readTime)
    .action(addAgent);
  add(agents.command('remove'))
    .description('remove an agent')
    .argument('<principal>', 'who called', readPrincipal)
    .action(remove);
}

async function list(options: AnswerOptions): Promise<void> {
  const answer = await (await findCaller(options)).call(tokenlessMethod('list_agents'), {});
  printRecords(options, AGENT_COLUMNS, answer);
}

async function addAgent(principal: Principal, options: AddOptions): Promise<void> {
  const { name, types, permissions, scope, expires } = options;
  const agent = principal.toText();
  const terms = { agent_types: types, permissions, scope, expires_at: expires };
  await (await findCaller(options)).call(tokenlessMethod('add_agent'), { agent, name, ...terms });
  printDone(options, { agent }, `${agent} may call the service.`);
}

async function remove(principal: Principal, options: AnswerOptions): Promise<void> {
  const agent = principal.toText();
  await (await findCaller(options)).call(tokenlessMethod('remove_agent'), { agent });
  printDone(options, { agent }, `${agent} may call the service no more.`);
}
