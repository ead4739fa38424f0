import { type Command, Option } from 'commander';
import { type Activity, pagesAfter, pagesOf } from '../../json-interface/events/event-pages.ts';
import { addTypeFilter, readCount, readTime } from '../options/filters.ts';
import { type ActivityFilter, eventFilter, OF_ACTIVITY } from '../options/list-filters.ts';
import { readNumber } from '../options/number-options.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { JSON_OPTION, printJson, printTable } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller } from '../service/service-caller.ts';
import { EVENT_COLUMNS, follow } from './follow.ts';

interface EventsOptions extends AnswerOptions, ActivityFilter {
  readonly user?: string;
  readonly follow?: boolean;
  readonly limit?: number;
  /** The place of an activity in the log, in decimal. */
  readonly after?: string;
  /** ns since 1970, in decimal. */
  readonly from?: string;
  readonly until?: string;
}

/** `events`: the activities of every user in the order in which they came, up to now or as they come. */
export function addEventsCommand(program: Command): void {
  const command = addCallerOptions(program.command('events'), 'admin')
    .description('list the activities of all users, oldest first, or follow them')
    .option('--user <user>', 'only this user')
    .addOption(OF_ACTIVITY.option)
    .option(...JSON_OPTION)
    .option('--limit <number>', 'at most this many of the newest; with --after, of the first', readCount)
    .option(
      '--after <number>',
      'start after the activity with this number (hexadecimal in its id); 0 starts with the oldest',
      readNumber,
    )
    .option('--from <time>', 'at or after a local time, such as 2026-11-24 or 2026-11-24T18:30', readTime)
    .option('--until <time>', 'before a local time', readTime)
    .addOption(
      new Option(
        '--follow',
        'print new ones as they come, with --json one per line; Ctrl-C stops it',
      ).conflicts(['limit', 'after', 'from', 'until']),
    )
    .action(list);
  addTypeFilter(command);
}

async function list(options: EventsOptions): Promise<void> {
  const caller = await findCaller(options);
  const filter = eventFilter(options);
  const { limit, after, from, until } = options;
  if (options.follow) return follow(caller, filter, options);
  const found: Activity[] = [];
  reading: for await (const { events } of pagesAfter(pagesOf(caller, filter), BigInt(after ?? 0))) {
    for (const { activity } of events) {
      const at = BigInt(String(activity['timestamp']));
      if (until !== undefined && at >= BigInt(until)) break reading;
      if (from !== undefined && at < BigInt(from)) continue;
      found.push(activity);
      if (limit === undefined || found.length <= limit) continue;
      // The first are wanted from a place on, else the newest.
      if (after === undefined) found.shift();
      else found.pop();
      if (after !== undefined) break reading;
    }
  }
  if (options.json) printJson(found);
  else printTable(EVENT_COLUMNS, found);
}
