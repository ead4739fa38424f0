/** What went wrong, and what to do about it. */
export const errors = {
  notFound: 'That record no longer exists. It may have been removed or erased.',
  unauthorized: 'The identity that you signed in with may not see or do this.',
  conflict: (reason: string) => `That is not possible now: ${reason}.`,
  expired: 'It has expired.',
  rateLimited: (seconds: number) => `Too many changes at once. Try again in ${seconds} s.`,
  quotaExceeded: (resource: string, limit: string) =>
    `The limit is reached: no more than ${limit} ${resource}.`,
  resources: {
    active_sessions: 'active sessions',
    total_sessions: 'sessions',
    credentials: 'stored credentials',
    interactions: 'interactions',
    bytes: 'of storage',
    grants: 'agents with access',
    accounts: 'accounts of one service',
  } as Readonly<Record<string, string>>,
  invalidArgument: (message: string) => `That is not accepted: ${message}.`,
  rejected: (message: string) => `The service could not answer: ${message}`,
  clock: (message: string) => `Nothing can be read or changed: ${message}.`,
  offline: 'You are offline. The page shows the last data that it read.',
  unreachable: (message: string) =>
    `The network did not answer, or its answer could not be verified. ${message}`,
  title: 'That did not work',
  stale: 'This may be out of date.',
  retry: 'Try again',
  reload: 'Reload',
  crashed: 'This page failed. Reload it; no stored data was changed.',
};
