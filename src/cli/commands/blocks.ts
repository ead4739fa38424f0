import type { Principal } from '@dfinity/principal';
import type { Command } from 'commander';
import { readPrincipal } from '../options/read-principal.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printRecords } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

const COLUMNS = [text('AGENT', 'agent'), time('SINCE', 'blocked_at')];

/** `blocks`: the agents that a user has stopped, whatever else they may do. */
export function addBlocksCommand(program: Command): void {
  const blocks = program
    .command('blocks')
    .description('list the agents that a user has stopped, and stop agents for a user');
  const add = (name: string, isDefault = false) =>
    addCallerOptions(blocks.command(name, { isDefault }), 'user')
      .argument('<user>', 'the user_id')
      .option(...JSON_OPTION);
  add('list', true).description('list the agents that a user has stopped').action(list);
  add('add')
    .description('stop an agent for a user at once, whatever its rights')
    .argument('<agent>', 'its principal', readPrincipal)
    .action(change('block_agent', (agent, user) => `${agent} may do nothing for ${user} now.`));
  add('remove')
    .description('undo a block, so that the agent has its rights again')
    .argument('<agent>', 'its principal', readPrincipal)
    .action(change('unblock_agent', (agent, user) => `${agent} has its rights for ${user} again.`));
}

async function list(user: string, options: AnswerOptions): Promise<void> {
  const caller = await findCaller(options, 'user');
  const answer = await caller.call(tokenlessMethod('list_blocked_agents'), { user_id: user });
  printRecords(options, COLUMNS, answer);
}

function change(method: string, told: (agent: string, user: string) => string) {
  return async (user: string, principal: Principal, options: AnswerOptions): Promise<void> => {
    const agent = principal.toText();
    await (await findCaller(options, 'user')).call(tokenlessMethod(method), { user_id: user, agent });
    printDone(options, { user_id: user, agent }, told(agent, user));
  };
}
