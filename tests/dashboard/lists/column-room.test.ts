import { describe, expect, it } from 'vitest';
import { columnsThatFit } from '../../../src/dashboard/lists/column-room.ts';

const COLUMNS = [
  { id: 'user', width: 'minmax(10rem, 1.5fr)', canGo: false },
  { id: 'interactions', width: 'minmax(6rem, 0.7fr)', canGo: true },
  { id: 'bytes', width: '6rem', canGo: true },
  { id: 'last', width: '7rem', canGo: false },
];

describe('the columns of a table', () => {
  it.each([
    [100, ['user', 'interactions', 'bytes', 'last']],
    [34, ['user', 'interactions', 'last']],
    [22, ['user', 'last']],
  ])('layout: at %d rem are %j', (width, ids) => {
    expect([...columnsThatFit(COLUMNS, width).ids]).toEqual(ids);
  });

  it('layout: shrink where none can go', () => {
    expect(columnsThatFit(COLUMNS, 12).tracks).toBe('minmax(0, 10fr) minmax(0, 7fr)');
  });
});
