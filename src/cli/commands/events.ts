import type { Command } from 'commander';
import { pagesAfter, pagesOf } from '../../gateway/events/event-pages.ts';
import { addTypeFilter } from './filters.ts';
import { EVENT_COLUMNS, follow } from './follow.ts';
import { type ActivityFilter, eventFilter, OF_ACTIVITY } from './list-filters.ts';
import { type AnswerOptions, findCaller, JSON_OPTION, printJson, printTable } from './service-answers.ts';
import { addCallerOptions } from './service-options.ts';

interface EventsOptions extends AnswerOptions, ActivityFilter {
  readonly user?: string;
  readonly follow?: boolean;
}

/** `events`: the activities of every user in the order in which they came, up to now or as they come. */
export function addEventsCommand(program: Command): void {
  const command = addCallerOptions(program.command('events'), 'admin')
    .description('list the activities of all users, oldest first, or follow them')
    .option('--user <user>', 'of one user alone')
    .addOption(OF_ACTIVITY.option)
    .option(...JSON_OPTION)
    .option('--follow', 'print those that come from now on, with --json a line each; Ctrl-C stops it')
    .action(list);
  addTypeFilter(command);
}

async function list(options: EventsOptions): Promise<void> {
  const caller = await findCaller(options);
  const filter = eventFilter(options);
  if (options.follow) return follow(caller, filter, options);
  const found = [];
  for await (const { events } of pagesAfter(pagesOf(caller, filter), 0n)) {
    found.push(...events.map(({ activity }) => activity));
  }
  if (options.json) printJson(found);
  else printTable(EVENT_COLUMNS, found);
}
