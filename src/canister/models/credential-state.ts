import { codedEnumeration } from './coded-enumeration.ts';

/** What can be said of credentials without their token. Codes are stored, but for that of `expiring`, which follows from the time. */
export const credentialStates = codedEnumeration([
  'active',
  'expiring',
  'expired',
  'refresh_failed',
  'revoked',
]);
export type CredentialState = (typeof credentialStates.names)[number];
export type StoredState = Exclude<CredentialState, 'expiring'>;

/** Times are nanoseconds. */
export interface StateRecord {
  readonly state: StoredState;
  readonly stateSince: bigint;
  readonly expiresAt: bigint | undefined;
}

/** How long before `expires_at` active credentials are called expiring: 10 minutes. */
const EXPIRING_NS = 600_000_000_000n;

/** The state at a time, and since when it is so. */
export function stateAt(record: StateRecord, now: bigint): { state: CredentialState; since: bigint } {
  const { state, stateSince, expiresAt } = record;
  if (!hasToken(state) || expiresAt === undefined) return { state, since: stateSince };
  if (expiresAt <= now) return { state: 'expired', since: expiresAt };
  const expiringAt = expiresAt - EXPIRING_NS;
  if (state !== 'active' || expiringAt > now) return { state, since: stateSince };
  return { state: 'expiring', since: expiringAt > stateSince ? expiringAt : stateSince };
}

/** Whether a token is kept in this state: what was revoked or has expired loses it. */
export function hasToken(state: CredentialState): boolean {
  return state !== 'revoked' && state !== 'expired';
}
