import { ByteWriter, decodeUtf8, encodeUtf8, type Text } from '../../codec/index.ts';
import { ALL_TYPES, isKeptFrom, type Rights } from '../../models/access/rights.ts';
import { Refusal } from '../../models/agent-error.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { leaseBody } from '../../models/credentials/credential-info.ts';
import { type CredentialState, isUsable, stateAt } from '../../models/credentials/credential-state.ts';
import {
  type Credentials,
  deadlineAfter,
  type StoredCredentials,
} from '../../models/credentials/credentials.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { LEASE_NS, LIMITS, REFRESH_NS } from '../../policy/limits/limits.ts';
import { roomInReserve } from '../../policy/limits/quotas.ts';
import { checkDuration, checkText, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { SecretCheck } from '../sealing/secret-check.ts';
import type { UserHeads } from '../user-heads.ts';
import { type Account, checkAccount, getAccount } from './account.ts';
import type { CredentialWriter } from './credential-writer.ts';
import { checkOutcome, closingNumber, failed, type RefreshOutcome, refreshed } from './refresh-outcome.ts';

const LEASED = encodeUtf8('Token leased');
const REFRESH_BEGUN = encodeUtf8('Token leased for a refresh');

interface TokenServiceParts {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly writer: CredentialWriter;
  readonly secrets: SecretCheck;
}

/** Hands tokens out with a trace of it, and lets one caller at a time put a new token in the place of the old. A new token that comes late is not lost. */
export class TokenService {
  readonly #parts: TokenServiceParts;

  constructor(parts: TokenServiceParts) {
    this.#parts = parts;
  }

  /** The credentials with their token, until when it is leased, and how they stand, as the Candid record `CredentialLease`. Expired where there is no token. */
  lease(
    args: Account & { readonly purpose: Text; readonly duration_ns: bigint | undefined },
    call: Caller,
    rights: Rights,
  ): Uint8Array {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    checkText('purpose', args.purpose, LIMITS.reasonBytes);
    const duration = checkDuration('duration_ns', args.duration_ns, LEASE_NS);
    const { head, stored } = getAccount(this.#parts, args);
    checkPrivacy(stored, rights);
    const { state } = this.#stateOf(stored, call.now);
    const { expiresAt, stateReason } = stored;
    if (!isUsable(stored, call.now)) throw expired({ state, stateReason });
    this.#parts.heads.checkRoom(head, call, roomInReserve);
    const wanted = call.now + duration;
    const until = expiresAt !== undefined && expiresAt < wanted ? expiresAt : wanted;
    const details = { purpose: args.purpose.value, until: `${until}` };
    const event = { activityType: 'TokenLeased', description: LEASED, details } as const;
    const about = { userId: args.user_id.utf8, agentType: args.agent_type, account: args.account?.utf8 };
    this.#parts.writer.tell(head, about, event, call);
    return leaseBody({ credentials: stored.body(ALL_TYPES), until, state, stateReason });
  }

  /**
   * Gives one caller the refresh, as the Candid record `TokenRefresh`; Conflict while another has it. Expired where there is neither a token nor a grant.
   * The token is empty where its time is over.
   */
  beginRefresh(args: Account, call: Caller, rights: Rights): Uint8Array {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const { head, place, stored } = getAccount(this.#parts, args);
    checkPrivacy(stored, rights);
    const { state } = this.#stateOf(stored, call.now);
    const before = stored.decode();
    if (state === 'revoked' || state === 'expired') throw expired({ ...before, state });
    const waitUntil = deadlineAfter(before, call.now);
    if (waitUntil !== undefined) {
      throw conflict(
        `another caller refreshes the token: wait until ${waitUntil} (ns), or lease the new token`,
      );
    }
    this.#parts.heads.checkRoom(head, call, roomInReserve);
    const deadline = call.now + REFRESH_NS;
    const fencing = before.fencing + 1n;
    const isOver = before.expiresAt !== undefined && before.expiresAt <= call.now;
    const credentials = isOver ? stored.bodyWithGrant() : stored.body(ALL_TYPES);
    const body = new ByteWriter(512).u64(deadline).raw(credentials).u64(fencing).finish();
    const details = { fencing: `${fencing}`, until: `${deadline}` };
    const event = { activityType: 'TokenLeased', description: REFRESH_BEGUN, details } as const;
    const after = { ...before, fencing, refreshDeadline: deadline };
    this.#parts.writer.write(head, { place, after, events: [event] }, call);
    return body;
  }

  #stateOf(stored: StoredCredentials, now: bigint) {
    return stateAt(stored, now, this.#parts.store.settings.grantNs);
  }

  /**
   * Stores what came of a refresh that has begun, however late, unless it is closed: another was completed, or the credentials were stored or revoked. A
   * failure of one that another has followed tells nothing: while that is under way, and after it was told, it is a Conflict. Nothing is stored then.
   */
  completeRefresh(
    args: Account & { readonly fencing: bigint; readonly outcome: RefreshOutcome },
    call: Caller,
  ): void {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const secrets = checkOutcome(args.outcome, this.#parts.secrets, call.now);
    const { fencing, outcome } = args;
    const { head, place, stored } = getAccount(this.#parts, args);
    const before = stored.decode();
    checkOpen(before, fencing);
    const { isPrivate } = before;
    const typeCode = agentTypes.codeOf(args.agent_type);
    this.#parts.secrets.recipients(secrets, { user: head.user, typeCode, isPrivate }, call.now);
    if (outcome.option === 'refreshed') {
      const closing = closingNumber(before, this.#parts.store.activities.next, call.now);
      this.#parts.writer.write(head, { place, ...refreshed(before, outcome.value, closing, call.now) }, call);
      return;
    }
    checkTellsMore(before, fencing, call.now);
    this.#parts.writer.write(head, { place, ...failed(before, outcome, fencing, call.now) }, call);
  }
}

/** Throws Unauthorized where a private account keeps its token from the caller. */
export function checkPrivacy(stored: StoredCredentials, rights: Rights): void {
  if (!isKeptFrom(rights, stored)) return;
  throw new Refusal({
    kind: 'Unauthorized',
    message: 'the account is private: the user keeps its token from agents that act for every user',
  });
}

/** Throws Conflict for a refresh that never began, or that is closed. */
function checkOpen({ closed, fencing: newest }: Credentials, fencing: bigint): void {
  if (fencing > newest) throw conflict(`no refresh has the fencing number ${fencing}: nothing was stored`);
  if (fencing > closed) return;
  throw conflict(
    `refresh ${fencing} was superseded: another was completed, or the credentials were stored or revoked. Nothing was stored; lease the new token`,
  );
}

/** Throws Conflict for a failure that was told, or while a newer refresh is under way. */
function checkTellsMore(before: Credentials, fencing: bigint, now: bigint): void {
  if (fencing === before.failedFencing)
    throw conflict(`the failure of refresh ${fencing} was reported before: nothing was stored`);
  if (fencing < before.fencing && deadlineAfter(before, now) !== undefined) {
    throw conflict(
      `refresh ${fencing} was superseded: refresh ${before.fencing} is under way. Nothing was stored; lease the token when that is over`,
    );
  }
}

/** Why there is no token to hand out. */
function expired({
  state,
  stateReason,
}: Pick<Credentials, 'stateReason'> & { readonly state: CredentialState }) {
  return new Refusal({ kind: 'Expired', message: whyExpired(state, stateReason) });
}

function whyExpired(state: CredentialState, reason: Uint8Array | undefined): string {
  switch (state) {
    case 'revoked':
      return 'the credentials were revoked; store new ones';
    case 'needs_refresh':
      return 'the access token has expired and needs a refresh: call begin_token_refresh';
    case 'needs_reauthorization': {
      const why = reason === undefined ? '' : ` (${decodeUtf8(reason)})`;
      return `the provider refuses the grant${why}: the user has to connect the account again`;
    }
    default:
      return 'the credentials have expired; store new ones';
  }
}

function conflict(message: string): Refusal {
  return new Refusal({ kind: 'Conflict', message });
}
