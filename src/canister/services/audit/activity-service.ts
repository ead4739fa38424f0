import { encodeUtf8, type Text } from '../../codec/index.ts';
import type { Rights } from '../../models/access/rights.ts';
import { type ActivityType, activityTypes, isWrittenByService } from '../../models/activity-type.ts';
import { invalidArgument } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import {
  COUNTED,
  errorHappening,
  type Happening,
  interactionNamedBy,
} from '../../models/analytics/happening.ts';
import {
  activityBody,
  activityTimestamp,
  encodeActivity,
  isSeedActivity,
  seedActivityBody,
} from '../../models/audit/activity.ts';
import { decodeId, encodeId } from '../../models/record-id.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, LIMITS } from '../../policy/limits/limits.ts';
import { roomFor } from '../../policy/limits/quotas.ts';
import { checkJson, checkLimit, checkText, checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { listNewest, type Page, type PageRequest, pageOf } from '../listing.ts';
import type { UserHeads } from '../user-heads.ts';

/** What happened, as the service itself tells it. */
export interface ActivityEvent {
  readonly userId: Uint8Array;
  readonly agentType: AgentType;
  readonly activityType: ActivityType;
  readonly description: Uint8Array;
  /** JSON text. */
  readonly metadata?: Uint8Array | undefined;
  readonly ofFailure?: boolean;
  /** What is counted, where the activity's type does not say it. */
  readonly happening?: Happening;
}

export interface ActivityPageRequest extends PageRequest {
  readonly activity_type: ActivityType | undefined;
}

const ROOM = roomFor('bytes');

/** The audit trail: what was done to a user's records, when, and by whom. */
export class ActivityService {
  readonly #store: Store;
  readonly #heads: UserHeads;

  constructor(store: Store, heads: UserHeads) {
    this.#store = store;
    this.#heads = heads;
  }

  /** Adds an activity to the chains of a head that the caller saves, and counts what happened. Returns its sequence number. */
  record(head: UserHead, event: ActivityEvent, actor: Uint8Array, now: bigint): number {
    const happening = event.happening ?? COUNTED[event.activityType];
    if (happening !== undefined) {
      const typeCode = agentTypes.codeOf(event.agentType);
      this.#store.analytics.count(head, happening, { actor, typeCode, now });
    }
    return this.#append(head, event, actor, now);
  }

  #append(head: UserHead, event: ActivityEvent, actor: Uint8Array, now: bigint): number {
    const { activities } = this.#store;
    const { userId, agentType, activityType, description, metadata, ofFailure } = event;
    const typeCode = agentTypes.codeOf(agentType);
    const sequence = activities.next;
    const activity = {
      sequence,
      userId,
      agentType,
      activityType,
      description,
      metadata,
      timestamp: now,
      actor,
      ofFailure,
    };
    const record = encodeActivity(activity, activities.linksFor(head, typeCode));
    head.activities += 1;
    head.lastActivity = now;
    return activities.append(head, typeCode, record);
  }

  /** Adds an activity that an agent tells of, and returns its id. */
  log(
    args: {
      readonly user_id: Text;
      readonly agent_type: AgentType;
      readonly activity_type: ActivityType;
      readonly description: Text;
      readonly metadata: Text | undefined;
    },
    call: Caller,
  ): Uint8Array {
    checkUserId('user_id', args.user_id);
    if (isWrittenByService(args.activity_type)) {
      throw invalidArgument('activity_type', 'is written only by the service itself');
    }
    checkText('description', args.description, LIMITS.descriptionBytes);
    checkJson('metadata', args.metadata);
    const head = this.#heads.getOrCreate(args.user_id, call, { room: ROOM });
    const event = {
      userId: args.user_id.utf8,
      agentType: args.agent_type,
      activityType: args.activity_type,
      description: args.description.utf8,
      metadata: args.metadata?.utf8,
    };
    const sequence = this.#appendTold(head, event, args, call);
    this.#store.users.save(head);
    return encodeId('activity', sequence);
  }

  /** What agents tell is not counted as what the service did, and an error that a failed interaction has told is not counted again. */
  #appendTold(
    head: UserHead,
    event: ActivityEvent,
    { description, metadata }: { readonly description: Text; readonly metadata: Text | undefined },
    { principal, now }: Caller,
  ): number {
    if (event.activityType !== 'ErrorOccurred') return this.#append(head, event, principal, now);
    if (this.#isToldBefore(head, metadata)) {
      return this.#append(head, { ...event, ofFailure: true }, principal, now);
    }
    return this.record(head, { ...event, happening: errorHappening(description) }, principal, now);
  }

  /** Whether metadata names a failed interaction of the user, which was counted when it was stored. */
  #isToldBefore(head: UserHead, metadata: Text | undefined): boolean {
    const id = metadata === undefined ? undefined : interactionNamedBy(metadata.value);
    const sequence =
      id === undefined ? undefined : decodeId('interaction', { utf8: encodeUtf8(id), value: id });
    const record = sequence === undefined ? undefined : this.#store.interactions.get(sequence);
    return record !== undefined && record.user === head.user && !record.flag;
  }

  /** A user's newest activities that the seed's types can tell, as records `SeedActivity`. */
  listByUser(userId: Text, limit: number | undefined, rights: Rights, work: Work): Uint8Array[] {
    checkUserId('user_id', userId);
    return listNewest(this.#store, 'activities', {
      userId: userId.utf8,
      rights,
      limit: checkLimit('limit', limit, DEFAULT_ITEMS.activities),
      work,
      body: seedActivityBody,
      matches: isSeedActivity,
    });
  }

  page(request: ActivityPageRequest, rights: Rights, work: Work): Page {
    const { activity_type } = request;
    const code = activity_type === undefined ? undefined : activityTypes.codeOf(activity_type);
    return pageOf(this.#store, 'activities', request, {
      kind: 'activity',
      work,
      rights,
      byDefault: DEFAULT_ITEMS.activities,
      body: activityBody,
      timestamp: activityTimestamp,
      matches: (record) => code === undefined || record.detail === code,
    });
  }
}

const BRACE = encodeUtf8('"}');

/** JSON that names the record which an activity is about: `{"session_id":"ses-…"}`. */
export function metadataNaming(prefix: Uint8Array, id: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(prefix.length + id.length + BRACE.length);
  bytes.set(prefix);
  bytes.set(id, prefix.length);
  bytes.set(BRACE, prefix.length + id.length);
  return bytes;
}
