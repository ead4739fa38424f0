import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AgentPermission, AgentScope, AgentType } from '../../client/index.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';

/** What a person says of which records they want. */
export interface Filters {
  readonly type?: string;
  readonly limit?: number;
  /** ns since 1970, in decimal. */
  readonly from?: string;
  readonly until?: string;
}

export const AGENT_TYPES = Object.keys({
  GitHub: true,
  Asana: true,
  Gmail: true,
  Calendar: true,
  InFoundr: true,
} satisfies Record<AgentType, true>);

export const PERMISSIONS = Object.keys({
  read: true,
  write: true,
  credentials: true,
} satisfies Record<AgentPermission, true>);

export const SCOPES = Object.keys({
  every_user: true,
  granted_users: true,
} satisfies Record<AgentScope, true>);

const DEFAULT_LIMIT = 50;
/** What the service answers at once. */
const PAGE_LIMIT = 500;

export function addTypeFilter(command: Command): Command {
  return command.addOption(new Option('--type <type>', 'only this agent type').choices(AGENT_TYPES));
}

/** The filters of what the service answers in pages. */
export function addPageFilters(command: Command): Command {
  return addTypeFilter(command)
    .option('--limit <number>', 'at most this many, the newest first', readCount, DEFAULT_LIMIT)
    .option('--from <time>', 'at or after a local time, such as 2026-11-24 or 2026-11-24T18:30', readTime)
    .option('--until <time>', 'before a local time', readTime);
}

/** The filters as the interface's methods take them. */
export function filterValues({ type, limit = DEFAULT_LIMIT, from, until }: Filters): JsonObject {
  return { agent_type: type, limit: Math.min(limit, PAGE_LIMIT), from, until };
}

/** An option's value that is how many are wanted. */
export function readCount(text: string): number {
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > Number.MAX_SAFE_INTEGER)
    throw new InvalidArgumentError('A limit is a whole number from 1 on.');
  return limit;
}

/** An option's value that is a date or a time, local unless it names its zone, as ns since 1970 in decimal. */
export function readTime(text: string): string {
  // The language takes a date without a time for one of Greenwich.
  const time = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text).getTime();
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(time) || time < 0)
    throw new InvalidArgumentError('A time is such as 2026-11-24 or 2026-11-24T18:30, from 1970 on.');
  return String(BigInt(time) * 1_000_000n);
}
