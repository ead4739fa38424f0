import { describe, expect, it } from 'vitest';
import { CSV, type ExportFields, JSON_FILE } from '../../../src/dashboard/lists/export-file.ts';

interface Item {
  readonly text: string | undefined;
  readonly count: number;
}

const FIELDS: ExportFields<Item> = [
  ['text', ({ text }) => text],
  ['count', ({ count }) => count],
];

describe('a file of comma-separated values', () => {
  const cases: readonly (readonly [text: string | undefined, cell: string])[] = [
    ['plain', 'plain'],
    [undefined, ''],
    ['a, b', '"a, b"'],
    ['say "it"', '"say ""it"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['a=1', 'a=1'],
  ];
  for (const [text, cell] of cases) {
    it(`writes ${JSON.stringify(text)} so that no spreadsheet takes it for more than a text`, () => {
      expect(CSV.write(FIELDS, [{ text, count: -3 }])).toBe(`text,count\r\n${cell},-3\r\n`);
    });
  }

  it('has its head alone where nothing matches', () => {
    expect(CSV.write(FIELDS, [])).toBe('text,count\r\n');
  });
});

describe('a file of JSON', () => {
  it('has an object for each item, with null for what is not there', () => {
    expect(JSON.parse(JSON_FILE.write(FIELDS, [{ text: undefined, count: 1 }]))).toEqual([
      { text: null, count: 1 },
    ]);
  });
});
