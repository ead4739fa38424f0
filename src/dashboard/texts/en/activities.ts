/** The page of activities. */
export const activities = {
  title: 'Activities',
  about: 'What agents did for you, and changes of tokens and rights, newest first.',
  type: 'Type',
  description: 'Description',
  none: 'Nothing happened yet',
  leased: (token: string, purpose: string) => `${token}: ${purpose}`,
  refreshOf: (token: string) => `${token}: to refresh the token`,
  refreshFailed: (token: string, reason: string) => `${token}: ${reason}`,
  stored: 'As it is stored',
  noneHelp: 'What agents do for you appears here by itself.',
};
