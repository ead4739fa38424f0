import { encodeUtf8, type Text } from '../codec/index.ts';
import type { ActivityType } from '../models/activity-type.ts';
import { notFound, Refusal } from '../models/agent-error.ts';
import { type AgentType, agentTypes } from '../models/agent-type.ts';
import {
  type Credentials,
  credentialsBody,
  decodeCredentials,
  encodeCredentials,
} from '../models/credentials.ts';
import type { Quota } from '../models/limits.ts';
import { codesIn, type Rights } from '../models/rights.ts';
import type { UserHead } from '../models/user-head.ts';
import { LIMITS } from '../policy/limits.ts';
import { checkQuotas } from '../policy/quotas.ts';
import {
  checkFuture,
  checkJson,
  checkName,
  checkProjectIds,
  checkText,
  checkUserId,
} from '../policy/validation.ts';
import { credentialKey, decodeCredentialKey } from '../storage/keys.ts';
import type { Store } from '../storage/store.ts';
import type { ActivityService } from './activity-service.ts';
import type { Call } from './call.ts';
import type { ExpirySchedule } from './expiry-schedule.ts';

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

interface Owner {
  readonly user_id: Text;
  readonly agent_type: AgentType;
}

interface StoredCredentials extends Credentials {
  /** The length of the stored form. */
  readonly storedBytes: number;
}

const STORED = encodeUtf8('Credentials stored');
const UPDATED = encodeUtf8('Credentials updated');
const EXPIRED = encodeUtf8('Credentials expired');
const REVOKED = encodeUtf8('Credentials revoked');

/** The tokens with which agents act for a user, one set for each agent type. */
export class CredentialService {
  readonly #store: Store;
  readonly #activities: ActivityService;
  readonly #schedule: ExpirySchedule;

  constructor(store: Store, activities: ActivityService, schedule: ExpirySchedule) {
    this.#store = store;
    this.#activities = activities;
    this.#schedule = schedule;
  }

  /** Stores credentials in the place of those that were there. The time of creation stays that of the first. */
  store(
    args: Owner & CredentialData & { readonly token: Text; readonly project_ids: readonly TextPair[] },
    call: Call,
  ): void {
    checkUserId('user_id', args.user_id);
    checkCredentialData(args, call.now);
    const head = this.#store.users.findOrCreate(args.user_id.utf8);
    const before = this.#stored(head, args.agent_type);
    this.#checkQuotas(head, before === undefined ? ['credentials', 'bytes'] : ['bytes'], call);
    this.#replace(head, before, {
      userId: args.user_id.utf8,
      agentType: args.agent_type,
      token: args.token.utf8,
      tokenData: args.token_data?.utf8,
      workspaceId: args.workspace_id?.utf8,
      projectIds: args.project_ids.map(utf8Pair),
      selectedRepo: args.selected_repo?.utf8,
      createdAt: before?.createdAt ?? call.now,
      updatedAt: call.now,
      expiresAt: args.expires_at,
    });
    this.#finish(head, args, 'TokenStored', STORED, call);
  }

  /** Changes stored credentials; what is left out stays as it is. */
  update(args: Owner & CredentialData, call: Call): void {
    checkUserId('user_id', args.user_id);
    checkCredentialData(args, call.now);
    const head = this.#store.users.find(args.user_id.utf8);
    const before = head === undefined ? undefined : this.#stored(head, args.agent_type);
    if (head === undefined || before === undefined) throw notFound();
    const expiresAt = args.expires_at ?? before.expiresAt;
    if (expiresAt !== undefined && expiresAt <= call.now) throw expired();
    this.#checkQuotas(head, ['bytes'], call);
    this.#replace(head, before, {
      ...before,
      token: args.token?.utf8 ?? before.token,
      tokenData: args.token_data?.utf8 ?? before.tokenData,
      workspaceId: args.workspace_id?.utf8 ?? before.workspaceId,
      projectIds: args.project_ids?.map(utf8Pair) ?? before.projectIds,
      selectedRepo: args.selected_repo?.utf8 ?? before.selectedRepo,
      updatedAt: call.now,
      expiresAt,
    });
    this.#finish(head, args, 'TokenRefreshed', UPDATED, call);
  }

  /** Removes stored credentials at once. */
  revoke(args: Owner, call: Call): void {
    checkUserId('user_id', args.user_id);
    const head = this.#store.users.find(args.user_id.utf8);
    const before = head === undefined ? undefined : this.#stored(head, args.agent_type);
    if (head === undefined || before === undefined) throw notFound();
    const typeCode = agentTypes.codeOf(args.agent_type);
    const key = credentialKey(head.user, typeCode);
    this.#store.credentials.delete(key);
    if (before.expiresAt !== undefined) this.#store.credentialExpiry.remove(before.expiresAt, key);
    head.setConnected(typeCode, false);
    head.addStoredBytes(-before.storedBytes);
    this.#record(head, args, 'TokenRevoked', REVOKED, call);
  }

  /** The credentials as a Candid record. */
  get(args: Owner, rights: Rights): Uint8Array | undefined {
    checkUserId('user_id', args.user_id);
    const head = this.#store.users.find(args.user_id.utf8);
    const typeCode = agentTypes.codeOf(args.agent_type);
    return head === undefined ? undefined : this.#body(head, typeCode, rights);
  }

  /** The user's credentials that the caller may see, as Candid records, in the order of the agent types. */
  listByUser(userId: Text, rights: Rights): Uint8Array[] {
    checkUserId('user_id', userId);
    const head = this.#store.users.find(userId.utf8);
    if (head === undefined) return [];
    return codesIn(agentTypes, rights.read).flatMap((code) => this.#body(head, code, rights) ?? []);
  }

  /** Removes up to `batch` credentials whose time is over. Returns how many were removed, and how many entries were looked at. */
  expire(batch: number, actor: Uint8Array, now: bigint): { ended: number; visited: number } {
    const due = this.#store.credentialExpiry.due(now, batch);
    let ended = 0;
    for (const entry of due) {
      this.#store.credentialExpiry.remove(entry.time, entry.record);
      const bytes = this.#store.credentials.get(entry.record);
      if (bytes === undefined) continue;
      this.#store.credentials.delete(entry.record);
      const { userId, agentType } = decodeCredentials(bytes);
      const { user, typeCode } = decodeCredentialKey(entry.record);
      const head = this.#store.users.byNumber(user);
      head.setConnected(typeCode, false);
      head.addStoredBytes(-bytes.length);
      const event = { userId, agentType, activityType: 'TokenExpired' as const, description: EXPIRED };
      this.#activities.record(head, event, actor, now);
      this.#store.users.save(head);
      ended++;
    }
    return { ended, visited: due.length };
  }

  #checkQuotas(head: UserHead, quotas: readonly Quota[], call: Call): void {
    checkQuotas(head, quotas, this.#store.settings.limitsOf(call.principal));
  }

  #stored(head: UserHead, agentType: AgentType): StoredCredentials | undefined {
    const typeCode = agentTypes.codeOf(agentType);
    if (!head.isConnected(typeCode)) return undefined;
    const bytes = this.#store.credentials.get(credentialKey(head.user, typeCode));
    return bytes === undefined ? undefined : { ...decodeCredentials(bytes), storedBytes: bytes.length };
  }

  #body(head: UserHead, typeCode: number, rights: Rights): Uint8Array | undefined {
    if (!head.isConnected(typeCode)) return undefined;
    const bytes = this.#store.credentials.get(credentialKey(head.user, typeCode));
    return bytes === undefined ? undefined : credentialsBody(bytes, rights);
  }

  #replace(head: UserHead, before: StoredCredentials | undefined, after: Credentials): void {
    const typeCode = agentTypes.codeOf(after.agentType);
    const key = credentialKey(head.user, typeCode);
    const bytes = encodeCredentials(after);
    this.#store.credentials.set(key, bytes);
    head.addStoredBytes(bytes.length - (before?.storedBytes ?? 0));
    if (before?.expiresAt !== after.expiresAt) {
      if (before?.expiresAt !== undefined) this.#store.credentialExpiry.remove(before.expiresAt, key);
      if (after.expiresAt !== undefined) this.#store.credentialExpiry.add(after.expiresAt, key);
    }
    head.setConnected(typeCode, true);
  }

  #finish(
    head: UserHead,
    args: Owner & CredentialData,
    activityType: ActivityType,
    description: Uint8Array,
    call: Call,
  ): void {
    this.#record(head, args, activityType, description, call);
    if (args.expires_at !== undefined) this.#schedule.note(args.expires_at, call.now);
  }

  #record(
    head: UserHead,
    args: Owner,
    activityType: ActivityType,
    description: Uint8Array,
    call: Call,
  ): void {
    const event = { userId: args.user_id.utf8, agentType: args.agent_type, activityType, description };
    this.#activities.record(head, event, call.principal, call.now);
    this.#store.users.save(head);
  }
}

function checkCredentialData(data: CredentialData, now: bigint): void {
  checkText('token', data.token, LIMITS.tokenBytes);
  checkJson('token_data', data.token_data);
  checkName('workspace_id', data.workspace_id);
  checkProjectIds('project_ids', data.project_ids);
  checkName('selected_repo', data.selected_repo);
  checkFuture('expires_at', data.expires_at, now);
}

/** A change that kept the old expiry would be lost with the credentials in the next minute. */
function expired(): Refusal {
  return new Refusal({
    kind: 'Expired',
    message: 'the credentials have expired; give a new expires_at, or store them again',
  });
}

function utf8Pair(pair: TextPair): readonly [Uint8Array, Uint8Array] {
  return [pair[0].utf8, pair[1].utf8];
}
