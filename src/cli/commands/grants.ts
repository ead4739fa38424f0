import type { Principal } from '@dfinity/principal';
import { type Command, Option } from 'commander';
import { AGENT_TYPES, PERMISSIONS, readTime } from '../options/filters.ts';
import { readPrincipal } from '../options/read-principal.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { long, text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printRecords } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

interface AddOptions extends AnswerOptions {
  readonly types?: readonly string[];
  readonly permissions?: readonly string[];
  readonly expires?: string;
}

const COLUMNS = [
  text('AGENT', 'agent'),
  text('PERMISSIONS', 'permissions'),
  time('EXPIRES', 'expires_at'),
  long('TYPES', 'agent_types'),
];

/** `grants`: what a user allows agents that act for those users alone who granted it. */
export function addGrantsCommand(program: Command): void {
  const grants = program
    .command('grants')
    .description('list, add and withdraw the grants of a user to agents');
  const add = (name: string, role: 'admin' | 'user', isDefault = false) =>
    addCallerOptions(grants.command(name, { isDefault }), role)
      .argument('<user>', 'the user_id')
      .option(...JSON_OPTION);
  add('list', 'admin', true).description('list the grants of a user').action(list);
  add('add', 'user')
    .description('let an agent act for a user, with all its rights unless options limit them')
    .argument('<agent>', 'its principal', readPrincipal)
    .addOption(new Option('--types <types...>', 'the agent types that it may act for').choices(AGENT_TYPES))
    .addOption(new Option('--permissions <permissions...>', 'its permissions').choices(PERMISSIONS))
    .option('--expires <time>', 'until when, a local time such as 2026-12-31', readTime)
    .action(grant);
  add('remove', 'user')
    .description('withdraw the grant of an agent for a user')
    .argument('<agent>', 'its principal', readPrincipal)
    .action(withdraw);
}

async function list(user: string, options: AnswerOptions): Promise<void> {
  const caller = await findCaller(options);
  const answer = await caller.call(tokenlessMethod('list_grants'), { user_id: user });
  printRecords(options, COLUMNS, answer);
}

async function grant(user: string, principal: Principal, options: AddOptions): Promise<void> {
  const agent = principal.toText();
  const { types, permissions, expires } = options;
  const terms = { agent_types: types, permissions, expires_at: expires };
  const caller = await findCaller(options, 'user');
  await caller.call(tokenlessMethod('grant_agent'), { user_id: user, agent, ...terms });
  printDone(options, { user_id: user, agent }, `${agent} may act for ${user}.`);
}

async function withdraw(user: string, principal: Principal, options: AnswerOptions): Promise<void> {
  const agent = principal.toText();
  const caller = await findCaller(options, 'user');
  await caller.call(tokenlessMethod('withdraw_agent'), { user_id: user, agent });
  printDone(options, { user_id: user, agent }, `${agent} has no grant of ${user} any more.`);
}
