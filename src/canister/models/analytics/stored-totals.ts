/** What is stored of one user, or of all of them. */
export interface StoredTotals {
  readonly sessions: number;
  readonly activeSessions: number;
  readonly credentials: number;
  readonly interactions: number;
  readonly activities: number;
  readonly bytes: number;
}

export const TOTALS = [
  'sessions',
  'activeSessions',
  'credentials',
  'interactions',
  'activities',
  'bytes',
] as const satisfies readonly (keyof StoredTotals)[];
