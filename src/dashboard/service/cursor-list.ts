import { type InfiniteData, type QueryKey, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';

/** One page of a list of the service, newest first. */
interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | undefined;
}

/** What a list is made of. */
export interface CursorListOptions<T> {
  /** Names the list and everything that filters it. */
  readonly queryKey: QueryKey;
  readonly read: (cursor: string | undefined) => Promise<Page<T>>;
  /** Tells items apart. */
  readonly idOf: (item: T) => string;
}

/** A list as far as it was read, newest first. */
export interface CursorList<T> {
  readonly items: readonly T[];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly hasMore: boolean;
  readonly isReadingMore: boolean;
  /** Reads the next page. */
  readonly readMore: () => void;
  /** Begins again with the newest page. */
  readonly retry: () => void;
  /** Reads the newest page and puts what is new before the rest, and what changed in its place: nothing that is shown moves. */
  readonly readNewest: () => Promise<void>;
}

type Pages<T> = InfiniteData<Page<T>, string | undefined>;

/** A list of the service, page by page as it is asked for. */
export function useCursorList<T>({ queryKey, read, idOf }: CursorListOptions<T>): CursorList<T> {
  const queries = useQueryClient();
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
  });
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);

  const lastIsEmpty = data?.pages.at(-1)?.items.length === 0;
  useEffect(() => {
    // A page without items may have a successor: the canister looks at so many records a page.
    if (lastIsEmpty && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [lastIsEmpty, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const readMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const retry = useCallback(() => void queries.resetQueries({ queryKey, exact: true }), [queries, queryKey]);

  const readNewest = useCallback(async () => {
    const newest = await read(undefined);
    queries.setQueryData<Pages<T>>(queryKey, (shown) => shown && withNewest(shown, newest, idOf));
  }, [queries, queryKey, read, idOf]);

  return {
    items,
    isPending,
    error,
    hasMore: hasNextPage,
    isReadingMore: isFetchingNextPage,
    readMore,
    retry,
    readNewest,
  };
}

/** The pages with the newest one merged in; the newest one alone where it is all there is, and where so much is new that they do not meet. */
export function withNewest<T>(shown: Pages<T>, newest: Page<T>, idOf: (item: T) => string): Pages<T> {
  const fresh = new Map(newest.items.map((item) => [idOf(item), item]));
  const [first, ...rest] = shown.pages;
  const known = first?.items ?? [];
  const meets = newest.nextCursor !== undefined && known.some((item) => fresh.has(idOf(item)));
  if (first === undefined || !meets) return { pages: [newest], pageParams: [undefined] };
  const knownIds = new Set(known.map(idOf));
  const added = newest.items.filter((item) => !knownIds.has(idOf(item)));
  const pages = [first, ...rest].map((page) => ({
    ...page,
    items: page.items.map((item) => fresh.get(idOf(item)) ?? item),
  }));
  pages[0] = { items: [...added, ...(pages[0]?.items ?? [])], nextCursor: first.nextCursor };
  return { ...shown, pages };
}
