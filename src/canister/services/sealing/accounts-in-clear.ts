import type { Store } from '../../storage/store.ts';

/** How many accounts have a token or a grant in clear. */
export function accountsInClear({ figures, sealing }: Pick<Store, 'figures' | 'sealing'>): number {
  // Users of an earlier layout come into the totals little by little: their accounts are not counted as sealed before.
  return Math.max(0, figures.totals.credentials - sealing.service.sealedAccounts);
}
