import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../../src/client/index.ts';
import { typedOf } from '../../../../src/dashboard/pages/operator/number-fields.ts';
import {
  changesOf,
  inForceOfPending,
  keepsLess,
  pendingNumbers,
} from '../../../../src/dashboard/pages/operator/setting-changes.ts';
import { LIMIT_NAMES, RETENTION_NAMES } from '../../../../src/dashboard/pages/operator/setting-names.ts';

const retention = { interactionsDays: 30n, interactionsNewest: 0n, activitiesDays: 0n, activitiesNewest: 5n };
const settings: Settings = {
  limits: {
    callerBurst: 1n,
    callerPerMinute: 2n,
    userBurst: 3n,
    userPerMinute: 4n,
    activeSessions: 5n,
    totalSessions: 6n,
    credentials: 7n,
    interactions: 8n,
    bytes: 9n,
  },
  retention,
  pendingRetention: { effectiveAt: 1n, retention: { ...retention, interactionsDays: 7n } },
  queryTokens: 'first_party',
  sealing: 'accept',
};
const filled = {
  limits: typedOf(LIMIT_NAMES, settings.limits),
  retention: typedOf(RETENTION_NAMES, retention),
  queryTokens: settings.queryTokens,
};

describe('what a form of settings sends', () => {
  it('is what was changed, and nothing else', () => {
    expect(changesOf(settings, filled)).toEqual({});
    const typed = { ...filled, limits: { ...filled.limits, bytes: ' 10 ', credentials: '' } };
    expect(changesOf(settings, typed)).toEqual({ limits: { bytes: 10n } });
    const kept = { ...filled.retention, activitiesNewest: '0' };
    expect(changesOf(settings, { ...filled, retention: kept, queryTokens: 'nobody' })).toEqual({
      retention: { activitiesNewest: 0n },
      queryTokens: 'nobody',
    });
  });

  it('is nothing where a field has no number', () => {
    expect(changesOf(settings, { ...filled, limits: { ...filled.limits, bytes: 'many' } })).toBeUndefined();
  });
});

describe('numbers of a retention', () => {
  it.each([
    [{}, false],
    [{ interactionsDays: 30n }, false],
    [{ interactionsDays: 29n }, true],
    [{ interactionsDays: 31n }, false],
    [{ interactionsDays: 0n }, false],
    [{ activitiesDays: 36_500n }, true],
    [{ interactionsDays: 0n, activitiesNewest: 4n }, true],
  ])('keep less than those in force: %o %s', (given, expected) => {
    expect(keepsLess(retention, given)).toBe(expected);
  });

  it('are pending where they are others than those in force', () => {
    expect(pendingNumbers(settings)).toEqual({ interactionsDays: 7n });
    expect(inForceOfPending(settings)).toEqual({ interactionsDays: 30n });
    const nothing = { ...settings, pendingRetention: undefined };
    expect([pendingNumbers(nothing), inForceOfPending(nothing)]).toEqual([{}, {}]);
  });
});
