import { ByteWriter, encodeUtf8, type Text } from '../codec/index.ts';
import { notFound, Refusal } from '../models/agent-error.ts';
import { agentTypes } from '../models/agent-type.ts';
import { hasToken, stateAt } from '../models/credential-state.ts';
import type { Credentials, StoredCredentials } from '../models/credentials.ts';
import { ALL_TYPES } from '../models/rights.ts';
import type { UserHead } from '../models/user-head.ts';
import { LEASE_NS, LIMITS, REFRESH_NS } from '../policy/limits.ts';
import { checkDuration, checkFuture, checkJson, checkText, checkUserId } from '../policy/validation.ts';
import type { CredentialPlace } from '../storage/credential-store.ts';
import type { Store } from '../storage/store.ts';
import type { Call } from './call.ts';
import { type Account, checkAccount } from './credential-service.ts';
import type { CredentialWriter } from './credential-writer.ts';

/** What came of a refresh. */
type Outcome =
  | {
      readonly option: 'refreshed';
      readonly value: {
        readonly token: Text;
        readonly token_data: Text | undefined;
        readonly expires_at: bigint | undefined;
      };
    }
  | { readonly option: 'failed'; readonly value: { readonly reason: Text } };

const LEASED = encodeUtf8('Token leased');
const REFRESH_BEGUN = encodeUtf8('Token leased for a refresh');
const REFRESHED = encodeUtf8('Token refreshed');
const REFRESH_FAILED = encodeUtf8('Token refresh failed');

/** Hands tokens out with a trace of it, and lets one caller at a time put a new token in the place of the old. */
export class TokenService {
  readonly #store: Store;
  readonly #writer: CredentialWriter;

  constructor(store: Store, writer: CredentialWriter) {
    this.#store = store;
    this.#writer = writer;
  }

  /** The credentials with their token, and until when it is leased, as the Candid record `CredentialLease`. Expired where they have no token. */
  lease(
    args: Account & { readonly purpose: Text; readonly duration_ns: bigint | undefined },
    call: Call,
  ): Uint8Array {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    checkText('purpose', args.purpose, LIMITS.reasonBytes);
    const duration = checkDuration('duration_ns', args.duration_ns, LEASE_NS);
    const { head, stored } = this.#usable(args, call.now);
    const wanted = call.now + duration;
    const { expiresAt } = stored;
    const until = expiresAt !== undefined && expiresAt < wanted ? expiresAt : wanted;
    const details = { purpose: args.purpose.value, until: `${until}` };
    const event = { activityType: 'TokenLeased', description: LEASED, details } as const;
    const about = { userId: args.user_id.utf8, agentType: args.agent_type, account: args.account?.utf8 };
    this.#writer.tell(head, about, event, call);
    return new ByteWriter(512).raw(stored.body(ALL_TYPES)).u64(until).finish();
  }

  /** Gives one caller the refresh, as the Candid record `TokenRefresh`; Conflict while another has it. Expired where there is no token. */
  beginRefresh(args: Account, call: Call): Uint8Array {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const { head, place, stored } = this.#usable(args, call.now);
    const before = stored.decode();
    if (before.refreshDeadline !== undefined && before.refreshDeadline > call.now) {
      throw conflict(
        `another caller refreshes the token: wait until ${before.refreshDeadline} (ns), or lease the new token`,
      );
    }
    const deadline = call.now + REFRESH_NS;
    const fencing = before.fencing + 1n;
    const body = new ByteWriter(512).u64(deadline).raw(stored.body(ALL_TYPES)).u64(fencing).finish();
    const details = { fencing: `${fencing}`, until: `${deadline}` };
    const event = { activityType: 'TokenLeased', description: REFRESH_BEGUN, details } as const;
    const after = { ...before, fencing, refreshDeadline: deadline };
    this.#writer.write(head, { place, after, event }, call);
    return body;
  }

  /**
   * Stores what came of the refresh that has this fencing number, also after its deadline. Conflict, and nothing stored, where another has begun since,
   * or the credentials were stored or revoked.
   */
  completeRefresh(args: Account & { readonly fencing: bigint; readonly outcome: Outcome }, call: Call): void {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    checkOutcome(args.outcome, call.now);
    const { head, place, stored } = this.#find(args);
    const before = stored.decode();
    if (before.refreshDeadline === undefined || before.fencing !== args.fencing) {
      throw conflict(
        `${args.fencing} is not the fencing number of a refresh that is under way: nothing was stored`,
      );
    }
    this.#writer.write(head, { place, ...resultOf(before, args.outcome, call.now) }, call);
  }

  #usable(args: Account, now: bigint): Found {
    const found = this.#find(args);
    if (found.stored.isUsable(now)) return found;
    const { state } = stateAt(found.stored, now);
    const happened = state === 'revoked' ? 'were revoked' : 'have expired';
    throw new Refusal({ kind: 'Expired', message: `the credentials ${happened}; store new ones` });
  }

  #find({ user_id, agent_type, account }: Account): Found {
    const head = this.#store.users.find(user_id.utf8);
    const typeCode = agentTypes.codeOf(agent_type);
    const place =
      head === undefined ? undefined : this.#store.credentials.find(head.user, typeCode, account?.utf8);
    if (head === undefined || place?.stored === undefined) throw notFound();
    return { head, place, stored: place.stored };
  }
}

interface Found {
  readonly head: UserHead;
  readonly place: CredentialPlace;
  readonly stored: StoredCredentials;
}

function checkOutcome({ option, value }: Outcome, now: bigint): void {
  switch (option) {
    case 'refreshed':
      checkText('token', value.token, LIMITS.tokenBytes);
      checkJson('token_data', value.token_data);
      checkFuture('expires_at', value.expires_at, now);
      return;
    case 'failed':
      checkText('reason', value.reason, LIMITS.reasonBytes);
  }
}

/** The credentials after a refresh, and what to tell of it. A failed one takes no token away: it is good until it expires. */
function resultOf(before: Credentials, { option, value }: Outcome, now: bigint) {
  const ended = { ...before, refreshDeadline: undefined };
  switch (option) {
    case 'refreshed': {
      const after: Credentials = {
        ...ended,
        token: value.token.utf8,
        tokenData: value.token_data?.utf8 ?? before.tokenData,
        updatedAt: now,
        expiresAt: value.expires_at,
        state: 'active',
        stateSince: now,
        stateReason: undefined,
      };
      return { after, event: { activityType: 'TokenRefreshed', description: REFRESHED } as const };
    }
    case 'failed': {
      const failed = hasToken(before.state) ? { state: 'refresh_failed' as const, stateSince: now } : {};
      const after: Credentials = { ...ended, ...failed, stateReason: value.reason.utf8 };
      const details = { reason: value.reason.value };
      const event = { activityType: 'TokenRefreshFailed', description: REFRESH_FAILED, details } as const;
      return { after, event };
    }
  }
}

function conflict(message: string): Refusal {
  return new Refusal({ kind: 'Conflict', message });
}
