import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import { EventFeed, isRestart } from '../../json-interface/events/event-feed.ts';
import { type EventFilter, pagesOf } from '../../json-interface/events/event-pages.ts';
import { atLeast, long, shortPrincipal, text, time } from '../output/columns.ts';
import { printTable } from '../output/print-answers.ts';
import { type Column, tableLines } from '../output/table.ts';
import { interrupted } from '../terminal/interrupted.ts';

const INTERVAL_MS = 1000;

/** The activities table; wide enough for every name, so that activities that come one by one stand below each other. */
export const ACTIVITY_COLUMNS: readonly Column<JsonObject>[] = [
  atLeast(19, time('TIME', 'timestamp')),
  atLeast(8, text('TYPE', 'agent_type')),
  atLeast(21, text('ACTIVITY', 'activity_type')),
  atLeast(11, shortPrincipal('ACTOR', 'actor')),
  long('DESCRIPTION', 'description'),
];

/** As `ACTIVITY_COLUMNS`, for activities of several users. */
export const EVENT_COLUMNS: readonly Column<JsonObject>[] = [
  ...ACTIVITY_COLUMNS.slice(0, 1),
  atLeast(16, text('USER', 'user_id')),
  ...ACTIVITY_COLUMNS.slice(1),
];

/** Prints the activities that come from now on and pass the filter, until the process is asked to end or the service refuses. */
export async function follow(
  caller: Caller,
  filter: EventFilter,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const feed = await EventFeed.open({ read: pagesOf(caller, filter), intervalMs: INTERVAL_MS });
  const ended = new AbortController();
  void interrupted(ended.signal).then(() => feed.close());
  // Nobody reads any more, as after "| head".
  process.stdout.once('error', () => ended.abort());
  const columns = filter.user_id === undefined ? EVENT_COLUMNS : ACTIVITY_COLUMNS;
  if (!json) printTable(columns, []);
  try {
    for await (const heard of feed.after(feed.place)) {
      if (heard === undefined) continue;
      if (isRestart(heard)) {
        console.error('The log was put back to an earlier state. It is read again from its first activity.');
        continue;
      }
      console.log(json ? JSON.stringify(heard) : tableLines(columns, [heard], process.stdout.columns).at(-1));
    }
  } finally {
    ended.abort();
  }
}
