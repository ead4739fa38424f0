import { codedEnumeration } from './coded-enumeration.ts';

/** What an activity records. Codes are stored: an entry keeps its code for ever, and new ones go at the end. */
export const activityTypes = codedEnumeration([
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
]);

export type ActivityType = (typeof activityTypes.names)[number];
