/** What went wrong, and what to do about it. */
export const errors = {
  notFound: 'That record no longer exists. It may have been removed or erased.',
  unauthorized: 'The identity that you signed in with may not see or do this.',
  conflict: (reason: string) => `That is not possible now: ${reason}.`,
  expired: 'It has expired.',
  rateLimited: (seconds: number) =>
    `Too many changes at once. Try again in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`}.`,
  noCycles: 'The service has too few cycles for this. Ask whoever runs it to top it up.',
  sealed: {
    SealedSecretForOthers:
      'It is sealed for an earlier owner or for others, so that you cannot open it. An agent can store a new one.',
    SealedSecretReplaced: 'It was replaced or removed meanwhile. Try again.',
    SealedSecretMalformed: 'It is sealed in a form that this page does not know. Reload the page.',
    SealedSecretChanged:
      'It was sealed for another account, or changed after it was sealed. An agent has to store a new one.',
    OpeningKeyUntrusted: 'The service gave a wrong key, which this page does not use. Nothing was opened.',
    SecretInClear: 'The service has it in clear, and this page takes sealed secrets only.',
    SealingOff: 'The service has its callers send secrets in clear. Nothing was sent.',
  } as Readonly<Record<string, string>>,
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
