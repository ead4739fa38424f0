/** A value of a field in a file; undefined where there is none. */
type FieldValue = string | number | boolean | undefined;

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
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

function toJson<T>(fields: ExportFields<T>, items: readonly T[]): string {
  const objects = items.map((item) =>
    Object.fromEntries(fields.map(([name, value]) => [name, value(item) ?? null])),
  );
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}
