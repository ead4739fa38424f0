import './list-page.css';
import { type LucideIcon, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Page } from '../components/page.tsx';
import { EmptyState } from '../components/states.tsx';
import type { CursorList } from '../service/cursor-list.ts';
import { texts } from '../texts/en.ts';
import { isFiltered, type ListSearch } from './list-search.ts';
import { useMatching } from './use-matching.ts';

/** A page that is a list: its filters, its table, and what it says where there is nothing. */
export function ListPage<T extends object>({
  title,
  about,
  actions,
  filters,
  search,
  columns,
  list,
  matches,
  idOf,
  onOpen,
  empty,
  children,
}: {
  readonly title: string;
  readonly about: string;
  readonly actions: ReactNode;
  readonly filters: ReactNode;
  readonly search: ListSearch;
  readonly columns: readonly Column<T>[];
  readonly list: CursorList<T>;
  /** What the service cannot filter by; the same function as long as the filters are the same. */
  readonly matches: ((item: T) => boolean) | undefined;
  readonly idOf: (item: T) => string;
  readonly onOpen: (id: string) => void;
  /** Said where nothing is stored. */
  readonly empty: { readonly icon: LucideIcon; readonly title: string; readonly help: string };
  /** The details of what is open. */
  readonly children: ReactNode;
}): ReactNode {
  const { lists } = texts;
  const matching = useMatching(list, matches);
  return (
    <Page title={title} about={about} actions={actions}>
      <div className="list">
        {filters}
        {search.text !== undefined && (
          <p role="status" className="list-searched muted">
            {lists.searched(matching.items.length, list.items.length, !list.hasMore)}
          </p>
        )}
        <DataTable
          label={title}
          columns={columns}
          list={matching}
          idOf={idOf}
          onOpen={(item) => onOpen(idOf(item))}
          empty={
            isFiltered(search) ? (
              <EmptyState icon={SearchX} title={lists.noneMatch} help={lists.noneMatchHelp} />
            ) : (
              <EmptyState {...empty} />
            )
          }
        />
      </div>
      {children}
    </Page>
  );
}
