import { describe, expect, it } from 'vitest';
import { beginningOf } from '../../../src/dashboard/lists/beginning-of.ts';
import type { CursorList } from '../../../src/dashboard/lists/cursor-pages.ts';

const nothing = () => undefined;
const failure = new Error('no answer');

/** A list that was read to its end and has no items. */
const NONE: CursorList<string> = {
  items: [],
  isPending: false,
  error: null,
  hasMore: false,
  isReadingMore: false,
  readMore: nothing,
  retry: nothing,
  readNewest: () => Promise.resolve(),
  replace: nothing,
};

describe('the beginning of a list', () => {
  for (const [name, list, expected] of [
    ['is read when it is known to have no items', {}, { data: [], error: null }],
    ['is not read while its first page comes', { isPending: true }, { data: undefined, error: null }],
    ['is not read while only pages without items came', { hasMore: true }, { data: undefined, error: null }],
    ['has failed when its first page has', { error: failure }, { data: undefined, error: failure }],
    [
      'stays when a later page fails',
      { items: ['one'], hasMore: true, error: failure },
      { data: ['one'], error: undefined },
    ],
  ] as const) {
    it(name, () => {
      expect(beginningOf({ ...NONE, ...list })).toMatchObject(expected);
    });
  }
});
