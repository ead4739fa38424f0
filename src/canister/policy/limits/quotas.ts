import { Refusal } from '../../models/agent-error.ts';
import type { Limits, Quota } from '../../models/settings/limits.ts';
import type { UserHead } from '../../models/users/user-head.ts';

/** Throws QuotaExceeded if a user has no room for what is added, under these limits. */
export type Room = (head: UserHead, limits: Limits) => void;

/** Throws QuotaExceeded where there are as many of a resource as there may be. */
export function checkRoom(resource: string, used: number, limit: number): void {
  if (used >= limit) throw quotaExceeded(resource, limit);
}

export function quotaExceeded(resource: string, limit: number): Refusal {
  return new Refusal({ kind: 'QuotaExceeded', resource, limit: BigInt(limit) });
}

/** Room for one more of each. The last record may go past the limit on bytes, since its size is known only when it is written. */
export function roomFor(...quotas: readonly Quota[]): Room {
  return (head, limits) => {
    for (const quota of quotas) checkRoom(quota, usedOf(head, quota), limits[quota]);
  };
}

/** Room for what is never refused. */
export const anyRoom: Room = () => undefined;

/** What a user's own records may take (bytes) while no agent has stored anything for them: nobody answers for such a user. */
const OWN_BYTES = 256 * 1024;

/** Bytes for what a user adds who owns the records. */
export const roomOfOwner: Room = (head, { bytes }) => {
  const isOnlyTheirs = head.totalSessions === 0 && head.interactions === 0 && head.credentials === 0;
  checkRoom('bytes', head.storedBytes, isOnlyTheirs ? Math.min(bytes, OWN_BYTES) : bytes);
};

/** How far past the limit on bytes the entries may go that tokens leave when they are used: agents go on where nothing more can be stored. */
const RESERVE = { bytes: 1024 * 1024, share: 8 } as const;

/** Bytes for what is used and leaves an entry, and stores nothing else. */
export const roomInReserve: Room = (head, { bytes }) => {
  checkRoom('bytes', head.storedBytes, bytes + Math.max(RESERVE.bytes, Math.floor(bytes / RESERVE.share)));
};

/** How much of a quota the user has used. */
export function usedOf(head: UserHead, quota: Quota): number {
  switch (quota) {
    case 'active_sessions':
      return head.activeSessions;
    case 'total_sessions':
      return head.totalSessions;
    case 'credentials':
      return head.credentials;
    case 'interactions':
      return head.interactions;
    case 'bytes':
      return head.storedBytes;
  }
}
