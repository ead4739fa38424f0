import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { text } from './list-search.ts';

/** What the address of every page can say: which record is open, and whose records they are. */
export interface OpenSearch {
  readonly open?: string | undefined;
  /** The user whose records are shown to who runs the service; their own where it is left out. */
  readonly user?: string | undefined;
}

/** What an address says of it. */
export function readOpenSearch(search: Readonly<Record<string, unknown>>): OpenSearch {
  return { open: text(search['open']), user: text(search['user']) };
}

/** The record that is open beside the page, in the history: Back closes it, and Forward and a link open it again. */
export interface OpenRecord {
  readonly openId: string | undefined;
  readonly open: (id: string) => void;
  readonly close: () => void;
}

/** The record that the page's address says is open. */
export function useOpenRecord(): OpenRecord {
  const { open: openId } = useSearch({ from: '__root__' });
  const navigate = useNavigate();
  const { history } = useRouter();
  // Whether the place before this one in the history is the same page with nothing open.
  const wasOpenedHere = useRef(false);
  return {
    openId,
    open: (id) => {
      wasOpenedHere.current = openId === undefined;
      void navigate({
        to: '.',
        search: (search) => ({ ...search, open: id }),
        replace: openId !== undefined,
        resetScroll: false,
      });
    },
    close: () => {
      if (openId === undefined) return;
      if (wasOpenedHere.current) {
        wasOpenedHere.current = false;
        history.back();
        return;
      }
      void navigate({
        to: '.',
        search: (search) => ({ ...search, open: undefined }),
        replace: true,
        resetScroll: false,
      });
    },
  };
}
