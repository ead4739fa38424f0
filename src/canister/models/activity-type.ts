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
  'TokenLeased',
  'TokenRefreshFailed',
  'LinkCodeIssued',
  'UserLinked',
  'UserUnlinked',
]);

export type ActivityType = (typeof activityTypes.names)[number];

const WRITTEN_BY_SERVICE: ReadonlySet<ActivityType> = new Set([
  'AgentGranted',
  'AgentWithdrawn',
  'TokenLeased',
  'TokenRefreshFailed',
  'LinkCodeIssued',
  'UserLinked',
  'UserUnlinked',
]);

/** Whether nobody but the service itself may say that this happened. */
export function isWrittenByService(type: ActivityType): boolean {
  return WRITTEN_BY_SERVICE.has(type);
}
