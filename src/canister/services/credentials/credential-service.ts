import { encodeUtf8, sameOptional, type Text } from '../../codec/index.ts';
import { codesIn, isKeptFrom, type Rights } from '../../models/access/rights.ts';
import { invalidArgument, notFound, Refusal } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { credentialInfo } from '../../models/credentials/credential-info.ts';
import { holdsSecrets, isUsable, stateAt } from '../../models/credentials/credential-state.ts';
import {
  type Credentials,
  type StoredCredentials,
  withoutSecrets,
  withoutToken,
} from '../../models/credentials/credentials.ts';
import { seedAgentTypes } from '../../models/seed-types.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, LIMITS } from '../../policy/limits/limits.ts';
import { quotaExceeded, roomFor } from '../../policy/limits/quotas.ts';
import {
  checkFuture,
  checkLimit,
  checkName,
  checkProjectIds,
  checkUserId,
} from '../../policy/validation/validation.ts';
import type {
  AccountPlace,
  CredentialPlace,
  FoundAccount,
} from '../../storage/credentials/credential-store.ts';
import { decodeCredentialKey } from '../../storage/keys.ts';
import type { Store } from '../../storage/store.ts';
import type { ExpiryQueue } from '../../storage/tasks/expiry-queue.ts';
import { type Page, ReplyItems } from '../listing.ts';
import type { Epochs, SealedPlace } from '../sealing/epochs.ts';
import type { CheckedSecret, SecretCheck } from '../sealing/secret-check.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { TaskCause } from '../tasks/task.ts';
import type { UserHeads } from '../user-heads.ts';
import { type Account, checkAccount, getAccount, type Owner } from './account.ts';
import { decodeAccountCursor, encodeAccountCursor, FIRST_ACCOUNT } from './account-cursor.ts';
import type { CredentialEvent, CredentialWriter } from './credential-writer.ts';
import { closingNumber, freshState } from './refresh-outcome.ts';

/** A pair of texts as Candid has it: a record whose fields are called 0 and 1. */
type TextPair = { readonly 0: Text; readonly 1: Text };

/** What a caller says of credentials; what is undefined is left out, or, in an update, left as it is. */
export interface CredentialData {
  readonly token: Text | undefined;
  readonly token_data: Text | undefined;
  readonly workspace_id: Text | undefined;
  readonly project_ids: readonly TextPair[] | undefined;
  readonly selected_repo: Text | undefined;
  readonly expires_at: bigint | undefined;
}

/** Whose accounts are listed, and of which agent type; of all that the caller may see where it is left out. */
interface AccountFilter {
  readonly user_id: Text;
  readonly agent_type: AgentType | undefined;
}

const ROOM = {
  stored: roomFor('credentials', 'bytes'),
  replaced: roomFor('bytes'),
};

interface CredentialServiceOptions {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly writer: CredentialWriter;
  readonly settings: SettingsService;
  readonly secrets: SecretCheck;
  readonly epochs: Epochs;
}

const EVENTS = {
  stored: event('TokenStored', 'Credentials stored'),
  updated: event('TokenRefreshed', 'Credentials updated'),
  expired: event('TokenExpired', 'Credentials expired'),
  revoked: event('TokenRevoked', 'Credentials revoked'),
  madePrivate: event('AccountPrivacyChanged', 'Account made private'),
  madeShared: event('AccountPrivacyChanged', 'Account no longer private'),
};

const BY_USER = encodeUtf8('revoked by the user');
const BY_AGENT = encodeUtf8('revoked by an agent');

/** The tokens with which agents act for a user, one set for each agent type and account. */
export class CredentialService {
  readonly #store: Store;
  readonly #heads: UserHeads;
  readonly #writer: CredentialWriter;
  readonly #settings: SettingsService;
  readonly #secrets: SecretCheck;
  readonly #epochs: Epochs;

  constructor({ store, heads, writer, settings, secrets, epochs }: CredentialServiceOptions) {
    this.#store = store;
    this.#heads = heads;
    this.#writer = writer;
    this.#settings = settings;
    this.#secrets = secrets;
    this.#epochs = epochs;
  }

  /** Stores credentials in the place of those that were there. The time of creation stays that of the first, unless those were gone. */
  store(
    args: Account & CredentialData & { readonly token: Text; readonly project_ids: readonly TextPair[] },
    call: Caller,
  ): void {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const secrets = this.#checkData(args, call.now);
    const known = this.#store.users.find(args.user_id.utf8);
    const found = known === undefined ? undefined : this.#placeFor(known, args);
    const isThere = found?.stored !== undefined && holdsSecrets(found.stored);
    const isPrivate = found?.stored?.isPrivate === true && isOfAccount(found.stored, args);
    const typeCode = agentTypes.codeOf(args.agent_type);
    this.#secrets.recipients(secrets, { user: known?.user, typeCode, isPrivate }, call.now);
    const room = isThere ? ROOM.replaced : ROOM.stored;
    const head = this.#heads.getOrCreate(args.user_id, call, { known, room });
    const place = found ?? this.#placeFor(head, args);
    const before = place.stored?.decode();
    const after: Credentials = {
      userId: args.user_id.utf8,
      agentType: args.agent_type,
      account: args.account?.utf8,
      token: args.token.utf8,
      tokenData: args.token_data?.utf8,
      workspaceId: args.workspace_id?.utf8,
      projectIds: args.project_ids.map(utf8Pair),
      selectedRepo: args.selected_repo?.utf8,
      createdAt: before !== undefined && holdsSecrets(before) ? before.createdAt : call.now,
      updatedAt: call.now,
      expiresAt: args.expires_at,
      isPrivate,
      ...this.#fresh(before, call.now),
    };
    this.#writer.write(head, { place, after, events: [EVENTS.stored] }, call);
  }

  /** Changes the stored credentials of the default account; what is left out stays as it is. */
  update(args: Owner & CredentialData, call: Caller): void {
    checkUserId('user_id', args.user_id);
    const secrets = this.#checkData(args, call.now);
    const { head, place, before } = this.#stored({ ...args, account: undefined });
    const expiresAt = args.expires_at ?? before.expiresAt;
    if (expiresAt !== undefined && expiresAt <= call.now) throw expired();
    if (before.token.length === 0 && args.token === undefined) throw tokenIsGone();
    this.#secrets.recipients(secrets, this.#placeOf(head, before), call.now);
    this.#heads.checkRoom(head, call, ROOM.replaced);
    const isFresh = args.token !== undefined || args.token_data !== undefined;
    const after: Credentials = {
      ...before,
      token: args.token?.utf8 ?? before.token,
      tokenData: args.token_data?.utf8 ?? before.tokenData,
      workspaceId: args.workspace_id?.utf8 ?? before.workspaceId,
      projectIds: args.project_ids?.map(utf8Pair) ?? before.projectIds,
      selectedRepo: args.selected_repo?.utf8 ?? before.selectedRepo,
      updatedAt: call.now,
      expiresAt,
      ...(isFresh ? this.#fresh(before, call.now) : {}),
    };
    this.#writer.write(head, { place, after, events: [EVENTS.updated] }, call);
  }

  /** Keeps agents for every user from the secrets of an account, or lets them have those again. */
  setPrivacy(args: Account & { readonly is_private: boolean }, call: Caller): void {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const { head, place, stored } = getAccount({ store: this.#store, heads: this.#heads }, args);
    const before = stored.decode();
    if (before.isPrivate === args.is_private) return;
    const after: Credentials = { ...before, isPrivate: args.is_private };
    const event = args.is_private ? EVENTS.madePrivate : EVENTS.madeShared;
    this.#writer.write(head, { place, after, events: [event] }, call);
  }

  /** Takes the token away at once, and makes a refresh that is under way void. What else is known stays, with the state. */
  revoke(args: Account, call: Caller, rights: Rights): void {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    const { head, place, before } = this.#stored(args);
    const after: Credentials = {
      ...withoutSecrets(before),
      ...this.#fresh(before, call.now),
      state: 'revoked',
      stateReason: rights.owns ? BY_USER : BY_AGENT,
    };
    this.#writer.write(head, { place, after, events: [EVENTS.revoked] }, call);
  }

  /** The default account's credentials as a Candid record, unless they were revoked or have expired. */
  get(args: Owner, rights: Rights, now: bigint): Uint8Array | undefined {
    checkUserId('user_id', args.user_id);
    const user = this.#store.users.numberOf(args.user_id.utf8);
    return user === undefined ? undefined : this.#body(user, agentTypes.codeOf(args.agent_type), rights, now);
  }

  /** As `get`, of every agent type that the caller may see, in their order. */
  listByUser(userId: Text, rights: Rights, now: bigint): Uint8Array[] {
    checkUserId('user_id', userId);
    const head = this.#store.users.find(userId.utf8);
    if (head === undefined) return [];
    return codesIn(agentTypes, rights.read)
      .filter((code) => head.isConnected(code))
      .flatMap((code) => this.#body(head.user, code, rights, now) ?? []);
  }

  /**
   * What is known of every account without its token, revoked and expired ones included, as Candid records. InvalidArgument where they do not fit into a
   * reply, which those of one agent type always do.
   */
  list(args: AccountFilter, rights: Rights, call: Caller): Uint8Array[] {
    const { items, next } = this.#page(args, rights, { limit: undefined, from: FIRST_ACCOUNT }, call);
    if (next === undefined) return items;
    throw invalidArgument(
      'agent_type',
      'must be given: the accounts do not fit into one reply; or use list_accounts',
    );
  }

  /** As `list`, page by page. */
  page(
    args: AccountFilter & { readonly limit: number | undefined; readonly cursor: Text | undefined },
    rights: Rights,
    call: Caller,
  ): Page {
    const limit = checkLimit('limit', args.limit, DEFAULT_ITEMS.accounts);
    const from = args.cursor === undefined ? FIRST_ACCOUNT : decodeAccountCursor(args.cursor.value);
    const { items, next } = this.#page(args, rights, { limit, from }, call);
    return { items, nextCursor: next && encodeUtf8(encodeAccountCursor(next)) };
  }

  #page(
    { user_id, agent_type }: AccountFilter,
    rights: Rights,
    { limit, from }: { readonly limit: number | undefined; readonly from: AccountPlace },
    { now, work }: Caller,
  ): { readonly items: Uint8Array[]; readonly next: AccountPlace | undefined } {
    checkUserId('user_id', user_id);
    const items = new ReplyItems();
    const user = this.#store.users.numberOf(user_id.utf8);
    const wanted = agent_type === undefined ? undefined : agentTypes.codeOf(agent_type);
    const codes = codesIn(agentTypes, rights.read).filter((code) => wanted === undefined || code === wanted);
    if (user === undefined) return { items: items.list, next: undefined };
    const { grantNs } = this.#store.settings;
    for (const account of this.#store.credentials.from(user, codes, from)) {
      const isOver = items.list.length === limit || (items.list.length > 0 && work.isSpent());
      if (isOver || !items.add(this.#info(user, account, { now, grantNs })))
        return { items: items.list, next: account };
    }
    return { items: items.list, next: undefined };
  }

  /**
   * Takes the tokens of credentials away whose time is over, and grants whose time is over, too, of at most `limit`, until the work is spent. Returns how many
   * lost either, and whether there are more. A refresh that is under way can still be completed.
   */
  expire(limit: number, work: Work, { actor, now }: TaskCause): { ended: number; more: boolean } {
    const { tokens, grants } = this.#store.credentialExpiry;
    const cause = { principal: actor, now };
    let ended = 0;
    const take = (queue: ExpiryQueue, until: bigint) =>
      queue.take({ now: until, work, most: limit - ended }, ({ time, record: key }) => {
        queue.remove(time, key);
        const stored = this.#store.credentials.at(key);
        // Others were stored in their place since, which are queued for their own time.
        if (stored?.expiresAt === undefined || stored.expiresAt > until) return;
        this.#expire({ key, stored }, cause);
        ended++;
      });
    const moreTokens = take(tokens, now);
    const moreGrants = take(grants, now - this.#store.settings.grantNs);
    return { ended, more: moreTokens || moreGrants };
  }

  /** When a token or a grant ends next (ns). */
  dueAt(): bigint | undefined {
    const { tokens, grants } = this.#store.credentialExpiry;
    const token = tokens.earliest();
    const grant = grants.earliest();
    if (grant === undefined) return token;
    const end = grant + this.#store.settings.grantNs;
    return token === undefined || end < token ? end : token;
  }

  /** Puts the one that ends next behind the others, for so long (ns). */
  setAside(now: bigint, wait: bigint): void {
    const { tokens, grants } = this.#store.credentialExpiry;
    if (tokens.isDue(now)) tokens.postpone(now + wait);
    else grants.postpone(now - this.#store.settings.grantNs + wait);
  }

  /**
   * Takes away what has ended: the access token alone, where its grant goes on, or both. Of the first there is nothing to tell: the credentials needed a
   * refresh before.
   */
  #expire(
    { key, stored }: { readonly key: Uint8Array; readonly stored: StoredCredentials },
    cause: { readonly principal: Uint8Array; readonly now: bigint },
  ): void {
    const { state, since } = stateAt(stored, cause.now, this.#store.settings.grantNs);
    const before = stored.decode();
    const head = this.#store.users.byNumber(decodeCredentialKey(key).user);
    const place = { key, stored };
    if (state === 'expired') {
      const after: Credentials = { ...withoutSecrets(before), state, stateSince: since };
      this.#writer.write(head, { place, after, events: [EVENTS.expired] }, cause);
    } else if (state === 'needs_refresh' || state === 'needs_reauthorization') {
      const after: Credentials = { ...withoutToken(before), state, stateSince: since };
      this.#writer.write(head, { place, after, events: [] }, cause);
    }
  }

  #info(
    user: number,
    { typeCode, stored }: FoundAccount,
    at: { readonly now: bigint; readonly grantNs: bigint },
  ): Uint8Array {
    const { isPrivate } = stored;
    const recipients = this.#epochs.recipients({ user, typeCode, isPrivate }, at.now);
    return credentialInfo(stored.decode(), recipients, at);
  }

  #placeOf({ user }: UserHead, { agentType, isPrivate }: Credentials): SealedPlace {
    return { user, typeCode: agentTypes.codeOf(agentType), isPrivate };
  }

  /** Checks what a caller says of credentials, and says what is sealed of it. */
  #checkData(data: CredentialData, now: bigint): CheckedSecret[] {
    const token = this.#secrets.form('token', 'token', data.token);
    const tokenData = this.#secrets.form('token_data', 'token_data', data.token_data);
    checkName('workspace_id', data.workspace_id);
    checkProjectIds('project_ids', data.project_ids);
    checkName('selected_repo', data.selected_repo);
    checkFuture('expires_at', data.expires_at, now);
    return [token, tokenData];
  }

  /** Credentials that have a token or a grant, whether or not their time is over. */
  #stored(args: Account): { head: UserHead; place: CredentialPlace; before: Credentials } {
    const { head, place, stored } = getAccount({ store: this.#store, heads: this.#heads }, args);
    if (!holdsSecrets(stored)) throw notFound();
    return { head, place, before: stored.decode() };
  }

  /** How credentials stand that were given a token by other means than a refresh: one that is under way comes too late then. */
  #fresh(before: Credentials | undefined, now: bigint) {
    return freshState(closingNumber(before, this.#store.activities.next, now), now);
  }

  /** Where an account is, or where a new one goes. */
  #placeFor({ user }: UserHead, { agent_type, account }: Account): CredentialPlace {
    const typeCode = agentTypes.codeOf(agent_type);
    const place =
      this.#store.credentials.find(user, typeCode, account?.utf8) ??
      this.#store.credentials.room(user, typeCode, LIMITS.accounts);
    if (place !== undefined) return place;
    throw quotaExceeded('accounts', LIMITS.accounts);
  }

  #body(user: number, typeCode: number, rights: Rights, now: bigint): Uint8Array | undefined {
    const stored = this.#store.credentials.find(user, typeCode, undefined)?.stored;
    if (stored === undefined || !isUsable(stored, now) || !seedAgentTypes.has(typeCode)) return undefined;
    return stored.body(
      isKeptFrom(rights, stored) ? 0 : this.#settings.tokensInQueries(rights),
      seedAgentTypes,
    );
  }
}

function event(activityType: CredentialEvent['activityType'], description: string): CredentialEvent {
  return { activityType, description: encodeUtf8(description) };
}

/** Whether what is stored is the account's, and not what another left in the slot that it takes over. */
function isOfAccount(stored: StoredCredentials, { account }: Account): boolean {
  return sameOptional(stored.account, account?.utf8);
}

/** A change that kept the old expiry would be lost with the credentials in the next minute. */
function expired(): Refusal {
  return new Refusal({
    kind: 'Expired',
    message: 'the credentials have expired; give a new expires_at, or store them again',
  });
}

/** A new expiry brings no token back. */
function tokenIsGone(): Refusal {
  return new Refusal({
    kind: 'Expired',
    message:
      'the access token has expired and is gone; give a new token, refresh it, or store new credentials',
  });
}

function utf8Pair(pair: TextPair): readonly [Uint8Array, Uint8Array] {
  return [pair[0].utf8, pair[1].utf8];
}
