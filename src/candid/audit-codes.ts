/**
 * The codes by which records and the digests of the audit log name agent types and kinds of entries: positions in these lists. A name
 * keeps its code for ever, and new ones go at the end.
 */

/** The services that agents act on: `AgentType`. */
export const AGENT_TYPES = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'] as const;

/** What an entry about a user tells: `AgentActivityType`. */
export const ACTIVITY_TYPES = [
  'SessionCreated',
  'SessionUpdated',
  'SessionEnded',
  'SessionExpired',
  'TokenStored',
  'TokenRefreshed',
  'TokenRevoked',
  'TokenExpired',
  'InteractionCompleted',
  'ErrorOccurred',
  'ConnectionEstablished',
  'TaskCreated',
  'TaskUpdated',
  'EmailSent',
  'EmailRead',
  'MeetingScheduled',
  'IssueCreated',
  'PullRequestCreated',
  'AgentGranted',
  'AgentWithdrawn',
  'TokenLeased',
  'TokenRefreshFailed',
  'LinkCodeIssued',
  'UserLinked',
  'UserUnlinked',
  'TokenRefreshRecovered',
  'AgentBlocked',
  'AgentUnblocked',
  'OpeningKeyDerived',
  'TokenSealed',
  'AccountPrivacyChanged',
] as const;

/** What an entry about the service itself tells. */
export const SERVICE_EVENTS = [
  'AdminAdded',
  'AdminRemoved',
  'AgentAdded',
  'AgentUpdated',
  'AgentRemoved',
  'SettingsChanged',
  'UserErased',
  'ActivitiesRetired',
] as const;

/** Stands in the place of an agent type's code in entries about the service itself. */
export const NO_AGENT_TYPE = 255;
