import type { Command } from 'commander';
import { addCallerOptions } from '../options/service-options.ts';
import { text, time } from '../output/columns.ts';
import { JSON_OPTION, printRecords } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

const COLUMNS = [
  text('TASK', 'name'),
  time('DUE', 'due_at'),
  text('TRAPS', 'traps'),
  text('SET ASIDE', 'set_aside'),
  time('STUCK SINCE', 'stuck_since'),
];

/** `tasks`: what the service does by itself, and whether something of that is stuck. */
export function addTasksCommand(program: Command): void {
  addCallerOptions(program.command('tasks'), 'admin')
    .description('show background tasks, such as retention, and which are stuck')
    .option(...JSON_OPTION)
    .action(list);
}

async function list(options: AnswerOptions): Promise<void> {
  const answer = await (await findCaller(options)).call(tokenlessMethod('list_tasks'), {});
  printRecords(options, COLUMNS, answer);
}
