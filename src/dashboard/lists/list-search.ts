import type { AgentType } from '../../client/index.ts';
import { principalIn } from '../components/principal-text.ts';
import { texts } from '../texts/en.ts';

/** The filters that every list has, as they stand in the page's address. */
export interface ListSearch {
  readonly service?: AgentType | undefined;
  /** The first and the last day, as 2026-11-24, where the reader is. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly text?: string | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const NS_PER_MS = 1_000_000n;

/** The filters in an address; what is not one of them is left out. */
export function readListSearch(search: Readonly<Record<string, unknown>>): ListSearch {
  return {
    service: keyIn(texts.records.agentTypes, search['service']),
    from: day(search['from']),
    until: day(search['until']),
    text: text(search['text']),
  };
}

/** The time between the days, both included, in ns since 1970: from its first moment until before its end. */
export function timeRange({ from, until }: ListSearch): {
  readonly from: bigint | undefined;
  readonly until: bigint | undefined;
} {
  return {
    from: from === undefined ? undefined : toNs(midnight(from)),
    until: until === undefined ? undefined : toNs(dayAfter(midnight(until))),
  };
}

/** Whether any filter is set: what is open is none, nor is whose records they are. */
export function isFiltered(search: object): boolean {
  return Object.entries(search).some(
    ([name, value]) => !['open', 'user'].includes(name) && value !== undefined,
  );
}

/** Filters of which one is a text that is typed. */
type Typed = Pick<ListSearch, 'text'>;

/** Where a change of the filters leads: nothing is open there, and the page stays where it is scrolled to. */
export function withFilters<S extends Typed>(search: S, change: S) {
  return {
    search: { ...search, ...change, open: undefined },
    replace: isTyping(search, change),
    resetScroll: false,
  };
}

/** Whether a change of the filters goes on with a text that is being typed, for which there is one place in the history. */
function isTyping(search: Typed, change: Typed): boolean {
  return search.text !== undefined && change.text !== undefined;
}

/** The value, where it is a key of the record. */
export function keyIn<T extends Readonly<Record<string, string>>>(
  record: T,
  value: unknown,
): Extract<keyof T, string> | undefined {
  return keysOf(record).find((key) => key === value);
}

/** What a select offers: all, and each key of the record under its name. */
export function optionsOf<T extends Readonly<Record<string, string>>>(
  names: T,
): readonly { readonly value: Extract<keyof T, string> | ''; readonly label: string }[] {
  return [
    { value: '', label: texts.parts.all },
    ...keysOf(names).map((value) => ({ value, label: names[value] ?? value })),
  ];
}

function keysOf<T extends object>(record: T): readonly Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in record) if (Object.hasOwn(record, key)) keys.push(key);
  return keys;
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && DAY.test(value) && !Number.isNaN(midnight(value).getTime())
    ? value
    : undefined;
}

/** The text of a principal, where the value is one. */
export function principalText(value: unknown): string | undefined {
  return typeof value === 'string' ? principalIn(value)?.toText() : undefined;
}

/** A text, or a number, which is what an address makes of digits. */
export function text(value: unknown): string | undefined {
  const read = typeof value === 'number' ? String(value) : value;
  return typeof read === 'string' && read !== '' ? read : undefined;
}

function midnight(date: string): Date {
  return new Date(`${date}T00:00`);
}

function dayAfter(date: Date): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);
}

function toNs(date: Date): bigint {
  return BigInt(date.getTime()) * NS_PER_MS;
}
