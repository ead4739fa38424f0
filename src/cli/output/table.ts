/** A column of a table for people. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Characters that it takes even where its cells are shorter, so that rows printed one by one stand below each other. */
  readonly least?: number;
  /** Whether its cells may be cut, to as much as the terminal has left. */
  readonly isLong?: boolean;
}

/** What is left of a long cell on the narrowest terminal. */
const LEAST_LONG = 12;
const GAP = '  ';

/**
 * The lines of a table, its titles first. Long cells are cut to fit into `width` characters, where that is given. Whatever is in a cell
 * stays on its line and commands the terminal nothing.
 */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width = Infinity,
): readonly string[] {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => printable(cell(row)))),
  ];
  const natural = columns.map(({ least = 0 }, i) => Math.max(least, ...lines.map((line) => size(line[i]))));
  const long = columns.filter(({ isLong }) => isLong).length;
  const taken = natural.reduce((sum, each, i) => sum + (columns[i]?.isLong ? 0 : each), 0);
  const left = Math.floor((width - taken - GAP.length * (columns.length - 1)) / long);
  const widths = natural.map((each, i) =>
    columns[i]?.isLong ? Math.min(each, Math.max(left, LEAST_LONG)) : each,
  );
  return lines.map((line) =>
    line
      .map((cell, i) => fitted(cell, widths[i] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

function size(text = ''): number {
  return Array.from(text).length;
}

function fitted(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length > width) return `${characters.slice(0, width - 1).join('')}…`;
  return text + ' '.repeat(width - characters.length);
}

/** Control and format characters, line ends included, could write elsewhere on the terminal or turn what stands there around. */
function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}
