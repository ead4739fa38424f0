import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import { newestItems, tokenlessMethod } from './service-caller.ts';

/** The service answers so many users at once. */
const PAGE_LIMIT = 500;

/** What goes of a user, by the interface. */
interface UserRemovals {
  readonly user_id: string;
  readonly interactions: string;
  readonly activities: string;
}

/** What would go of all users, and when (ns since 1970; null where it is at once). */
export interface WholePreview {
  readonly effective_at: string | null;
  readonly users: number;
  readonly interactions: string;
  readonly activities: string;
  readonly items: readonly (UserRemovals & JsonObject)[];
}

/** Counts what `update_settings` with the same numbers would remove, page after page. */
export async function previewRetention(
  caller: Caller,
  numbers: Readonly<Record<string, string>>,
): Promise<WholePreview> {
  const method = tokenlessMethod('preview_retention');
  let effectiveAt: string | null | undefined;
  // The method answers so, by the interface.
  const items = (await newestItems(async (cursor) => {
    const page = (await caller.call(method, { ...numbers, limit: PAGE_LIMIT, cursor })) as {
      readonly effective_at: string | null;
    };
    // That of the first page: the others are asked later.
    effectiveAt ??= page.effective_at;
    return page;
  })) as readonly (UserRemovals & JsonObject)[];
  const sum = (log: 'interactions' | 'activities') =>
    String(items.reduce((all, { [log]: count }) => all + BigInt(count), 0n));
  return {
    effective_at: effectiveAt ?? null,
    users: items.length,
    interactions: sum('interactions'),
    activities: sum('activities'),
    items,
  };
}

/** Whether numbers keep less than those in force, in any of them: 0 keeps all. */
export function keepsLess(inForce: JsonObject, given: Readonly<Record<string, string>>): boolean {
  return Object.entries(given).some(([name, value]) => {
    const than = inForce[name];
    return value !== '0' && (than === '0' || BigInt(value) < BigInt(String(than)));
  });
}
