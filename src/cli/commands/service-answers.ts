import { eachItem } from '../../client/paging.ts';
import type { Caller, JsonObject } from '../../gateway/callers/caller.ts';
import { callerOf } from '../../gateway/callers/callers.ts';
import { type ServiceMethod, serviceMethod } from '../../gateway/interface/service-method.ts';
import { HIDDEN_FIELDS } from '../../gateway/mcp/hidden-fields.ts';
import { requireNetwork } from '../deployment/require-network.ts';
import { type CallerOptions, findIdentity, findService } from '../deployment/service-place.ts';
import type { Role } from '../local/development-identities.ts';
import { type Column, tableLines } from '../tables/table.ts';

/** What every command takes that asks the service. */
export interface AnswerOptions extends CallerOptions {
  readonly json?: boolean;
}

/** The option of commands that print what the service answers. */
export const JSON_OPTION = ['--json', 'print JSON, with the names of the interface'] as const;

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

/** Prints an answer as one JSON document. */
export function printJson(answer: unknown): void {
  console.log(JSON.stringify(answer, null, 2));
}

/** Prints rows as a table. */
export function printTable(columns: readonly Column<JsonObject>[], rows: readonly JsonObject[]): void {
  for (const line of tableLines(columns, rows, process.stdout.columns)) console.log(line);
}

/** Prints the answer of a method that answers a list of records, by the interface. */
export function printRecords(
  { json }: AnswerOptions,
  columns: readonly Column<JsonObject>[],
  answer: unknown,
): void {
  if (json) printJson(answer);
  else printTable(columns, answer as readonly JsonObject[]);
}

/** Prints that something was done: a sentence, or as JSON what it was done with. */
export function printDone({ json }: AnswerOptions, done: JsonObject, sentence: string): void {
  if (json) printJson(done);
  else console.log(sentence);
}
