import type { Text } from '../../codec/index.ts';
import { STATUS_WINDOW } from '../../policy/limits/limits.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';

/** What a user's agents hold and did, in numbers. The time is nanoseconds, 0 when nothing happened yet. */
export interface Status {
  readonly userId: Uint8Array;
  readonly activeSessions: number;
  readonly totalSessions: number;
  readonly connectedAgents: number;
  readonly recentInteractions: number;
  readonly recentActivities: number;
  readonly lastActivity: bigint;
}

/** Reads a user's head record and nothing else, so that it costs the same whatever is stored. */
export class StatusService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(userId: Text): Status {
    checkUserId('user_id', userId);
    const head = this.#store.users.find(userId.utf8);
    return {
      userId: userId.utf8,
      activeSessions: head?.activeSessions ?? 0,
      totalSessions: head?.totalSessions ?? 0,
      connectedAgents: head?.connectedAgents ?? 0,
      recentInteractions: Math.min(head?.interactions ?? 0, STATUS_WINDOW.interactions),
      recentActivities: Math.min(head?.activities ?? 0, STATUS_WINDOW.activities),
      lastActivity: head?.lastActivity ?? 0n,
    };
  }
}
