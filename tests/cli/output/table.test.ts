import { describe, expect, it } from 'vitest';
import { tableLines } from '../../../src/cli/output/table.ts';

interface Note {
  readonly who: string;
  readonly what: string;
  readonly why?: string;
}

const WHO = { title: 'WHO', cell: ({ who }: Note) => who };
const WHAT = { title: 'WHAT', cell: ({ what }: Note) => what, isLong: true };
const WHY = { title: 'WHY', cell: ({ why = '' }: Note) => why, isLong: true };

describe('a table', () => {
  it('has its columns below each other, and no blanks at the ends of lines', () => {
    const rows = [
      { who: 'alice', what: 'asks' },
      { who: 'Ω', what: 'answers at length' },
    ];
    expect(tableLines([WHO, WHAT], rows)).toEqual(['WHO    WHAT', 'alice  asks', 'Ω      answers at length']);
  });

  it('has titles where there are no rows', () => {
    expect(tableLines([WHO, WHAT], [])).toEqual(['WHO  WHAT']);
  });

  it('has columns at least so wide as they say', () => {
    expect(tableLines([{ ...WHO, least: 6 }, WHAT], [{ who: 'bob', what: 'x' }])).toEqual([
      'WHO     WHAT',
      'bob     x',
    ]);
  });

  it('cuts long cells to what the terminal has left, and shares it among them', () => {
    const row = { who: 'alice', what: 'w'.repeat(50), why: 'y'.repeat(50) };
    const [, line = ''] = tableLines([WHO, WHAT, WHY], [row], 49);
    expect(line).toBe(`alice  ${'w'.repeat(19)}…  ${'y'.repeat(19)}…`);
    expect(line).toHaveLength(49);
  });

  it('cuts no cell that is not long, and leaves the others something, on the narrowest terminal', () => {
    const row = { who: 'a-very-long-principal', what: 'w'.repeat(50) };
    expect(tableLines([WHO, WHAT], [row], 10).at(-1)).toBe(`a-very-long-principal  ${'w'.repeat(11)}…`);
  });

  it('cuts characters whole', () => {
    expect(tableLines([WHAT], [{ who: '', what: '🙂'.repeat(20) }], 12).at(-1)).toBe(`${'🙂'.repeat(11)}…`);
  });

  it.each([
    ['line ends', 'one\r\ntwo', 'one two'],
    ['escape sequences', '\u001b[2Jgone', ' [2Jgone'],
    ['what turns the direction around', 'a\u202eb', 'a b'],
    ['line separators', 'a\u2028b', 'a b'],
  ])('keeps the terminal from %s', (_what, what, shown) => {
    expect(tableLines([WHO, WHAT], [{ who: 'x', what }]).at(-1)).toBe(`x    ${shown}`);
  });
});
