import type { AgentActivityType, AgentType, CredentialState, SecretForm } from '../../../client/index.ts';

const agentTypes: Readonly<Record<AgentType, string>> = {
  GitHub: 'GitHub',
  Asana: 'Asana',
  Gmail: 'Gmail',
  Calendar: 'Calendar',
  InFoundr: 'InFoundr',
};

const activityTypes: Readonly<Record<AgentActivityType, string>> = {
  SessionCreated: 'Session begun',
  SessionUpdated: 'Session changed',
  SessionEnded: 'Session ended',
  SessionExpired: 'Session expired',
  TokenStored: 'Credentials stored',
  TokenRefreshed: 'Token refreshed',
  TokenRevoked: 'Credentials revoked',
  TokenExpired: 'Token expired',
  InteractionCompleted: 'Interaction',
  ErrorOccurred: 'Error',
  ConnectionEstablished: 'Connected',
  TaskCreated: 'Task created',
  TaskUpdated: 'Task changed',
  EmailSent: 'E-mail sent',
  EmailRead: 'E-mail read',
  MeetingScheduled: 'Meeting scheduled',
  IssueCreated: 'Issue created',
  PullRequestCreated: 'Pull request created',
  AgentGranted: 'Agent granted access',
  AgentWithdrawn: 'Agent withdrawn',
  AgentBlocked: 'Agent stopped',
  AgentUnblocked: 'Agent may act again',
  TokenLeased: 'Token handed out',
  OpeningKeyDerived: 'Opening key handed out',
  TokenSealed: 'Secret sealed',
  AccountPrivacyChanged: 'Privacy of an account changed',
  TokenRefreshFailed: 'Refresh failed',
  LinkCodeIssued: 'Link code issued',
  UserLinked: 'User linked',
  UserUnlinked: 'User unlinked',
  TokenRefreshRecovered: 'Refresh works again',
};

const credentialStates: Readonly<Record<CredentialState, string>> = {
  active: 'Active',
  expiring: 'Expires soon',
  expired: 'Expired',
  refresh_failed: 'Refresh failed',
  revoked: 'Revoked',
  needs_refresh: 'Needs refresh',
  needs_reauthorization: 'Reconnect',
};

const secretForms: Readonly<Record<SecretForm, string>> = {
  clear: 'Not sealed',
  sealed: 'Sealed',
  stale: 'Sealed for earlier recipients',
};

/** Names of what the service stores. */
export const records = {
  agentTypes,
  activityTypes,
  credentialStates,
  secretForms,
  actor: 'Caused by',
  you: 'You',
  service: 'The service',
  id: 'Id',
  session: 'Session',
  interaction: 'Interaction',
  reason: 'Reason',
  principal: 'Principal',
  credentials: 'Credentials',
};
