import './list-page.css';
import { type LucideIcon, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Page } from '../components/page.tsx';
import { EmptyState } from '../components/states.tsx';
import { texts } from '../texts/en.ts';
import type { CursorList } from './cursor-pages.ts';
import { type Column, DataTable } from './data-table.tsx';
import { eachMatching } from './each-matching.ts';
import { ExportButtons } from './export-buttons.tsx';
import type { ExportFields } from './export-file.ts';
import { ListFilters, type SelectFilter } from './list-filters.tsx';
import { isFiltered, type ListSearch } from './list-search.ts';
import type { OpenRecord } from './open-record.ts';
import { SoughtRecord } from './sought-record.tsx';
import { useMatching } from './use-matching.ts';

/** What a list is called and about, and what is said where nothing is stored. */
interface ListWords {
  readonly title: string;
  readonly about: string;
  readonly none: string;
  readonly noneHelp: string;
}

/** What is saved as a file. */
interface ListFile<T> {
  /** Of the file, without its extension. */
  readonly name: string;
  readonly fields: ExportFields<T>;
  /** Reads all that the service finds. */
  readonly each: () => AsyncIterable<T>;
}

/** A page that is a list: its filters, its table, its files, and what it says where there is nothing. */
export function ListPage<T extends object, V extends string>({
  words,
  icon,
  search,
  onSearch,
  onClear,
  filter,
  chips,
  file,
  columns,
  phoneNote,
  list,
  matches,
  idOf,
  record,
  children,
}: {
  readonly words: ListWords;
  /** Shown where nothing is stored. */
  readonly icon: LucideIcon;
  readonly search: ListSearch;
  readonly onSearch: (change: ListSearch) => void;
  readonly onClear: () => void;
  /** The filter that no other list has. */
  readonly filter: SelectFilter<V>;
  /** The filters that have no field: each says what it keeps, and can be taken away. */
  readonly chips?: ReactNode;
  readonly file: ListFile<T>;
  readonly columns: readonly Column<T>[];
  readonly list: CursorList<T>;
  /** As in `DataTable`. */
  readonly phoneNote: (item: T) => ReactNode;
  /** What the service cannot filter by; the same function as long as the filters are the same. */
  readonly matches: ((item: T) => boolean) | undefined;
  readonly idOf: (item: T) => string;
  /** What is open. */
  readonly record: OpenRecord;
  /** The details of what is open, where the list has it. */
  readonly children: ReactNode;
}): ReactNode {
  const { lists } = texts;
  const matching = useMatching(list, matches);
  return (
    <Page
      title={words.title}
      about={words.about}
      actions={
        <ExportButtons
          name={file.name}
          fields={file.fields}
          each={() => eachMatching(file.each(), matches)}
        />
      }
    >
      <div className="list">
        <ListFilters search={search} filter={filter} onChange={onSearch} onClear={onClear} />
        {chips}
        {matches !== undefined && (
          <p role="status" className="list-searched muted">
            {lists.searched(matching.items.length, list.items.length, !list.hasMore)}
          </p>
        )}
        <DataTable
          label={words.title}
          columns={columns}
          phoneNote={phoneNote}
          list={matching}
          idOf={idOf}
          onOpen={(item) => record.open(idOf(item))}
          empty={
            isFiltered(search) ? (
              <EmptyState icon={SearchX} title={lists.noneMatch} help={lists.noneMatchHelp} />
            ) : (
              <EmptyState icon={icon} title={words.none} help={words.noneHelp} />
            )
          }
        />
      </div>
      {children}
      <SoughtRecord list={list} idOf={idOf} record={record} />
    </Page>
  );
}
