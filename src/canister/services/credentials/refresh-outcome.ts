import { encodeUtf8, type Text } from '../../codec/index.ts';
import { holdsSecrets, type StoredState } from '../../models/credentials/credential-state.ts';
import type { Credentials } from '../../models/credentials/credentials.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkFuture, checkText } from '../../policy/validation/validation.ts';
import type { CheckedSecret, SecretCheck } from '../sealing/secret-check.ts';
import type { CredentialEvent } from './credential-writer.ts';

/** What came of a refresh. */
export type RefreshOutcome =
  | {
      readonly option: 'refreshed';
      readonly value: {
        readonly token: Text;
        readonly token_data: Text | undefined;
        readonly expires_at: bigint | undefined;
      };
    }
  /** The provider did not answer, or not with a token: another try may bring one. */
  | { readonly option: 'failed'; readonly value: { readonly reason: Text } }
  /** The provider refuses the grant for good. */
  | { readonly option: 'rejected'; readonly value: { readonly reason: Text } };

type Success = Extract<RefreshOutcome, { option: 'refreshed' }>['value'];

/** Credentials after a change, and what to tell of it. */
interface RefreshResult {
  readonly after: Credentials;
  readonly events: readonly CredentialEvent[];
}

/**
 * Error codes by which providers refuse a grant for good, at the beginning of a reason: `invalid_grant` is OAuth's (RFC 6749, section 5.2), the others are
 * GitHub's. Callers that know `failed` alone tell of a dead grant by them.
 */
const REFUSED = /^(invalid_grant|bad_refresh_token|bad_verification_code)(?![0-9A-Za-z_-])/;

const REFRESHED: CredentialEvent = {
  activityType: 'TokenRefreshed',
  description: encodeUtf8('Token refreshed'),
};
const RECOVERED = encodeUtf8('Token refresh recovered');
const FAILED = encodeUtf8('Token refresh failed');
const REJECTED = encodeUtf8('Token refresh rejected');

/** Throws InvalidArgument; returns the secrets of the outcome. */
export function checkOutcome(
  { option, value }: RefreshOutcome,
  secrets: SecretCheck,
  now: bigint,
): CheckedSecret[] {
  switch (option) {
    case 'refreshed': {
      const token = secrets.form('token', 'token', value.token);
      const tokenData = secrets.form('token_data', 'token_data', value.token_data);
      checkFuture('expires_at', value.expires_at, now);
      return [token, tokenData];
    }
    case 'failed':
    case 'rejected':
      checkText('reason', value.reason, LIMITS.reasonBytes);
      return [];
  }
}

/** The credentials with the new token; `closing` is the number that closes every refresh that has begun. */
export function refreshed(before: Credentials, value: Success, closing: bigint, now: bigint): RefreshResult {
  const { failures } = before;
  const after: Credentials = {
    ...before,
    token: value.token.utf8,
    tokenData: value.token_data?.utf8 ?? before.tokenData,
    updatedAt: now,
    expiresAt: value.expires_at,
    ...freshState(closing, now),
  };
  const recovered: CredentialEvent = {
    activityType: 'TokenRefreshRecovered',
    description: RECOVERED,
    details: { failures },
  };
  return { after, events: failures === 0 ? [REFRESHED] : [REFRESHED, recovered] };
}

/** The credentials after a failure, which takes nothing away and closes nothing: another result may still come. */
export function failed(
  before: Credentials,
  { option, value }: Exclude<RefreshOutcome, { option: 'refreshed' }>,
  fencing: bigint,
  now: bigint,
): RefreshResult {
  const isPermanent = option === 'rejected' || REFUSED.test(value.reason.value);
  const isKnown = before.state === 'needs_reauthorization' && !isPermanent;
  const state = stateAfterFailure(before.state, isPermanent);
  const after: Credentials = {
    ...before,
    refreshDeadline: fencing === before.fencing ? undefined : before.refreshDeadline,
    failedFencing: fencing,
    failures: Math.min(before.failures + 1, 0xffff_ffff),
    failedAt: now,
    state,
    stateSince: state === before.state ? before.stateSince : now,
    // Why the provider refused says more than that it was away since.
    stateReason: isKnown ? before.stateReason : value.reason.utf8,
  };
  const reason = value.reason.value;
  const event: CredentialEvent = {
    activityType: 'TokenRefreshFailed',
    description: isPermanent ? REJECTED : FAILED,
    details: isPermanent ? { reason, permanent: true } : { reason },
  };
  return { after, events: [event] };
}

function stateAfterFailure(before: StoredState, isPermanent: boolean): StoredState {
  if (!holdsSecrets({ state: before })) return before;
  if (isPermanent || before === 'needs_reauthorization') return 'needs_reauthorization';
  // A grant that is alone needs a refresh, whatever came of the last one.
  return before === 'needs_refresh' ? before : 'refresh_failed';
}

/** How credentials stand that have just got a token: nothing failed, and no refresh is under way. */
export function freshState(closing: bigint, now: bigint) {
  return {
    state: 'active',
    stateSince: now,
    stateReason: undefined,
    fencing: closing,
    closed: closing,
    failedFencing: 0n,
    failures: 0,
    failedAt: undefined,
    refreshDeadline: undefined,
  } as const;
}

/**
 * A number that closes every refresh that has begun. It is above all numbers that were ever given for this account, also where its record was erased or its slot
 * reused: with each of those comes an entry of the log, and the time goes on.
 */
export function closingNumber(before: Credentials | undefined, nextEntry: number, now: bigint): bigint {
  const next = (before?.fencing ?? 0n) + 1n;
  const unused = now + BigInt(nextEntry);
  return next > unused ? next : unused;
}
