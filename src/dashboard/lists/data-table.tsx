import './data-table.css';
import {
  type ColumnDef,
  columnVisibilityFeature,
  metaHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Loaded } from '../components/loaded.tsx';
import { ErrorState } from '../components/states.tsx';
import { texts } from '../texts/en.ts';
import { beginningOf } from './beginning-of.ts';
import { columnsThatFit } from './column-room.ts';
import type { CursorList } from './cursor-pages.ts';
import { usePhone } from './use-phone.ts';

/** How a column is shown. */
interface ColumnLayout {
  /** A track size of CSS grid. */
  readonly width: string;
  readonly align?: 'end';
  /** Left out on a phone, and wherever there is no room for it. */
  readonly hiddenOnPhone?: boolean;
  /** Left out where there is no room for it: of a phone, too, where the others would be cut off. */
  readonly canGo?: boolean;
}

const features = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<ColumnLayout>() });

/** A column of a `DataTable`: an id, a header, a cell, and in `meta` its layout. */
export type Column<T extends object> = ColumnDef<typeof features, T>;

/** What a table shows. */
export interface DataTableProps<T extends object> {
  /** What the rows are, for who cannot see them. */
  readonly label: string;
  /** Not made anew at each render. The first names the row. */
  readonly columns: readonly Column<T>[];
  readonly list: CursorList<T>;
  readonly idOf: (item: T) => string;
  /** Opens the details of a row. */
  readonly onOpen: (item: T) => void;
  /** Shown where there is nothing. */
  readonly empty: ReactNode;
  /** What a phone shows below the name of a row: what the columns say that it has no room for. */
  readonly phoneNote?: (item: T) => ReactNode;
}

const ROW_PX = 45;
const NOTED_ROW_PX = 66;
const OVERSCAN = 12;

/** A list of the service as a table. Only the rows in sight are in the page; the next page of the list is read before its end comes in sight. */
export function DataTable<T extends object>({
  label,
  columns,
  list,
  idOf,
  onOpen,
  empty,
  phoneNote,
}: DataTableProps<T>): ReactNode {
  return (
    <div className="table">
      <Loaded reading={beginningOf(list)} rows={8} empty={empty}>
        {() => (
          <Rows
            label={label}
            columns={columns}
            list={list}
            idOf={idOf}
            onOpen={onOpen}
            {...(phoneNote && { phoneNote })}
          />
        )}
      </Loaded>
    </div>
  );
}

function Rows<T extends object>({
  label,
  columns,
  list,
  idOf,
  onOpen,
  phoneNote,
}: Omit<DataTableProps<T>, 'empty'>): ReactNode {
  const isPhone = usePhone();
  const note = isPhone ? phoneNote : undefined;
  const rowPx = note === undefined ? ROW_PX : NOTED_ROW_PX;
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const { columnVisibility, tracks } = useMemo(() => {
    const wanted = columns
      .filter(({ meta }) => !(isPhone && meta?.hiddenOnPhone === true))
      .map(({ id = '', meta }) => ({
        id,
        width: meta?.width ?? 'minmax(6rem, 1fr)',
        canGo: meta?.hiddenOnPhone === true || meta?.canGo === true,
      }));
    const fitting = columnsThatFit(wanted, width);
    return {
      columnVisibility: Object.fromEntries(columns.map(({ id = '' }) => [id, fitting.ids.has(id)])),
      tracks: fitting.tracks,
    };
  }, [columns, isPhone, width]);
  const { items, hasMore, readMore } = list;
  const { body, virtual } = useRowsInSight(items.length, rowPx);
  useHeldPosition(items, { idOf, body, rowPx });
  const places = virtual.getVirtualItems();
  const first = places[0]?.index ?? 0;
  const last = places.at(-1)?.index ?? 0;
  // A model of the rows in sight alone: one of all that was read would be made anew with each page.
  const data = useMemo(() => items.slice(first, last + 1), [items, first, last]);
  const table = useTable({ features, columns, data, getRowId: idOf, state: { columnVisibility } });
  const { rows } = table.getRowModel();
  const hasFailed = list.error !== null && list.error !== undefined;
  useEffect(() => {
    // After an error the person asks again: this would else ask without end.
    if (hasMore && !hasFailed && last >= items.length - OVERSCAN) readMore();
  }, [hasMore, hasFailed, readMore, last, items.length]);

  const [header] = table.getHeaderGroups();
  const shown = header?.headers ?? [];
  const style: CSSProperties & Record<'--tracks', string> = { '--tracks': tracks };
  return (
    <div ref={place} style={style}>
      <div role="table" aria-label={label} aria-rowcount={hasMore ? -1 : items.length + 1}>
        <div role="rowgroup">
          <div className="table-row table-head" role="row" aria-rowindex={1}>
            {shown.map((cell) => (
              <span key={cell.id} role="columnheader" data-align={cell.column.columnDef.meta?.align}>
                <table.FlexRender header={cell} />
              </span>
            ))}
          </div>
        </div>
        <div
          ref={body}
          className="table-body"
          role="rowgroup"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={moveFocus}
        >
          {places.map(({ index, start }) => {
            const row = rows[index - first];
            return (
              row && (
                <div
                  key={row.id}
                  className={note ? 'table-row table-row-noted table-item' : 'table-row table-item'}
                  role="row"
                  aria-rowindex={index + 2}
                  style={{
                    height: rowPx,
                    transform: `translateY(${start - virtual.options.scrollMargin}px)`,
                  }}
                >
                  {row.getVisibleCells().map((cell, column) => (
                    <span key={cell.id} role="cell" data-align={cell.column.columnDef.meta?.align}>
                      {column === 0 ? (
                        <>
                          <button type="button" className="table-open" onClick={() => onOpen(row.original)}>
                            <table.FlexRender cell={cell} />
                          </button>
                          {note && <span className="table-note muted">{note(row.original)}</span>}
                        </>
                      ) : (
                        <table.FlexRender cell={cell} />
                      )}
                    </span>
                  ))}
                </div>
              )
            );
          })}
        </div>
      </div>
      {hasFailed ? (
        <ErrorState error={list.error} onRetry={readMore} />
      ) : (
        <p className="table-foot" role="status">
          {list.isReadingMore ? texts.parts.more : hasMore ? '' : texts.parts.end}
        </p>
      )}
    </div>
  );
}

/** The width of an element in rem; as wide as any before it is measured. */
function useWidth(place: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setWidth(element.clientWidth / rem);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return width;
}

/** Which rows are in sight of the window. */
function useRowsInSight(count: number, rowPx: number) {
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useEffect(() => {
    const measure = () => setScrollMargin((body.current?.getBoundingClientRect().top ?? 0) + scrollY);
    measure();
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin,
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  return { body, virtual };
}

/** Where rows come before those in sight, scrolls by as much: rows are placed by transforms, which the browser's own anchoring does not see. */
function useHeldPosition<T>(
  items: readonly T[],
  {
    idOf,
    body,
    rowPx,
  }: {
    readonly idOf: (item: T) => string;
    readonly body: RefObject<HTMLDivElement | null>;
    readonly rowPx: number;
  },
): void {
  const held = useRef<string>(undefined);
  useLayoutEffect(() => {
    const [newest] = items;
    const id = newest && idOf(newest);
    const before = held.current;
    held.current = id;
    if (before === undefined || before === id) return;
    const added = items.findIndex((item) => idOf(item) === before);
    const isAbove = (body.current?.getBoundingClientRect().top ?? 0) < 0;
    if (added > 0 && isAbove) scrollBy({ top: added * rowPx, behavior: 'instant' });
  }, [items, idOf, body, rowPx]);
}

/** The arrow keys go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.table-open')];
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
