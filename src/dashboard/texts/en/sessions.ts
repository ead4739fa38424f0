/** The page of sessions. */
export const sessions = {
  title: 'Sessions',
  about: 'Which agents work for you, since when and until when, newest first.',
  state: 'State',
  states: { active: 'Active', ended: 'Ended', expired: 'Expired' },
  filter: { active: 'Active', ended: 'Ended or expired' },
  project: 'Project',
  repository: 'Repository',
  begun: 'Begun',
  lastActivity: 'Last activity',
  expires: 'Expires',
  ended: 'Ended',
  id: 'Session id',
  interactions: 'Interactions in it',
  none: 'No sessions yet',
  noneHelp: 'When an agent begins to work for you, its session is listed here.',
  end: 'End session',
  endTitle: (service: string) => `End this ${service} session?`,
  endText:
    'The agent can no longer use it. Its records and credentials stay. It can begin a new session as long as it has access.',
  endedToast: 'The session has ended',
};
