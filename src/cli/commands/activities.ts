import { type Command, Option } from 'commander';
import { addPageFilters, type Filters, filterValues } from '../options/filters.ts';
import { type ActivityFilter, eventFilter, OF_ACTIVITY } from '../options/list-filters.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { JSON_OPTION, printJson, printTable } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, newestItems, tokenlessMethod } from '../service/service-caller.ts';
import { addCallGroup } from './call-commands.ts';
import { ACTIVITY_COLUMNS, follow } from './follow.ts';

interface ActivitiesOptions extends AnswerOptions, Filters, ActivityFilter {
  readonly follow?: boolean;
}

/** `activities`: the audit trail of a user, up to now or as it grows. */
export function addActivitiesCommand(program: Command): void {
  const command = addCallerOptions(addCallGroup(program, 'activities').list, 'admin')
    .description('list the activities of a user, newest first, or follow them')
    .argument('<user>', 'the user_id')
    .option(...JSON_OPTION)
    .addOption(
      new Option(
        '--follow',
        'print activities as they come, with --json one per line; Ctrl-C stops it',
      ).conflicts(['limit', 'from', 'until']),
    )
    .addOption(OF_ACTIVITY.option)
    .action(list);
  addPageFilters(command);
}

async function list(user: string, options: ActivitiesOptions): Promise<void> {
  const caller = await findCaller(options);
  if (options.follow) return follow(caller, eventFilter({ ...options, user }), options);
  const values = { user_id: user, ...filterValues(options), activity_type: options.activity };
  const method = tokenlessMethod('list_activities');
  const items = await newestItems((cursor) => caller.call(method, { ...values, cursor }), options.limit);
  if (options.json) printJson(items);
  else printTable(ACTIVITY_COLUMNS, items);
}
