import { describe, expect, it } from 'vitest';
import { allRead, type Reading } from '../../../src/dashboard/components/reading.ts';

function reading(data: unknown, error: unknown = null): Reading<unknown> & { readonly asked: () => number } {
  let asked = 0;
  return { data, error, refetch: () => ++asked, asked: () => asked };
}

describe('several readings as one', () => {
  it('are read when each is', () => {
    expect(allRead([reading(1), reading(null)])).toMatchObject({ data: true, error: undefined });
    expect(allRead([reading(1), reading(undefined)]).data).toBeUndefined();
  });

  it('have failed when one has', () => {
    const failure = new Error('no answer');
    expect(allRead([reading(1), reading(undefined, failure)]).error).toBe(failure);
  });

  it('are all read again', () => {
    const all = [reading(1), reading(undefined, new Error('no answer'))];
    allRead(all).refetch();
    expect(all.map(({ asked }) => asked())).toEqual([1, 1]);
  });
});
