import type { JsonObject } from '../../json-interface/callers/caller.ts';
import type { Column } from './table.ts';

/** A column of a field of the interface's JSON. */
type FieldColumn = Column<JsonObject>;

/** A field as it is: `-` where there is no value, yes or no for a bool, a vec's items with commas. */
export function text(title: string, field: string): FieldColumn {
  return { title, cell: (row) => showText(row[field]) };
}

/** As `text`, of what may be cut. */
export function long(title: string, field: string): FieldColumn {
  return { ...text(title, field), isLong: true };
}

/** A field with ns since 1970, as the local time. */
export function time(title: string, field: string): FieldColumn {
  return { title, cell: (row) => showTime(row[field]) };
}

/** A field with a principal, of which the first and the last group are told. */
export function shortPrincipal(title: string, field: string): FieldColumn {
  return { title, cell: (row) => showText(row[field]).replace(/-.*-/, '-…-') };
}

/** The column at least so wide. */
export function atLeast(least: number, column: FieldColumn): FieldColumn {
  return { ...column, least };
}

/** A value of the interface's JSON as people read it. */
export function showText(value: unknown): string {
  if (value === undefined || value === null || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(showText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** ns since 1970 as the local time in ISO 8601, to the second; `-` where there is none, or 0. */
export function showTime(value: unknown): string {
  if (typeof value !== 'string' || value === '0') return '-';
  const date = new Date(Number(BigInt(value) / 1_000_000n));
  const local = date.getTime() - date.getTimezoneOffset() * 60_000;
  return new Date(local).toISOString().slice(0, 19);
}

/** ns since 1970 as a day of UTC. */
export function showDay(value: unknown): string {
  return new Date(Number(BigInt(String(value)) / 1_000_000n)).toISOString().slice(0, 10);
}

/** The columns of `fieldRows`. */
export const FIELD_COLUMNS: readonly FieldColumn[] = [text('FIELD', 'field'), text('VALUE', 'value')];

/** A record as a table of its fields: what it is called first, and times last. */
export function fieldRows(record: JsonObject): readonly JsonObject[] {
  return Object.entries(record)
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([field, value]) => ({ field, value: showField(field, value) }));
}

function showField(field: string, value: unknown): string {
  if (isTime(field)) return showTime(value);
  return JSON_FIELDS.has(field) && typeof value === 'string' ? escaped(value) : showText(value);
}

/** Fields that hold the JSON text that was stored. */
const JSON_FIELDS = new Set(['metadata', 'token_data']);

/** A JSON text in which characters that a terminal would not show are escapes. Blanks between values mean nothing. */
function escaped(json: string): string {
  return json.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    /[\t\r\n]/.test(character)
      ? ' '
      : character
          .split('')
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  );
}

function rank(field: string): number {
  if (isTime(field)) return 2;
  return /(^|_)id$/.test(field) ? 0 : 1;
}

function isTime(field: string): boolean {
  return /(^timestamp|^last_activity|_at)$/.test(field);
}
