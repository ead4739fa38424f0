import { useEffect, useMemo } from 'react';
import type { CursorList } from './cursor-pages.ts';

/** So many rows fill a page. */
const FULL = 50;

/** What of a list matches, as far as it was read; reads on until that fills a page. Without `matches` the whole list. */
export function useMatching<T>(
  list: CursorList<T>,
  matches: ((item: T) => boolean) | undefined,
): CursorList<T> {
  const { items: read, hasMore, isReadingMore, readMore, error } = list;
  const items = useMemo(() => (matches === undefined ? read : read.filter(matches)), [read, matches]);
  const isShort = matches !== undefined && items.length < FULL;
  useEffect(() => {
    // After an error the person asks again: the reader would else ask without end.
    if (isShort && hasMore && !isReadingMore && error === null) readMore();
  }, [isShort, hasMore, isReadingMore, error, readMore]);
  return { ...list, items };
}
