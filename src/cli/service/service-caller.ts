import { eachItem } from '../../client/reading/paging.ts';
import { type Caller, callerOf, type JsonObject } from '../../json-interface/callers/caller.ts';
import { HIDDEN_FIELDS } from '../../json-interface/methods/hidden-fields.ts';
import { type ServiceMethod, serviceMethod } from '../../json-interface/methods/service-method.ts';
import type { Role } from '../networks/development-identities.ts';
import type { PrintOptions } from '../output/print-answers.ts';
import { requireNetwork } from './require-network.ts';
import { type CallerOptions, findIdentity, findService } from './service-place.ts';

/** What every command takes that asks the service. */
export interface AnswerOptions extends CallerOptions, PrintOptions {}

/** The caller of a command; `role` as in `findIdentity`. */
export async function findCaller(options: CallerOptions, role: Role = 'admin'): Promise<Caller> {
  const identity = await findIdentity(options, role);
  const place = findService(options);
  await requireNetwork(place.host);
  return callerOf(place, identity);
}

/** A method of the interface, without the fields that have no place in a terminal's history: tokens. */
export function tokenlessMethod(name: string): ServiceMethod {
  return serviceMethod(name, HIDDEN_FIELDS);
}

/** The records of all pages of a method that answers such. */
export function eachRecord(
  ask: (cursor: string | undefined) => Promise<unknown>,
): AsyncGenerator<JsonObject> {
  return eachItem(async (cursor) => {
    // The methods that are asked in pages answer so, by the interface.
    const page = (await ask(cursor)) as { items: readonly JsonObject[]; next_cursor: string | null };
    return { items: page.items, nextCursor: page.next_cursor ?? undefined };
  }, undefined);
}

/** The newest records of a method that answers pages, so many at most. */
export async function newestItems(
  ask: (cursor: string | undefined) => Promise<unknown>,
  limit = Infinity,
): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for await (const item of eachRecord(ask)) {
    found.push(item);
    if (found.length >= limit) break;
  }
  return found;
}
