const standings = {
  stopped: 'Stopped by you',
  not_registered: 'No longer registered',
  agent_expired: 'Its registration has ended',
  grant_expired: 'Your grant has ended',
  granted: 'Granted by you',
  withdrawn: 'You withdrew it',
  not_granted: 'Not granted by you',
};

const meanings = {
  stopped: 'It can do nothing for you, whatever its rights, until you let it act again.',
  not_registered:
    'The operator removed it, so it can no longer call the service. Its past actions stay here.',
  agent_expired: 'Its registration expired, so it can no longer call the service.',
  grant_expired: 'Your grant expired and gives it no rights now.',
  granted: 'It may do what you granted it.',
  withdrawn: 'Your grant gives it no rights now. If the operator lets it act for every user, it still can.',
  not_granted: 'You granted it nothing. It can act for you only if the operator lets it act for every user.',
};

/** The page of one agent. */
export const agent = {
  title: 'Agent',
  about: 'What this agent may do for you, which tokens it got, and what it did.',
  unknown: 'There is no such agent',
  unknownHelp:
    'No agent with this principal is registered, and none has acted for you. The address may be wrong.',
  toAgents: 'All agents',
  facts: 'What it may do',
  principal: 'Principal',
  standing: 'Status',
  standings,
  meanings,
  rights: 'By your grant',
  noRights: 'Nothing granted',
  terms: 'Registered with',
  scope: 'Acts for',
  changeGrant: 'Change what you granted',
  counts: 'In the last 90 days',
  interactions: 'Interactions',
  failures: 'Errors',
  leases: 'Tokens handed out',
  refreshes: 'Tokens refreshed',
  stoppedAt: 'Stopped',
  did: 'Latest activities',
  didNothing: 'It did nothing for you',
  talked: 'Latest interactions',
  talkedNothing: 'No interactions',
  leased: 'Latest tokens it got',
  leasedNothing: 'It got no token of yours',
  sessions: 'Latest sessions',
  sessionsNothing: 'It began no session for you',
  looked: (count: number) => `From your newest ${count.toLocaleString('en')} entries of this kind.`,
  all: 'Show all',
};
