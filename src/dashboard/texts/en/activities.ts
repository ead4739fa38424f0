/** The page of activities. */
export const activities = {
  title: 'Activities',
  about: 'What agents did for you, and what happened to what they hold, newest first.',
  type: 'Type',
  description: 'Description',
  none: 'Nothing happened yet',
  leased: (token: string, purpose: string) => `${token}: ${purpose}`,
  refreshOf: (token: string) => `${token}: to refresh the token`,
  refreshFailed: (token: string, reason: string) => `${token}: ${reason}`,
  stored: 'As it is stored',
  noneHelp: 'What agents do for you is listed here by itself.',
};
