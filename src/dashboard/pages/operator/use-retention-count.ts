import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PreviewRetentionRequest } from '../../../client/index.ts';
import { useService } from '../../service/service.tsx';

/** Users that the service gives at a time. */
const PAGE = 500;
/** A page ends when its work is spent. No more of them are read while somebody waits. */
const MOST_PAGES = 100;

/** How many records would go, as far as they were counted. */
export interface RetentionCount {
  readonly interactions: bigint;
  readonly activities: bigint;
  readonly users: number;
  /** `cut`: counting ended, and there is more. */
  readonly state: 'counting' | 'done' | 'cut';
  /** When it takes effect, ns since 1970; undefined where that is at once, or not known yet. */
  readonly effectiveAt: bigint | undefined;
}

interface Counting {
  readonly count: RetentionCount;
  /** Why it did not get on; null where it did. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** Counts what would go if this were set, page after page, and anew each time it is asked. */
export function useRetentionCount(numbers: PreviewRetentionRequest): Counting {
  const { client } = useService();
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['retention-count', keyOf(numbers)],
    queryFn: ({ pageParam }) =>
      client.previewRetention({
        ...numbers,
        limit: PAGE,
        ...(pageParam !== undefined && { cursor: pageParam }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const pages = data?.pages ?? [];
  const isCut = hasNextPage && pages.length >= MOST_PAGES;
  useEffect(() => {
    if (hasNextPage && !isCut && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isCut, isFetching, error, fetchNextPage]);
  const items = pages.flatMap((page) => page.items);
  const count: RetentionCount = {
    interactions: items.reduce((sum, { interactions }) => sum + interactions, 0n),
    activities: items.reduce((sum, { activities }) => sum + activities, 0n),
    users: items.length,
    state: isCut ? 'cut' : data === undefined || hasNextPage ? 'counting' : 'done',
    // That of the first page: the others are asked later.
    effectiveAt: pages[0]?.effectiveAt,
  };
  return { count, error, retry: () => void fetchNextPage() };
}

/** Numbers of 64 bits are none of JSON. */
function keyOf(numbers: PreviewRetentionRequest): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${value}`)
    .sort()
    .join();
}
