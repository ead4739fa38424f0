import { describe, expect, it } from 'vitest';
import { withNewest, withReplaced } from '../../../src/dashboard/lists/cursor-pages.ts';

interface Item {
  readonly id: number;
  readonly state: string;
}

const items = (...ids: number[]): Item[] => ids.map((id) => ({ id, state: 'shown' }));
const idOf = ({ id }: Item) => String(id);
const shown = {
  pages: [
    { items: items(9, 8, 7), nextCursor: 'b' },
    { items: items(6, 5), nextCursor: 'c' },
  ],
  pageParams: [undefined, 'b'],
};

describe('a list that is brought up to date', () => {
  it('gets what is new before the rest, and keeps how far it was read', () => {
    const merged = withNewest(shown, { items: items(11, 10, 9), nextCursor: 'x' }, idOf);
    expect(merged.pages.flatMap((page) => page.items.map(({ id }) => id))).toEqual([11, 10, 9, 8, 7, 6, 5]);
    expect(merged.pages.at(-1)?.nextCursor).toBe('c');
    expect(merged.pageParams).toEqual(shown.pageParams);
  });

  it('has what changed in the place where it was', () => {
    const newest = [
      { id: 9, state: 'shown' },
      { id: 8, state: 'changed' },
    ];
    const merged = withNewest(shown, { items: newest, nextCursor: 'x' }, idOf);
    expect(merged.pages[0]?.items.map(({ state }) => state)).toEqual(['shown', 'changed', 'shown']);
  });

  it('begins anew where so much is new that the pages do not meet', () => {
    const newest = { items: items(40, 39, 38), nextCursor: 'x' };
    expect(withNewest(shown, newest, idOf)).toEqual({ pages: [newest], pageParams: [undefined] });
  });

  it('loses what is gone where the newest page is all there is', () => {
    const newest = { items: items(9, 7), nextCursor: undefined };
    expect(withNewest(shown, newest, idOf).pages.flatMap((page) => page.items.map(({ id }) => id))).toEqual([
      9, 7,
    ]);
  });
});

describe('an item of a list that changed', () => {
  it('is put in its place, and nothing else moves', () => {
    const changed = withReplaced(shown, { id: 5, state: 'changed' }, idOf);
    expect(changed.pages[0]).toEqual(shown.pages[0]);
    expect(changed.pages[1]?.items.map(({ id, state }) => [id, state])).toEqual([
      [6, 'shown'],
      [5, 'changed'],
    ]);
  });

  it('is not added where it was not shown', () => {
    expect(withReplaced(shown, { id: 4, state: 'changed' }, idOf)).toEqual(shown);
  });
});
