/** A value of a field in a file; undefined where there is none. */
type FieldValue = string | number | boolean | JsonText | undefined;

/** A JSON text that was stored, such as metadata. It stands in a file as it is. */
interface JsonText {
  readonly json: string;
}

/** The value of a field that holds a JSON text. */
export function jsonText(json: string | undefined): JsonText | undefined {
  return json === undefined ? undefined : { json };
}

/** The fields of a file: each its name, and what it holds of an item. */
export type ExportFields<T> = readonly (readonly [name: string, value: (item: T) => FieldValue])[];

/** So many items are read at a time for a file: the most that the service gives. */
export const EXPORT_LIMIT = 500;

/** How a file is written. */
export interface ExportFormat {
  readonly extension: 'csv' | 'json';
  readonly mime: string;
  /** The text of the file. */
  readonly write: <T>(fields: ExportFields<T>, items: readonly T[]) => string;
}

/** Comma-separated values as RFC 4180 has them. */
export const CSV: ExportFormat = { extension: 'csv', mime: 'text/csv', write: toCsv };

/** A list of objects. */
export const JSON_FILE: ExportFormat = { extension: 'json', mime: 'application/json', write: toJson };

/** What makes a spreadsheet take a text for a formula where it stands first. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

function toCsv<T>(fields: ExportFields<T>, items: readonly T[]): string {
  const head = fields.map(([name]) => name);
  const rows = items.map((item) => fields.map(([, value]) => csvCell(value(item))));
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

function csvCell(value: FieldValue): string {
  if (value === undefined) return '';
  if (typeof value === 'object') return quoted(isJson(value.json) ? value.json : harmless(value.json));
  return typeof value === 'string' ? quoted(harmless(value)) : String(value);
}

function quoted(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function harmless(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** No JSON is a formula, though -0 and a tab before a bracket look like the beginning of one. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function toJson<T>(fields: ExportFields<T>, items: readonly T[]): string {
  const objects = items.map((item) =>
    Object.fromEntries(fields.map(([name, value]) => [name, plain(value(item))])),
  );
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}

/** A stored JSON text stays a text: a number of JavaScript would not be the one that was stored. */
function plain(value: FieldValue): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === 'object' ? value.json : value;
}
