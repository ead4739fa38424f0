import type { Text } from '../../codec/index.ts';
import type { Quota } from '../../models/settings/limits.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { usedOf } from '../../policy/limits/quotas.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';

/** How much of each quota is used, and how much there is for the caller. */
export type Usage = Readonly<Record<Quota, { readonly used: number; readonly limit: number }>>;

/** Says how much of each quota a user has used. */
export class UsageService {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get(userId: Text, call: Caller): Usage {
    checkUserId('user_id', userId);
    const head = this.#store.users.find(userId.utf8);
    const limits = this.#store.settings.limitsOf(call.principal);
    const usageOf = (quota: Quota) => ({
      used: head === undefined ? 0 : usedOf(head, quota),
      limit: limits[quota],
    });
    return {
      active_sessions: usageOf('active_sessions'),
      total_sessions: usageOf('total_sessions'),
      credentials: usageOf('credentials'),
      interactions: usageOf('interactions'),
      bytes: usageOf('bytes'),
    };
  }
}
