import { expect, it } from 'vitest';
import { intervalsAfter } from '../../../src/client/reading/backoff.ts';

it('a feed asks each interval, and less often after each failure, down to a limit', () => {
  expect([0, 1, 2, 3, 4, 5, 1000].map(intervalsAfter)).toEqual([1, 2, 4, 8, 16, 16, 16]);
});
