/** The page of sessions. */
export const sessions = {
  title: 'Sessions',
  about: 'Who works for you, since when, and until when it may, newest first.',
  state: 'State',
  states: { active: 'Active', ended: 'Ended', expired: 'Expired' },
  filter: { active: 'Active', ended: 'Ended or expired' },
  project: 'Project',
  repository: 'Repository',
  begun: 'Begun',
  lastActivity: 'Last activity',
  expires: 'Ends by itself',
  ended: 'Ended',
  id: 'Session id',
  interactions: 'Interactions in it',
  none: 'No sessions yet',
  noneHelp: 'When an agent begins to work for you, its session is listed here.',
  end: 'End session',
  endTitle: (service: string) => `End this ${service} session?`,
  endText:
    'The agent can do nothing more in it. What it did stays in the lists, and its credentials stay as they are. It can begin a new session as long as you grant it access.',
  endedToast: 'The session has ended',
};
