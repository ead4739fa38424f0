const NS_PER_MS = 1_000_000n;

/** A time of the service (ns since 1970) as a date. */
export function toDate(ns: bigint): Date {
  return new Date(Number(ns / NS_PER_MS));
}

/** Whether a time of the service is over by `nowMs`, ms since 1970; nothing ends at a time that is not given. */
export function isPast(ns: bigint | undefined, nowMs = Date.now()): boolean {
  return ns !== undefined && toDate(ns).getTime() <= nowMs;
}

/** The end of a day that a date field names (YYYY-MM-DD, of the person's own clock) in ns since 1970; undefined where it is empty. */
export function endOfDay(date: string): bigint | undefined {
  if (date === '') return undefined;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return BigInt(new Date(year, month - 1, day, 23, 59, 59, 999).getTime()) * NS_PER_MS;
}

/** A time of the service (ns since 1970) as a date field has it; empty where there is none. */
export function dateField(ns: bigint | undefined): string {
  if (ns === undefined) return '';
  const date = toDate(ns);
  const part = (value: number, length = 2) => String(value).padStart(length, '0');
  return `${part(date.getFullYear(), 4)}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
