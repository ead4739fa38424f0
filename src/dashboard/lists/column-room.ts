/** What a column of a table says of its room. */
export interface ColumnRoom {
  readonly id: string;
  /** A track size of CSS grid: a length in rem, or `minmax` of one (or 0) and more. */
  readonly width: string;
  /** It is left out where there is no room for it. */
  readonly canGo: boolean;
}

/** What a track without a least width is given, rem. */
const LEAST_REM = 6;
/** Between two columns, and on each side of a row, rem. */
const GAP_REM = 1;
const PADDING_REM = 1.25;

/** The columns that fit in a width (rem): those that can go are left out from the last one on. What is left shrinks where even that is too wide. */
export function columnsThatFit(
  columns: readonly ColumnRoom[],
  width: number,
): { readonly ids: ReadonlySet<string>; readonly tracks: string } {
  let shown = columns;
  while (needOf(shown) > width) {
    const last = shown.findLast(({ canGo }) => canGo);
    if (last === undefined) break;
    shown = shown.filter((column) => column !== last);
  }
  const isTight = needOf(shown) > width;
  const tracks = shown.map((column) => (isTight ? `minmax(0, ${leastOf(column)}fr)` : column.width));
  return { ids: new Set(shown.map(({ id }) => id)), tracks: tracks.join(' ') };
}

function needOf(columns: readonly ColumnRoom[]): number {
  const least = columns.reduce((sum, column) => sum + leastOf(column), 0);
  return least + GAP_REM * (columns.length - 1) + 2 * PADDING_REM;
}

function leastOf({ width }: ColumnRoom): number {
  const found = /^(?:minmax\()?([\d.]+)rem/.exec(width)?.[1];
  return found === undefined ? LEAST_REM : Number(found);
}
