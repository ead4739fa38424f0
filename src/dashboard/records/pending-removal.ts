import type { UserRetention } from '../../client/index.ts';

type PendingRetention = NonNullable<UserRetention['pendingRetention']>;

/** What is pending and removes records of the user, or may do so; undefined where there is nothing to tell. */
export function pendingRemoval(retention: UserRetention | undefined): PendingRetention | undefined {
  const removals = retention?.pendingRemovals;
  const isNothing = removals !== undefined && removals.interactions + removals.activities === 0n;
  return isNothing ? undefined : retention?.pendingRetention;
}

/** Whether the person has not marked it as read on this device. */
export function isRemovalUnread(userId: string, { effectiveAt }: PendingRetention): boolean {
  return localStorage.getItem(keyOf(userId)) !== `${effectiveAt}`;
}

/** Notes that the person has marked as read what is pending. */
export function noteRemovalRead(userId: string, retention: UserRetention): void {
  const pending = pendingRemoval(retention);
  if (pending !== undefined) localStorage.setItem(keyOf(userId), `${pending.effectiveAt}`);
}

function keyOf(userId: string): string {
  return `agent-service.removal-read.${userId}`;
}
