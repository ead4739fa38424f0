import { ACTIVITY_TYPES } from '../../candid/audit-codes.ts';
import { codedEnumeration } from './coded-enumeration.ts';

/** What an activity records. */
export const activityTypes = codedEnumeration(ACTIVITY_TYPES);

export type ActivityType = (typeof activityTypes.names)[number];

const WRITTEN_BY_SERVICE: ReadonlySet<ActivityType> = new Set([
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
]);

/** Whether nobody but the service itself may say that this happened. */
export function isWrittenByService(type: ActivityType): boolean {
  return WRITTEN_BY_SERVICE.has(type);
}
