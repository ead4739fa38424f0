/** The page of activities. */
export const activities = {
  title: 'Activities',
  about: 'What agents did for you, and what happened to what they hold, newest first.',
  type: 'Type',
  description: 'Description',
  none: 'Nothing happened yet',
  noneHelp: 'What agents do for you is listed here by itself.',
};
