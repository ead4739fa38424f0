import type { Reading } from '../components/reading.ts';
import type { CursorList } from './cursor-pages.ts';

/** The beginning of a list: read when it has items or is known to have none. What fails after that is told where the list ends. */
export function beginningOf<T>({
  items,
  error,
  isPending,
  hasMore,
  retry,
}: CursorList<T>): Reading<readonly T[]> {
  if (items.length > 0) return { data: items, error: undefined, refetch: retry };
  const hasFailed = error !== null && error !== undefined;
  return { data: hasFailed || isPending || hasMore ? undefined : items, error, refetch: retry };
}
