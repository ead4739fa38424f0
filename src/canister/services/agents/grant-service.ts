import { encodeUtf8, type Text } from '../../codec/index.ts';
import {
  type AgentPermission,
  ALL_PERMISSIONS,
  ALL_TYPES,
  agentPermissions,
  namesIn,
} from '../../models/access/rights.ts';
import type { Terms } from '../../models/access/terms.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import { notFound } from '../../models/agent-error.ts';
import { type AgentType, agentTypes, SEVERAL_TYPES } from '../../models/agent-type.ts';
import { decodeGrantTerms, encodeGrant, grantBody } from '../../models/agents/grant.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { textOf } from '../../policy/access/principals.ts';
import { LIMITS } from '../../policy/limits/limits.ts';
import { checkRoom, type Room, roomOfOwner } from '../../policy/limits/quotas.ts';
import { checkFuture, checkUserId, maskOfSome } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { ActivityService } from '../audit/activity-service.ts';
import type { Epochs } from '../sealing/epochs.ts';
import type { UserHeads } from '../user-heads.ts';

/** A user, and the agent that they grant something to. */
interface Grantee {
  readonly user_id: Text;
  readonly agent: Uint8Array;
}

const GRANTED = encodeUtf8('Agent granted');
const WITHDRAWN = encodeUtf8('Agent withdrawn');

export interface GrantServiceOptions {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly activities: ActivityService;
  readonly epochs: Epochs;
}

/** What users let agents do for them. An agent that acts for granted users alone needs a grant, and has no more than both say. */
export class GrantService {
  readonly #store: Store;
  readonly #heads: UserHeads;
  readonly #activities: ActivityService;
  readonly #epochs: Epochs;

  constructor({ store, heads, activities, epochs }: GrantServiceOptions) {
    this.#store = store;
    this.#heads = heads;
    this.#activities = activities;
    this.#epochs = epochs;
  }

  /** Grants an agent of the service what is named, or all where it is left out, in the place of a grant that was there. */
  grant(
    args: Grantee & {
      readonly agent_types: readonly AgentType[] | undefined;
      readonly permissions: readonly AgentPermission[] | undefined;
      readonly expires_at: bigint | undefined;
    },
    call: Caller,
  ): void {
    checkUserId('user_id', args.user_id);
    checkFuture('expires_at', args.expires_at, call.now);
    const terms = {
      agentTypes: maskOfSome('agent_types', agentTypes, args.agent_types) ?? ALL_TYPES,
      permissions: maskOfSome('permissions', agentPermissions, args.permissions) ?? ALL_PERMISSIONS,
      expiresAt: args.expires_at,
      since: call.now,
    };
    if (!this.#store.agents.has(args.agent)) throw notFound();
    const head = this.#heads.getOrCreate(args.user_id, call, { room: this.#roomFor(args.agent) });
    const stored = this.#store.grants.get(head.user, args.agent);
    const before = stored && decodeGrantTerms(stored);
    this.#epochs.changeGrant(head.user, args.agent, { before, after: terms }, call.now);
    this.#store.grants.put(head.user, args.agent, encodeGrant({ agent: args.agent, ...terms }));
    this.#record(head, args, { activityType: 'AgentGranted', description: GRANTED, terms }, call);
  }

  /** Takes a grant back at once. */
  withdraw(args: Grantee, call: Caller): void {
    checkUserId('user_id', args.user_id);
    const head = this.#heads.get(args.user_id);
    const stored = this.#store.grants.get(head.user, args.agent);
    if (stored === undefined) throw notFound();
    const terms = decodeGrantTerms(stored);
    this.#epochs.changeGrant(head.user, args.agent, { before: terms, after: undefined }, call.now);
    this.#store.grants.delete(head.user, args.agent);
    this.#record(head, args, { activityType: 'AgentWithdrawn', description: WITHDRAWN, terms }, call);
  }

  /** A user's grants as Candid records, those that expired included. */
  list(userId: Text): Uint8Array[] {
    checkUserId('user_id', userId);
    const user = this.#store.users.numberOf(userId.utf8);
    return user === undefined ? [] : this.#store.grants.ofUser(user).map(grantBody);
  }

  #roomFor(agent: Uint8Array): Room {
    return (head, limits) => {
      roomOfOwner(head, limits);
      if (this.#store.grants.get(head.user, agent) !== undefined) return;
      checkRoom('grants', this.#store.grants.count(head.user), LIMITS.grants);
    };
  }

  #record(
    head: UserHead,
    { user_id, agent }: Grantee,
    happened: { activityType: ActivityType; description: Uint8Array; terms: Terms },
    call: Caller,
  ): void {
    const { terms, ...event } = happened;
    const types = namesIn(agentTypes, terms.agentTypes);
    const permissions = namesIn(agentPermissions, terms.permissions);
    const metadata = JSON.stringify({ agent: textOf(agent), agent_types: types, permissions });
    const [only, ...others] = types;
    const agentType = only === undefined || others.length > 0 ? SEVERAL_TYPES : only;
    const about = { userId: user_id.utf8, agentType, metadata: encodeUtf8(metadata) };
    this.#activities.record(head, { ...event, ...about }, call.principal, call.now);
    this.#store.users.save(head);
  }
}
