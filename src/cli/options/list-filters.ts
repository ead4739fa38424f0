import { Option } from 'commander';
import { ACTIVITY_TYPES } from '../../candid/audit-codes.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import type { EventFilter } from '../../json-interface/events/event-pages.ts';
import type { CallOption } from './call-options.ts';

/** The filters that one list has beside those of all lists. */
export const STATE = oneOfTwo('is_active', '--state <state>', ['active', 'ended']);
export const OUTCOME = oneOfTwo('success', '--outcome <outcome>', ['success', 'failure']);
export const OF_SESSION: CallOption = {
  field: 'session_id',
  option: new Option('--session <id>', 'only this session'),
};
export const OF_ACTIVITY: CallOption = {
  field: 'activity_type',
  option: new Option('--activity <kind>', 'only this kind').choices(ACTIVITY_TYPES),
};

/** Which activities a person wants. */
export interface ActivityFilter {
  readonly type?: string;
  readonly activity?: string;
}

/** The same as the feed takes it. */
export function eventFilter({
  user,
  type,
  activity,
}: ActivityFilter & { readonly user?: string }): EventFilter {
  return { user_id: user, agent_type: type, activity_types: activity === undefined ? undefined : [activity] };
}

/** What was given of these filters, as the interface's methods take it. */
export function givenFilters(filters: readonly CallOption[], options: object): JsonObject {
  const given = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    filters.map(({ field, option, read = (value: unknown) => value }) => [
      field,
      read(given.get(option.attributeName())),
    ]),
  );
}

/** A parameter that is true for the first word, false for the second, and left out where none is given. */
function oneOfTwo(field: string, flags: string, words: readonly [yes: string, no: string]): CallOption {
  return {
    field,
    option: new Option(flags, 'only these').choices(words),
    read: (given) => (given === undefined ? undefined : given === words[0]),
  };
}
