import { type ReactNode, useEffect } from 'react';
import { Loaded } from '../components/loaded.tsx';
import { SidePanel } from '../components/side-panel.tsx';
import { texts } from '../texts/en.ts';
import type { CursorList } from './cursor-pages.ts';
import type { OpenRecord } from './open-record.ts';

/** In the place of the details of a record that an address names, until it is read: reads on until it comes, or says that it is not there. */
export function SoughtRecord<T>({
  list: { items, hasMore, isPending, isReadingMore, readMore, error, retry },
  idOf,
  record: { openId, close },
}: {
  readonly list: CursorList<T>;
  readonly idOf: (item: T) => string;
  readonly record: OpenRecord;
}): ReactNode {
  const isSought = openId !== undefined && !items.some((item) => idOf(item) === openId);
  const hasFailed = error !== null && error !== undefined;
  useEffect(() => {
    if (isSought && hasMore && !isReadingMore && !hasFailed) readMore();
  }, [isSought, hasMore, isReadingMore, hasFailed, readMore]);
  const isRead = !hasFailed && !isPending && !hasMore;
  const { lists, parts } = texts;
  // Gone at once: the record's own panel comes in its place.
  if (!isSought) return null;
  return (
    <SidePanel isOpen title={parts.details} onClose={close}>
      <Loaded reading={{ data: isRead ? openId : undefined, error, refetch: retry }}>
        {() => <p>{lists.notThere}</p>}
      </Loaded>
    </SidePanel>
  );
}
