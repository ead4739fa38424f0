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
  connected: 'Connected services',
  lastActivity: 'Last activity',
};
