import { encodeUtf8, type Text } from '../../codec/index.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import { notFound } from '../../models/agent-error.ts';
import { SEVERAL_TYPES } from '../../models/agent-type.ts';
import { blockBody, encodeBlock } from '../../models/agents/block.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { textOf } from '../../policy/access/principals.ts';
import { anyRoom, roomOfOwner } from '../../policy/limits/quotas.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import type { ActivityService } from '../audit/activity-service.ts';
import type { Epochs } from '../sealing/epochs.ts';
import type { UserHeads } from '../user-heads.ts';
import type { GrantServiceOptions } from './grant-service.ts';

/** A user, and the agent that they stop. */
interface Blocking {
  readonly user_id: Text;
  readonly agent: Uint8Array;
}

const BLOCKED = encodeUtf8('Agent blocked');
const UNBLOCKED = encodeUtf8('Agent unblocked');

/** Agents that a user has stopped: the block wins over every grant, and over the scope of agents that act for every user. */
export class BlockService {
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

  /** Blocks an agent of the service from now on, whatever the user's quotas: a stop is never refused for them. */
  block({ user_id, agent }: Blocking, call: Caller): void {
    checkUserId('user_id', user_id);
    const { agents, blocks, users } = this.#store;
    if (!agents.has(agent)) throw notFound();
    const known = users.find(user_id.utf8);
    if (known !== undefined && blocks.get(known.user, agent) !== undefined) return;
    const head = this.#heads.getOrCreate(user_id, call, { known, room: anyRoom });
    this.#epochs.block(head.user, agent, call.now);
    blocks.put(head.user, agent, encodeBlock({ agent, since: call.now }));
    this.#record(head, { user_id, agent }, ['AgentBlocked', BLOCKED], call);
  }

  /** Gives an agent back what it may do, as if it had not been blocked. The quota on bytes holds here, so that blocking and unblocking in turn ends. */
  unblock({ user_id, agent }: Blocking, call: Caller): void {
    checkUserId('user_id', user_id);
    const { blocks } = this.#store;
    const head = this.#heads.get(user_id);
    if (blocks.get(head.user, agent) === undefined) throw notFound();
    this.#heads.checkRoom(head, call, roomOfOwner);
    blocks.delete(head.user, agent);
    this.#record(head, { user_id, agent }, ['AgentUnblocked', UNBLOCKED], call);
  }

  /** The agents that a user has blocked as Candid records, in the order in which they were. */
  list(userId: Text): Uint8Array[] {
    checkUserId('user_id', userId);
    const user = this.#store.users.numberOf(userId.utf8);
    return user === undefined ? [] : this.#store.blocks.ofUser(user).map(blockBody);
  }

  /** By whom the caller is blocked, for what spans users. */
  blockersOf(agent: Uint8Array): (user: number) => boolean {
    const { blocks } = this.#store;
    return blocks.isEmpty() ? () => false : (user) => blocks.get(user, agent) !== undefined;
  }

  #record(
    head: UserHead,
    { user_id, agent }: Blocking,
    [activityType, description]: readonly [ActivityType, Uint8Array],
    call: Caller,
  ): void {
    const metadata = encodeUtf8(JSON.stringify({ agent: textOf(agent) }));
    const event = { userId: user_id.utf8, agentType: SEVERAL_TYPES, activityType, description, metadata };
    this.#activities.record(head, event, call.principal, call.now);
    this.#store.users.save(head);
  }
}
