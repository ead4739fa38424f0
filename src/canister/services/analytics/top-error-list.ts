import { decodeLatin1 } from '../../codec/index.ts';
import type { CountedError } from '../../models/analytics/top-errors.ts';

export interface TopError {
  /** UTF-8. */
  readonly text: Uint8Array;
  readonly typeCode: number;
  readonly count: number;
  /** Nanoseconds. */
  readonly lastAt: bigint;
}

const MOST = 10;

/** The most frequent errors of those that last happened in a time, whoever had them; the latest first of equals. */
export function topErrors(
  errors: readonly CountedError[],
  { from, until }: { readonly from: bigint; readonly until: bigint },
): TopError[] {
  const byText = new Map<string, TopError>();
  for (const { text, typeCode, count, lastAt } of errors) {
    const name = `${typeCode} ${decodeLatin1(text)}`;
    const before = byText.get(name);
    byText.set(name, {
      text,
      typeCode,
      count: count + (before?.count ?? 0),
      lastAt: before !== undefined && before.lastAt > lastAt ? before.lastAt : lastAt,
    });
  }
  return [...byText.values()]
    .filter(({ lastAt }) => lastAt >= from && lastAt < until)
    .sort((left, right) => right.count - left.count || Number(right.lastAt - left.lastAt))
    .slice(0, MOST);
}
