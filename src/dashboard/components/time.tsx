import { type ReactNode, useSyncExternalStore } from 'react';
import { toDate } from './dates.ts';

const TICK_MS = 30_000;
const NOW_S = 45;

const absolute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago or ahead `date` is of `now`, in the largest unit that fits, in the reader's language. */
export function relativeTime(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) < NOW_S) return relative.format(0, 'second');
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  return relative.format(Math.trunc(seconds / size) || Math.sign(seconds), unit);
}

/** A time of the service, ns since 1970: `relative` to now unless told, and whole when pointed at. */
export function Time({
  ns,
  form = 'relative',
}: {
  readonly ns: bigint;
  readonly form?: 'relative' | 'absolute';
}): ReactNode {
  const now = useSyncExternalStore(subscribe, currentTick);
  const date = toDate(ns);
  return (
    <time className="number" dateTime={date.toISOString()} title={exact.format(date)}>
      {form === 'relative' ? relativeTime(date, new Date(now)) : absolute.format(date)}
    </time>
  );
}

function currentTick(): number {
  return Math.round(Date.now() / TICK_MS) * TICK_MS;
}

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}
