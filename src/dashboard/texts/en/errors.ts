/** What went wrong, and what to do about it. */
export const errors = {
  notFound: 'That record is not there any more. It may have been removed or erased.',
  unauthorized: 'You may not see or do this with the identity that you signed in with.',
  conflict: (reason: string) => `That is not possible as things are now: ${reason}.`,
  expired: 'Its time is over.',
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
  offline: 'You are offline. What you see is what was read last.',
  unreachable: (message: string) =>
    `The network did not answer, or its answer could not be verified. ${message}`,
  title: 'That did not work',
  retry: 'Try again',
  reload: 'Reload',
  crashed: 'Something in this page broke. Reload it; nothing that is stored was changed.',
};
