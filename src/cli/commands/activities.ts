import { type Command, Option } from 'commander';
import type { Caller, JsonObject } from '../../gateway/callers/caller.ts';
import type { ActivityPage } from '../../gateway/events/activities.ts';
import { ActivityFeed } from '../../gateway/events/activity-feed.ts';
import { interrupted } from '../interrupted.ts';
import { atLeast, long, shortPrincipal, text, time } from '../tables/columns.ts';
import { tableLines } from '../tables/table.ts';
import { addCallGroup } from './call-commands.ts';
import { addPageFilters, type Filters, filterValues } from './filters.ts';
import {
  type AnswerOptions,
  findCaller,
  JSON_OPTION,
  newestItems,
  printJson,
  printTable,
  tokenlessMethod,
} from './service-answers.ts';
import { addCallerOptions } from './service-options.ts';

interface ActivitiesOptions extends AnswerOptions, Filters {
  readonly follow?: boolean;
}

const INTERVAL_MS = 1000;

/** The activities table; wide enough for every name, so that activities that come one by one stand below each other. */
export const ACTIVITY_COLUMNS = [
  atLeast(19, time('TIME', 'timestamp')),
  atLeast(8, text('TYPE', 'agent_type')),
  atLeast(21, text('ACTIVITY', 'activity_type')),
  atLeast(11, shortPrincipal('ACTOR', 'actor')),
  long('DESCRIPTION', 'description'),
];

/** `activities`: the audit trail of a user, up to now or as it grows. */
export function addActivitiesCommand(program: Command): void {
  const command = addCallerOptions(addCallGroup(program, 'activities'), 'admin')
    .description('list the activities of a user, newest first, or follow them')
    .argument('<user>', 'the user_id')
    .option(...JSON_OPTION)
    .addOption(
      new Option(
        '--follow',
        'print activities as they come, with --json a line each; Ctrl-C stops it',
      ).conflicts(['limit', 'from', 'until']),
    )
    .action(list);
  addPageFilters(command);
}

async function list(user: string, options: ActivitiesOptions): Promise<void> {
  const caller = await findCaller(options);
  const ask = pages(caller, { user_id: user, ...filterValues(options) });
  if (options.follow) return follow(ask, options);
  const items = await newestItems(ask, options.limit);
  if (options.json) printJson(items);
  else printTable(ACTIVITY_COLUMNS, items);
}

function pages(caller: Caller, values: JsonObject): (cursor?: string) => Promise<ActivityPage> {
  const method = tokenlessMethod('list_activities');
  // What the method answers has the form that its type gives it.
  return async (cursor) => (await caller.call(method, { ...values, cursor })) as ActivityPage;
}

/** Prints what comes after the newest activity of now, until the process is asked to end or the service refuses. */
async function follow(
  read: (cursor?: string) => Promise<ActivityPage>,
  { json }: ActivitiesOptions,
): Promise<void> {
  const feed = await ActivityFeed.open({ read, intervalMs: INTERVAL_MS });
  const ended = new AbortController();
  void interrupted(ended.signal).then(() => feed.close());
  // Nobody reads any more, as after "| head".
  process.stdout.once('error', () => ended.abort());
  if (!json) printTable(ACTIVITY_COLUMNS, []);
  try {
    for await (const activity of feed.after(feed.newest)) {
      if (activity !== undefined) console.log(json ? JSON.stringify(activity) : rowOf(activity));
    }
  } finally {
    ended.abort();
  }
}

function rowOf(activity: JsonObject): string {
  return tableLines(ACTIVITY_COLUMNS, [activity], process.stdout.columns).at(-1) ?? '';
}
