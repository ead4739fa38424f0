import { Refusal } from '../../models/agent-error.ts';
import type { Limits, Quota } from '../../models/settings/limits.ts';
import type { UserHead } from '../../models/users/user-head.ts';

/** Throws QuotaExceeded where there are as many of a resource as there may be. */
export function checkRoom(resource: string, used: number, limit: number): void {
  if (used >= limit) throw new Refusal({ kind: 'QuotaExceeded', resource, limit: BigInt(limit) });
}

/**
 * Throws QuotaExceeded where a user has as many of these as the limits allow. A user of whom nothing is stored always has room: every limit is at least 1. The last record may
 * go past the limit on bytes, since it is known only when it is written.
 */
export function checkQuotas(head: UserHead, quotas: readonly Quota[], limits: Limits): void {
  for (const quota of quotas) checkRoom(quota, usedOf(head, quota), limits[quota]);
}

/** What a user's own records may take (bytes) while no agent has stored anything for them: nobody answers for such a user. */
const OWN_BYTES = 256 * 1024;

/** For what a user adds who owns the records, as `checkQuotas` for bytes. */
export function checkOwnBytes(head: UserHead, { bytes }: Limits): void {
  const isOnlyTheirs = head.totalSessions === 0 && head.interactions === 0 && head.credentials === 0;
  checkRoom('bytes', head.storedBytes, isOnlyTheirs ? Math.min(bytes, OWN_BYTES) : bytes);
}

/** How far past the limit on bytes the entries may go that tokens leave when they are used: agents go on where nothing more can be stored. */
const RESERVE = { bytes: 1024 * 1024, share: 8 } as const;

/** For what is used and leaves an entry, and stores nothing else. */
export function checkReserve(head: UserHead, { bytes }: Limits): void {
  checkRoom('bytes', head.storedBytes, bytes + Math.max(RESERVE.bytes, Math.floor(bytes / RESERVE.share)));
}

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
