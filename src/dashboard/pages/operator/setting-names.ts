import type { Limits, Retention, Settings } from '../../../client/index.ts';

export const LIMIT_NAMES = [
  'callerBurst',
  'callerPerMinute',
  'userBurst',
  'userPerMinute',
  'activeSessions',
  'totalSessions',
  'credentials',
  'interactions',
  'bytes',
] as const satisfies readonly (keyof Limits)[];

export const RETENTION_NAMES = [
  'interactionsDays',
  'interactionsNewest',
  'activitiesDays',
  'activitiesNewest',
] as const satisfies readonly (keyof Retention)[];

export const QUERY_TOKENS = [
  'first_party',
  'nobody',
  'everybody',
] as const satisfies readonly Settings['queryTokens'][];
