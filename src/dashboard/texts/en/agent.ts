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
  stopped: 'It can do nothing for you, whatever it may do otherwise, until you let it act again.',
  not_registered: 'Who runs the service removed it: it can call the service no more. What it did stays here.',
  agent_expired: 'The time for which it was registered is over: it can call the service no more.',
  grant_expired: 'It can do nothing by your grant any more.',
  granted: 'It may do what you granted it.',
  withdrawn:
    'It can do nothing by your grant. If who runs the service lets it act for every user, it still can.',
  not_granted:
    'You granted it nothing. It can act for you only if who runs the service lets it act for every user.',
};

/** The page of one agent. */
export const agent = {
  title: 'Agent',
  about: 'What this agent may do for you, which tokens it was given, and what it did.',
  unknown: 'There is no such agent',
  unknownHelp:
    'No agent with this principal is registered, and none has acted for you. The address may be wrong.',
  toAgents: 'All agents',
  facts: 'What it may do',
  principal: 'Principal',
  standing: 'Stands',
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
  did: 'What it did last',
  didNothing: 'It did nothing for you',
  talked: 'Its last interactions',
  talkedNothing: 'No interactions',
  leased: 'Tokens it was given last',
  leasedNothing: 'It was given no token of yours',
  sessions: 'Sessions it began last',
  sessionsNothing: 'It began no session for you',
  looked: (count: number) => `Looked for in your newest ${count.toLocaleString('en')} entries of this kind.`,
  all: 'Show all',
};
