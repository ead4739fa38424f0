import { type Numbers, numberSettings, type SomeNumbers } from '../number-settings.ts';

const MILLION = 1_000_000;
const MOST_RECORDS = 2 ** 32 - 1;
const GIB = 2 ** 30;

/**
 * What a caller may use up. The rates are those of updates: so many at once, and so many a minute after that, for each caller and for
 * each user whom the calls are about. The quotas are of one user.
 */
export const limits = numberSettings({
  caller_burst: { byDefault: 200, least: 1, most: MILLION },
  caller_per_minute: { byDefault: 1200, least: 1, most: 60 * MILLION },
  user_burst: { byDefault: 100, least: 1, most: MILLION },
  user_per_minute: { byDefault: 300, least: 1, most: 60 * MILLION },
  active_sessions: { byDefault: 1000, least: 1, most: MOST_RECORDS },
  total_sessions: { byDefault: 100_000, least: 1, most: MOST_RECORDS },
  credentials: { byDefault: 100, least: 1, most: MOST_RECORDS },
  interactions: { byDefault: MILLION, least: 1, most: MOST_RECORDS },
  /** Of all of a user's records as they are stored, activities included. */
  bytes: { byDefault: GIB, least: 1, most: Number.MAX_SAFE_INTEGER },
});

export type LimitName = (typeof limits.names)[number];
export type Limits = Numbers<LimitName>;
export type SomeLimits = SomeNumbers<LimitName>;

/** What a user may have so many of. */
export const QUOTAS = ['active_sessions', 'total_sessions', 'credentials', 'interactions', 'bytes'] as const;
export type Quota = (typeof QUOTAS)[number];
