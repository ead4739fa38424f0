import type { Page } from '../../client/reading/paging.ts';

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
  /** Puts an item in the place of the one that has its id. */
  readonly replace: (item: T) => void;
}

/** The pages of a list as far as it was read, in the form that TanStack Query keeps them in. */
export interface Pages<T> {
  pages: Page<T>[];
  pageParams: (string | undefined)[];
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

/** The pages with the item in the place of the one that has its id. */
export function withReplaced<T>(shown: Pages<T>, item: T, idOf: (item: T) => string): Pages<T> {
  const id = idOf(item);
  return {
    ...shown,
    pages: shown.pages.map((page) => ({
      ...page,
      items: page.items.map((other) => (idOf(other) === id ? item : other)),
    })),
  };
}
