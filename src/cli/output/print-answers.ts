import type { JsonObject } from '../../json-interface/callers/caller.ts';
import { type Column, tableLines } from './table.ts';

/** How a command prints what it was answered. */
export interface PrintOptions {
  readonly json?: boolean;
}

/** The option of commands that print what the service answers. */
export const JSON_OPTION = ['--json', 'print JSON, with the names of the interface'] as const;

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
  { json }: PrintOptions,
  columns: readonly Column<JsonObject>[],
  answer: unknown,
): void {
  if (json) printJson(answer);
  else printTable(columns, answer as readonly JsonObject[]);
}

/** Prints that something was done: a sentence, or as JSON what it was done with. */
export function printDone({ json }: PrintOptions, done: JsonObject, sentence: string): void {
  if (json) printJson(done);
  else console.log(sentence);
}
