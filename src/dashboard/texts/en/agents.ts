import type { AgentPermission } from '../../../client/index.ts';

const permissions: Readonly<Record<AgentPermission, string>> = {
  read: 'Read',
  write: 'Write',
  credentials: 'Tokens',
};

const permissionHelp: Readonly<Record<AgentPermission, string>> = {
  read: 'Read: see your sessions, interactions and activities',
  write: 'Write: create and change them, and store credentials',
  credentials: 'Tokens: get your tokens',
};

/** The page of the agents that act for the person. */
export const agents = {
  title: 'Agents',
  about: 'Who may act for you, what each may do, and every token that was handed out.',
  granted: 'What you granted',
  none: 'You have granted nothing',
  noneHelp:
    'An agent gives you its principal. Grant it only what it needs; you can withdraw that at any time.',
  agent: 'Agent',
  permissions,
  permissionHelp,
  service: 'Service',
  services: 'Services',
  everyService: 'Every service',
  may: 'May',
  since: 'Granted',
  until: 'Ends',
  noEnd: 'No end',
  ended: 'Ended',
  expired: 'Expired',
  lastUse: 'Last used',
  unused: 'Not used yet',
  grant: 'Grant access',
  grantTitle: 'Grant an agent access',
  change: 'Change',
  changeTitle: 'Change what the agent may do',
  save: 'Save',
  principal: 'Principal of the agent',
  principalHelp: 'The agent, or its operator, gives you this text.',
  principalBad: 'That is not a principal.',
  unknownAgent: 'The service does not know this agent. The operator of the service has to register it first.',
  servicesMissing: 'Choose at least one service.',
  permissionsMissing: 'Choose at least one permission.',
  endHelp: 'The last day on which it may act. Leave empty for no end.',
  grantedToast: 'The agent may act for you now',
  changedToast: 'Changed what the agent may do',
  withdraw: 'Withdraw',
  withdrawTitle: 'Withdraw this agent’s access?',
  withdrawText:
    'Its rights end at once. It may keep tokens that it already got until they expire: if you do not trust it, revoke the credentials too.',
  withdrawEvery: 'If the operator lets it act for every user, it keeps that right until you stop it.',
  withdrawn: 'The agent’s access is withdrawn',
  others: 'Acting without your grant',
  othersAbout:
    'Agents that acted for you recently and have no grant of yours now. The operator can let an agent act for every user; you can stop it for yourself. Such an agent appears here once it has acted for you.',
  noOthers: 'Nobody.',
  actedBy: 'Last acted',
  counted: (interactions: string, leases: string) =>
    `${interactions} interactions, ${leases} tokens handed out`,
  wasWithdrawn: 'You withdrew it',
  notGranted: 'Not granted by you',
  stop: 'Stop',
  stopped: 'The agent is stopped: it can do nothing for you',
  resume: 'Let it act again',
  resumed: 'The agent may act for you again',
  isStopped: 'Stopped by you',
  stopEverything: 'Stop everything',
  stopEverythingTitle: 'Stop everything that acts for you?',
  stopEverythingText: (count: number) =>
    `${count === 1 ? 'One agent is' : `${count} agents are`} stopped, all your credentials are revoked, and all your sessions end. Credentials cannot be restored: an agent has to store new ones.`,
  stopEverythingMore:
    'Keep the page open until it is done. If it is interrupted, start again: it continues with the rest. An agent that has never acted for you is not known here and is not stopped. Agents may keep tokens that they already got: end them at the services, too.',
  stoppedEverything: 'Everything is stopped',
  leases: 'Tokens handed out',
  leasesAbout: 'Each time an agent got one of your tokens: which, why, and until when it needs it.',
  noLeases: 'No token was handed out',
  noLeasesHelp: 'When an agent asks for one of your tokens, it is listed here with its reason.',
  purpose: 'Why',
  refresh: 'To refresh the token',
  account: 'Account',
  defaultAccount: 'Default account',
  when: 'When',
  leaseEnd: 'Until',
};
