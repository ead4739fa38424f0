import type { Command } from 'commander';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import type { CallOption } from '../options/call-options.ts';
import { addPageFilters, addTypeFilter, type Filters, filterValues } from '../options/filters.ts';
import { givenFilters, OF_SESSION, OUTCOME, STATE } from '../options/list-filters.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { FIELD_COLUMNS, fieldRows, long, showDay, text, time } from '../output/columns.ts';
import { JSON_OPTION, printJson, printTable } from '../output/print-answers.ts';
import type { Column } from '../output/table.ts';
import { type AnswerOptions, findCaller, newestItems, tokenlessMethod } from '../service/service-caller.ts';
import { addPrivacyCommand } from './account-privacy.ts';
import { addCallGroup } from './call-commands.ts';
import { CALL_COMMANDS } from './call-table.ts';
import { addStatus } from './status.ts';

/** A command that asks one method about a user. */
interface UserCommand {
  readonly name: string;
  readonly description: string;
  readonly method: string;
  /** Which filters the method has; one that answers in pages has them all. */
  readonly filters: 'all' | 'type' | 'none';
  /** Filters that no other list has. */
  readonly ownFilters?: readonly CallOption[];
  /** The rows of the table, where the answer is not a list of them. */
  readonly rows?: (answer: JsonObject) => readonly JsonObject[];
  readonly columns: readonly Column<JsonObject>[];
}

const RESOURCES = ['active_sessions', 'total_sessions', 'credentials', 'interactions', 'bytes'];

/** The commands about a user. */
export const USER_COMMANDS: readonly UserCommand[] = [
  {
    name: 'status',
    description:
      'show counts of the records of a user and their last activity; without a user, whether the local network runs',
    method: 'get_agent_status',
    filters: 'none',
    rows: fieldRows,
    columns: FIELD_COLUMNS,
  },
  {
    name: 'sessions',
    description: 'list the sessions of a user, newest first',
    method: 'list_sessions',
    filters: 'all',
    ownFilters: [STATE],
    columns: [
      text('SESSION', 'session_id'),
      text('TYPE', 'agent_type'),
      text('ACTIVE', 'is_active'),
      time('CREATED', 'created_at'),
      time('LAST ACTIVITY', 'last_activity'),
    ],
  },
  {
    name: 'credentials',
    description: 'list the accounts of a user and their states, without tokens',
    method: 'list_credentials',
    filters: 'type',
    columns: [
      text('TYPE', 'agent_type'),
      text('ACCOUNT', 'account'),
      text('STATE', 'state'),
      time('UPDATED', 'updated_at'),
      time('EXPIRES', 'expires_at'),
      long('REASON', 'state_reason'),
    ],
  },
  {
    name: 'interactions',
    description: 'list the interactions of a user, newest first',
    method: 'list_interactions',
    filters: 'all',
    ownFilters: [OUTCOME, OF_SESSION],
    columns: [
      time('TIME', 'timestamp'),
      text('TYPE', 'agent_type'),
      text('SUCCESS', 'success'),
      long('MESSAGE', 'message'),
      long('RESPONSE', 'response'),
    ],
  },
  {
    name: 'usage',
    description: 'show how much of each quota a user uses',
    method: 'get_usage',
    filters: 'none',
    // A quota is a record, by the interface.
    rows: (answer) => RESOURCES.map((resource) => ({ resource, ...(answer[resource] as JsonObject) })),
    columns: [text('RESOURCE', 'resource'), text('USED', 'used'), text('LIMIT', 'limit')],
  },
  {
    name: 'retention',
    description: 'show how long records of a user are kept, and what will be removed when',
    method: 'get_user_retention',
    filters: 'none',
    rows: retentionRows,
    columns: [
      text('RECORDS', 'records'),
      text('DAYS', 'days'),
      text('NEWEST', 'newest'),
      time('FROM', 'from'),
      text('REMOVED THEN', 'removed'),
    ],
  },
  {
    name: 'analytics',
    description: 'show counts of a user by day, for the last thirty days',
    method: 'get_user_analytics',
    filters: 'type',
    // A series has a record of counts a day, and the totals are one, by the interface.
    rows: ({ series, totals, interactions_removed }) => [
      ...(series as readonly JsonObject[]).map(({ start, counts }) => ({ start, ...(counts as JsonObject) })),
      { start: '0', ...(totals as JsonObject) },
      ...(interactions_removed === null || interactions_removed === '0'
        ? []
        : [{ start: 'removed', interactions: interactions_removed ?? null }]),
    ],
    columns: [
      { title: 'DAY', cell: ({ start }) => TOTALS[String(start)] ?? showDay(start) },
      text('INTERACTIONS', 'interactions'),
      text('ERRORS', 'errors'),
      text('SESSIONS', 'sessions'),
      text('LEASES', 'credential_leases'),
      text('REFRESHES', 'token_refreshes'),
      text('RATE LIMITED', 'rate_limited'),
    ],
  },
];

/** `status`, `sessions`, `credentials`, `interactions`, `usage`, `retention` and `analytics`: what the service has of a user. */
export function addUserCommands(program: Command): void {
  for (const each of USER_COMMANDS) {
    const command = addCallerOptions(listCommand(program, each.name), 'admin')
      .description(each.description)
      .option(...JSON_OPTION);
    if (each.name === 'status') {
      addStatus(command, (user, options) => ask(each, user, options));
      continue;
    }
    command
      .argument('<user>', 'the user_id')
      .action((user: string, options: AnswerOptions & Filters) => ask(each, user, options));
    if (each.filters === 'all') addPageFilters(command);
    if (each.filters === 'type') addTypeFilter(command);
    for (const { option } of each.ownFilters ?? []) command.addOption(option);
  }
}

/** The command itself, or, where there is more to do than list, what it does unless told. */
function listCommand(program: Command, name: string): Command {
  const group = CALL_COMMANDS.find((each) => each.group === name)?.group;
  if (group === undefined) return program.command(name);
  const { command, list } = addCallGroup(program, group);
  if (group === 'credentials') addPrivacyCommand(command);
  return list;
}

async function ask(command: UserCommand, user: string, options: AnswerOptions & Filters): Promise<void> {
  const { method, filters, ownFilters = [], columns, rows } = command;
  const caller = await findCaller(options);
  const values = { user_id: user, ...filterValues(options), ...givenFilters(ownFilters, options) };
  const call = (cursor?: string) => caller.call(tokenlessMethod(method), { ...values, cursor });
  const answer = filters === 'all' ? await newestItems(call, options.limit) : await call();
  if (options.json) printJson(answer);
  // The methods without rows of their own answer lists, by the interface.
  else
    printTable(columns, rows === undefined ? (answer as readonly JsonObject[]) : rows(answer as JsonObject));
}

/** Rows of the analytics that are about no day. */
const TOTALS: Readonly<Record<string, string>> = { 0: 'in all', removed: 'of which removed' };

/** What is kept now, and what from later on, of each kind of records. */
function retentionRows({
  retention,
  pending_retention,
  pending_removals,
}: JsonObject): readonly JsonObject[] {
  // The numbers are records, by the interface.
  const [now, pending, removals] = [retention, pending_retention, pending_removals] as [
    JsonObject,
    { readonly effective_at: string; readonly retention: JsonObject } | null,
    JsonObject | null,
  ];
  const rowOf = (records: string, kept: JsonObject) => ({
    records,
    days: kept[`${records}_days`] === '0' ? 'all' : (kept[`${records}_days`] ?? null),
    newest: kept[`${records}_newest`] === '0' ? 'all' : (kept[`${records}_newest`] ?? null),
  });
  const kinds = ['interactions', 'activities'];
  return [
    ...kinds.map((records) => rowOf(records, now)),
    ...(pending === null
      ? []
      : kinds.map((records) => ({
          ...rowOf(records, pending.retention),
          from: pending.effective_at,
          removed: removals?.[records] ?? 'too many to count',
        }))),
  ];
}
