import { describe, expect, it } from 'vitest';
import { CSV, type ExportFields, JSON_FILE, jsonText } from '../../../src/dashboard/lists/export-file.ts';

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

describe('JSON shown otherwise than stored', () => {
  const METADATA: ExportFields<{ readonly metadata: string }> = [
    ['metadata', ({ metadata }) => jsonText(metadata)],
  ];
  const STORED = [
    '9007199254740993',
    '1e400',
    '-0',
    '1.0',
    '{"b":1,"a":2,"b":3}',
    '"\\u00e9\\/"',
    '\t[ 1 ]',
    '-1.5e-400',
  ];

  it.each(STORED)('does not happen to %j in a file', (metadata) => {
    const [, cell = ''] = CSV.write(METADATA, [{ metadata }]).split('\r\n');
    expect(cell.startsWith('"') && cell !== metadata ? cell.slice(1, -1).replaceAll('""', '"') : cell).toBe(
      metadata,
    );
    expect(JSON.parse(JSON_FILE.write(METADATA, [{ metadata }]))).toEqual([{ metadata }]);
  });

  it('is no way for a formula', () => {
    expect(CSV.write(METADATA, [{ metadata: '=1+1' }])).toBe("metadata\r\n'=1+1\r\n");
    expect(CSV.write(METADATA, [{ metadata: '-1+cmd' }])).toBe("metadata\r\n'-1+cmd\r\n");
  });
});

describe('a file of JSON', () => {
  it('has an object for each item, with null for what is not there', () => {
    expect(JSON.parse(JSON_FILE.write(FIELDS, [{ text: undefined, count: 1 }]))).toEqual([
      { text: null, count: 1 },
    ]);
  });
});
