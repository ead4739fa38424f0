import { codedEnumeration } from '../coded-enumeration.ts';

/** What can be said of credentials without their token. Codes are stored, but for that of `expiring`, which follows from the time. */
export const credentialStates = codedEnumeration([
  'active',
  'expiring',
  'expired',
  'refresh_failed',
  'revoked',
  'needs_refresh',
  'needs_reauthorization',
]);
export type CredentialState = (typeof credentialStates.names)[number];
export type StoredState = Exclude<CredentialState, 'expiring'>;

/** Times are nanoseconds. */
export interface StateRecord {
  readonly state: StoredState;
  readonly stateSince: bigint;
  /** When the access token ends; undefined is never. */
  readonly expiresAt: bigint | undefined;
  /** Whether there is an access token, be its time over or not. */
  readonly hasToken: boolean;
  /** Whether there is a grant: token_data, whatever it says. */
  readonly hasGrant: boolean;
}

/** How long before `expires_at` active credentials are called expiring: 10 minutes. */
const EXPIRING_NS = 600_000_000_000n;

/** The state at a time, and since when it is so. A grant outlives its access token by `grantNs`. */
export function stateAt(
  record: StateRecord,
  now: bigint,
  grantNs: bigint,
): { state: CredentialState; since: bigint } {
  const { state, stateSince, expiresAt } = record;
  if (!holdsSecrets(record) || expiresAt === undefined) return { state, since: stateSince };
  if (expiresAt <= now) return stateAfter(record, expiresAt, now, grantNs);
  const expiringAt = expiresAt - EXPIRING_NS;
  if (state !== 'active' || expiringAt > now) return { state, since: stateSince };
  return { state: 'expiring', since: expiringAt > stateSince ? expiringAt : stateSince };
}

/** The state after the time of the access token is over. */
function stateAfter(
  { state, stateSince, hasGrant }: StateRecord,
  expiresAt: bigint,
  now: bigint,
  grantNs: bigint,
): { state: CredentialState; since: bigint } {
  if (!hasGrant) return { state: 'expired', since: expiresAt };
  if (expiresAt + grantNs <= now) return { state: 'expired', since: expiresAt + grantNs };
  if (state === 'needs_reauthorization') return { state, since: stateSince };
  return { state: 'needs_refresh', since: expiresAt };
}

/** Whether a token or a grant is kept: what was revoked or has expired loses both. */
export function holdsSecrets({ state }: Pick<StateRecord, 'state'>): boolean {
  return state !== 'revoked' && state !== 'expired';
}

/**
 * Whether the access token may be handed out: it is there, its time is not over, and, where the provider refuses the grant, it is known until when it is
 * good.
 */
export function isUsable(record: StateRecord, now: bigint): boolean {
  const { state, expiresAt, hasToken } = record;
  if (!holdsSecrets(record) || !hasToken) return false;
  return expiresAt === undefined ? state !== 'needs_reauthorization' : expiresAt > now;
}
