import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, NotFoundError } from '../../../../src/client/index.ts';
import {
  isNumber,
  numbersIn,
  refusedField,
  typedOf,
} from '../../../../src/dashboard/pages/operator/number-fields.ts';
import { serviceSeries } from '../../../../src/dashboard/pages/operator/service-series.ts';

const NAMES = ['bytes', 'credentials'] as const;

describe('number fields', () => {
  it('are what is stored, and empty where nothing is', () => {
    expect(typedOf(NAMES, { bytes: 7n, credentials: undefined })).toEqual({ bytes: '7', credentials: '' });
  });

  it('give numbers, and nothing for what is empty', () => {
    expect(numbersIn(NAMES, { bytes: ' 7 ', credentials: '' })).toEqual({
      bytes: 7n,
      credentials: undefined,
    });
  });

  it.each(['-1', '1.5', '1e3', 'many', '18446744073709551616'])('do not give %s', (text) => {
    expect(isNumber(text)).toBe(false);
    expect(numbersIn(NAMES, { bytes: text, credentials: '' })).toBeUndefined();
  });

  it.each([
    ['limits.caller_burst', 'callerBurst'],
    ['bytes', 'bytes'],
  ])('know %s as %s', (field, name) => {
    expect(refusedField(new InvalidArgumentError(field, 'is too much'))).toBe(name);
  });

  it('know no field of another refusal', () => {
    expect(refusedField(new NotFoundError('there is no such record'))).toBeUndefined();
  });
});

describe('serviceSeries', () => {
  const DAY_NS = 86_400_000_000_000n;
  const counts = {
    interactions: 4n,
    successes: 3n,
    errors: 1n,
    sessions: 2n,
    credentialLeases: 0n,
    tokenRefreshes: 0n,
    refreshFailures: 0n,
    rateLimited: 5n,
    latencyCount: 0n,
    latencySumMs: 0n,
    latencyMaxMs: 0n,
  };

  it('has a number for each day, zero where nothing was counted', () => {
    const series = serviceSeries(
      { series: [{ start: 9n * DAY_NS, counts }] },
      { days: 2, now: 10n * DAY_NS + 5n },
    );
    expect(series).toEqual({
      times: [9 * 86_400, 10 * 86_400],
      interactions: [4, 0],
      errors: [1, 0],
      sessions: [2, 0],
      rateLimited: [5, 0],
    });
  });
});
