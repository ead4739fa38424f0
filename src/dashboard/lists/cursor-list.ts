import { type QueryKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import type { Page } from '../../client/reading/paging.ts';
import { LIST_KEY, useLiveEvents } from '../live/live.tsx';
import { AGAIN_MS, isTemporary } from '../service/again.ts';
import { type CursorList, type Pages, withNewest, withReplaced } from './cursor-pages.ts';

/** What a list is made of. */
export interface CursorListOptions<T> {
  /** Names the list and everything that filters it. */
  readonly queryKey: QueryKey;
  readonly read: (cursor: string | undefined) => Promise<Page<T>>;
  /** Tells items apart. */
  readonly idOf: (item: T) => string;
}

/** A list of the service, page by page as it is asked for; brought up to date when something happens about the user who is shown. */
export function useCursorList<T>({ queryKey: key, read, idOf }: CursorListOptions<T>): CursorList<T> {
  const queries = useQueryClient();
  const queryKey = [LIST_KEY, ...key];
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery<
    Page<T>,
    Error,
    Pages<T>,
    QueryKey,
    string | undefined
  >({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // A list is brought up to date by readNewest: reading every page again would cost more the further one went.
    staleTime: Number.POSITIVE_INFINITY,
    // A page that could not be read is asked for again below: this would read all pages again.
    refetchInterval: ({ state }) => (state.data === undefined && isTemporary(state.error) ? AGAIN_MS : false),
    // Else each page would be compared with all that were read before it.
    structuralSharing: false,
  });
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);

  const lastIsEmpty = data?.pages.at(-1)?.items.length === 0;
  useEffect(() => {
    // A page without items may have a successor: the canister looks at so many records a page.
    if (lastIsEmpty && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [lastIsEmpty, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const hasFailedPage = data !== undefined && isTemporary(error);
  useEffect(() => {
    if (!hasFailedPage || isFetchingNextPage) return undefined;
    const timer = setTimeout(() => void fetchNextPage(), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [hasFailedPage, isFetchingNextPage, fetchNextPage]);

  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const readNewest = async () => {
    const newest = await read(undefined);
    queries.setQueryData<Pages<T>>(queryKey, (shown) => shown && withNewest(shown, newest, idOf));
  };
  useLiveEvents(() => {
    // Where it fails, the list stays as it is: the next event, or the person, reads it again.
    readNewest().catch(() => undefined);
  });

  return {
    items,
    isPending,
    error,
    hasMore: hasNextPage,
    isReadingMore: isFetchingNextPage,
    readMore,
    retry: () => void queries.resetQueries({ queryKey, exact: true }),
    readNewest,
    replace: (item) =>
      queries.setQueryData<Pages<T>>(queryKey, (shown) => shown && withReplaced(shown, item, idOf)),
  };
}
