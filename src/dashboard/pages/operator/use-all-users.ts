import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { UserInfo } from '../../../client/index.ts';
import { useCursorList } from '../../lists/cursor-list.ts';
import type { CursorList } from '../../lists/cursor-pages.ts';
import { useService } from '../../service/service.tsx';
import { REFRESH_MS } from './operator-only.tsx';

/** As many as the service gives at a time. */
const PAGE = 500;
/** More are not read into a browser. */
export const MOST_USERS = 20_000;

/** All users, as far as they were read. */
export interface AllUsers {
  readonly list: CursorList<UserInfo>;
  /** How many there are; undefined until it is known. */
  readonly total: number | undefined;
  /** Whether the newest `MOST_USERS` were read, and there are more. */
  readonly isCut: boolean;
}

/** Reads all users, page after page, and the newest page again and again. */
export function useAllUsers(): AllUsers {
  const { client } = useService();
  const list = useCursorList({
    queryKey: ['users'],
    read: (cursor) => client.listUsers({ limit: PAGE, cursor }),
    idOf: ({ userId }) => userId,
  });
  const { data } = useQuery({
    queryKey: ['user-count'],
    queryFn: async () => Number((await client.getServiceAnalytics()).stored.users),
  });
  const { items, hasMore, isReadingMore, readMore, error } = list;
  const isCut = hasMore && items.length >= MOST_USERS;
  useEffect(() => {
    if (hasMore && !isCut && !isReadingMore && error === null) readMore();
  }, [hasMore, isCut, isReadingMore, error, readMore]);
  const readNewest = useRef(list.readNewest);
  useEffect(() => {
    readNewest.current = list.readNewest;
  });
  useEffect(() => {
    // Where it fails, the list stays as it is until the next time.
    const timer = setInterval(() => void readNewest.current().catch(() => undefined), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return { list, total: data, isCut };
}
