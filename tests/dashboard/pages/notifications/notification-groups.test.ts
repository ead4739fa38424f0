import { describe, expect, it } from 'vitest';
import type { Notification } from '../../../../src/client/index.ts';
import {
  idOf,
  isNews,
  wordsWithCount,
} from '../../../../src/dashboard/pages/notifications/notification-groups.ts';
import { activity } from '../../support/activity.ts';

const HOUR = 3_600_000_000_000n;

function failure(count: number | undefined, timestamp = HOUR * 500_000n): Notification {
  const failed = activity({
    activityType: 'ErrorOccurred',
    description: 'Full',
    id: `act-${count}`,
    timestamp,
  });
  return { index: 1n, activity: failed, unread: true, channels: ['toast'], count };
}

describe('a group of failures', () => {
  it('is one notification while it grows, and another in the next hour or once it is read', () => {
    expect(idOf(failure(3))).toBe(idOf(failure(1, HOUR * 500_001n - 1n)));
    expect(idOf(failure(3))).not.toBe(idOf(failure(3, HOUR * 500_001n)));
    expect(idOf(failure(3))).not.toBe(idOf({ ...failure(3), unread: false }));
    expect(idOf(failure(undefined))).toBe('act-undefined');
  });

  it('says how many there are', () => {
    expect(wordsWithCount(failure(1))).toBe('Full');
    expect(wordsWithCount(failure(1234))).toBe('Full · 1,234 times in this hour');
  });

  it('is told again when there are twice as many, and when it begins anew', () => {
    const told = new Map<string, number>();
    const counts = Array.from({ length: 60 }, (_, i) => i + 1);
    expect(counts.filter((count) => isNews(failure(count), told))).toEqual([1, 2, 4, 8, 16, 32]);
    expect(isNews(failure(1), told)).toBe(true);
    expect(isNews(failure(undefined), told)).toBe(true);
  });
});
