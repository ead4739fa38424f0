/** The overview. */
export const overview = {
  title: 'Overview',
  services: 'Connected services',
  noServices: 'No service is connected',
  noServicesHelp:
    'When an agent stores credentials for you, they are listed here with their state and expiry.',
  newest: 'Newest activity',
  noActivity: 'Nothing happened yet',
  noActivityHelp: 'What agents do for you appears here by itself.',
  activeSessions: 'Active sessions',
  ofSessions: (total: number) => `of ${total.toLocaleString('en')} in all`,
  lastActivity: 'Last activity',
  range: 'Range',
  ranges: { 7: 'Last 7 days', 30: 'Last 30 days', 90: 'Last 90 days' },
  interactions: 'Interactions',
  inDays: (days: number, removed: bigint) =>
    removed === 0n
      ? `in ${days} days`
      : `in ${days} days, ${removed.toLocaleString('en')} of them removed since`,
  successRate: 'Success rate',
  failedOf: (failed: string) => (failed === '0' ? 'none failed' : `${failed} failed`),
  overTime: 'Interactions over time',
  all: 'All',
  failed: 'Failed',
  chart: (count: string, days: number) =>
    `${count} interactions in the last ${days} days, for each day all and those that failed`,
  noInteractions: 'No interactions in this time',
  noInteractionsHelp: 'When you talk to an agent, it is counted here, with whether it succeeded.',
  toList: (title: string) => `All ${title.toLowerCase()}`,
};
