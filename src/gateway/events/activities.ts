import type { Caller } from '../callers/caller.ts';
import { serviceMethod } from '../interface/service-method.ts';

/** An activity in JSON. Ids grow in the order in which activities are written. */
export interface Activity {
  readonly id: string;
  readonly [field: string]: unknown;
}

/** A page of activities, newest first. */
export interface ActivityPage {
  readonly items: readonly Activity[];
  readonly next_cursor: string | null;
}

/** Reads a page, or the newest one where no cursor is given. */
export type ReadPage = (cursor?: string) => Promise<ActivityPage>;

/** Less than every id. */
export const BEFORE_ALL = 'act-0000000000000000';

/** The form of an id. */
export const ACTIVITY_ID = /^act-[0-9a-f]{16}$/;

/** Few for what is asked every second, many for what catches up. */
const PAGE_ITEMS = 50;

const LIST_ACTIVITIES = serviceMethod('list_activities');

/** The pages of what the caller may see of a user. */
export function pagesOf(caller: Caller, userId: string): ReadPage {
  return async (cursor) => {
    const values = { user_id: userId, limit: PAGE_ITEMS, ...(cursor === undefined ? {} : { cursor }) };
    // What the method answers has the form that its type gives it.
    return (await caller.call(LIST_ACTIVITIES, values)) as ActivityPage;
  };
}

/** The id of the newest activity, or `BEFORE_ALL`. */
export async function newestId(read: ReadPage): Promise<string> {
  let page = await read();
  // A page without items may have a successor: the canister looks at so many records a page.
  while (page.items.length === 0 && page.next_cursor !== null) page = await read(page.next_cursor);
  return page.items[0]?.id ?? BEFORE_ALL;
}

/**
 * The activities after the one with the id, oldest first, up to the newest of when reading began. Pages lead from the newest to the
 * oldest, so their cursors are collected on the way back and the pages read again on the way forth: what is kept in memory is small,
 * whatever there is to catch up.
 */
export async function* activitiesAfter(read: ReadPage, id: string): AsyncGenerator<Activity> {
  const newest = await read();
  // Before each page but the newest stands its cursor.
  const cursors: string[] = [];
  let page = newest;
  while (page.next_cursor !== null && !reaches(page, id)) {
    cursors.push(page.next_cursor);
    page = await read(page.next_cursor);
  }
  while (cursors.pop() !== undefined) {
    yield* oldestFirst(page, id);
    const cursor = cursors.at(-1);
    // The newest page is not read again: by now there may be more before it.
    page = cursor === undefined ? newest : await read(cursor);
  }
  yield* oldestFirst(newest, id);
}

function reaches({ items }: ActivityPage, id: string): boolean {
  const oldest = items.at(-1);
  return oldest !== undefined && oldest.id <= id;
}

function oldestFirst({ items }: ActivityPage, id: string): readonly Activity[] {
  return items.filter((activity) => activity.id > id).reverse();
}
