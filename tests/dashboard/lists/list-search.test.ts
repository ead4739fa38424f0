import { describe, expect, it } from 'vitest';
import { isFiltered, readListSearch, timeRange } from '../../../src/dashboard/lists/list-search.ts';
import { textMatch } from '../../../src/dashboard/lists/text-match.ts';
import { readActivitySearch } from '../../../src/dashboard/pages/activities/activity-search.ts';

describe('the filters in an address', () => {
  it('are read where they are right', () => {
    const search = { service: 'Gmail', from: '2026-11-01', until: '2026-11-24', text: 'Dana' };
    expect(readListSearch(search)).toEqual(search);
  });

  for (const wrong of [
    { service: 'Slack' },
    { service: 'toString' },
    { from: '2026-13-01' },
    { until: 'tomorrow' },
    { from: 20_261_101 },
    { text: ['Dana'] },
    { text: '' },
  ]) {
    it(`are left out where they are wrong: ${JSON.stringify(wrong)}`, () => {
      expect(isFiltered(readListSearch(wrong))).toBe(false);
    });
  }

  it('take digits for a text', () => {
    expect(readListSearch({ text: 214 }).text).toBe('214');
  });

  it('know the types of one list', () => {
    expect(readActivitySearch({ type: 'EmailSent' }).type).toBe('EmailSent');
    expect(readActivitySearch({ type: 'EmailLost' }).type).toBeUndefined();
  });
});

describe('the time between two days', () => {
  it('has both of them whole', () => {
    const { from, until } = timeRange({ from: '2026-11-23', until: '2026-11-24' });
    expect(from).toBe(BigInt(new Date(2026, 10, 23).getTime()) * 1_000_000n);
    expect(until).toBe(BigInt(new Date(2026, 10, 25).getTime()) * 1_000_000n);
  });

  it('is open where no day is named', () => {
    expect(timeRange({})).toEqual({ from: undefined, until: undefined });
  });
});

describe('a text that is looked for', () => {
  it('is there where each of its words is in some part, in any case', () => {
    const match = textMatch('dana INVOICE');
    expect(match?.(['The invoice', undefined, 'for Dana'])).toBe(true);
    expect(match?.(['The invoice'])).toBe(false);
  });

  for (const empty of [undefined, '', '  ']) {
    it(`lets all pass without words: ${JSON.stringify(empty)}`, () => {
      expect(textMatch(empty)).toBeUndefined();
    });
  }
});
