import type { Command } from 'commander';
import type { JsonObject } from '../../gateway/callers/caller.ts';
import { FIELD_COLUMNS, fieldRows, long, showDay, text, time } from '../tables/columns.ts';
import type { Column } from '../tables/table.ts';
import { addCallGroup } from './call-commands.ts';
import type { CallOption } from './call-options.ts';
import { CALL_COMMANDS } from './call-table.ts';
import { addPageFilters, addTypeFilter, type Filters, filterValues } from './filters.ts';
import { givenFilters, OF_SESSION, OUTCOME, STATE } from './list-filters.ts';
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
    description: 'show how much there is of a user, and when they were last active',
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
    name: 'grants',
    description: 'list the agents that a user granted',
    method: 'list_grants',
    filters: 'none',
    columns: [
      text('AGENT', 'agent'),
      text('PERMISSIONS', 'permissions'),
      time('EXPIRES', 'expires_at'),
      long('TYPES', 'agent_types'),
    ],
  },
  {
    name: 'usage',
    description: 'show how much of each quota a user has used',
    method: 'get_usage',
    filters: 'none',
    // A quota is a record, by the interface.
    rows: (answer) => RESOURCES.map((resource) => ({ resource, ...(answer[resource] as JsonObject) })),
    columns: [text('RESOURCE', 'resource'), text('USED', 'used'), text('LIMIT', 'limit')],
  },
  {
    name: 'analytics',
    description: 'show what was counted of a user in the last thirty days, by day',
    method: 'get_user_analytics',
    filters: 'type',
    // A series has a record of counts a day, and the totals are one, by the interface.
    rows: ({ series, totals }) => [
      ...(series as readonly JsonObject[]).map(({ start, counts }) => ({ start, ...(counts as JsonObject) })),
      { start: '0', ...(totals as JsonObject) },
    ],
    columns: [
      { title: 'DAY', cell: ({ start }) => (start === '0' ? 'in all' : showDay(start)) },
      text('INTERACTIONS', 'interactions'),
      text('ERRORS', 'errors'),
      text('SESSIONS', 'sessions'),
      text('LEASES', 'credential_leases'),
      text('REFRESHES', 'token_refreshes'),
      text('RATE LIMITED', 'rate_limited'),
    ],
  },
];

/** `status`, `sessions`, `credentials`, `interactions`, `grants`, `usage` and `analytics`: what the service has of a user. */
export function addUserCommands(program: Command): void {
  for (const each of USER_COMMANDS) {
    const command = addCallerOptions(listCommand(program, each.name), 'admin')
      .description(each.description)
      .argument('<user>', 'the user_id')
      .option(...JSON_OPTION)
      .action((user: string, options: AnswerOptions & Filters) => ask(each, user, options));
    if (each.filters === 'all') addPageFilters(command);
    if (each.filters === 'type') addTypeFilter(command);
    for (const { option } of each.ownFilters ?? []) command.addOption(option);
  }
}

/** The command itself, or, where there is more to do than list, what it does unless told. */
function listCommand(program: Command, name: string): Command {
  const group = CALL_COMMANDS.find((each) => each.group === name)?.group;
  return group === undefined ? program.command(name) : addCallGroup(program, group);
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
