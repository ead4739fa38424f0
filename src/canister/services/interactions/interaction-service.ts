import { encodeUtf8, sameBytes, type Text } from '../../codec/index.ts';
import { isHidden, type Rights } from '../../models/access/rights.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import { interactionHappening } from '../../models/analytics/happening.ts';
import {
  encodeInteraction,
  interactionSessionId,
  interactionTimestamp,
} from '../../models/interactions/interaction.ts';
import type { LogRecord } from '../../models/log-record.ts';
import { encodeId } from '../../models/record-id.ts';
import { seedAgentTypes } from '../../models/seed-types.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, LIMITS } from '../../policy/limits/limits.ts';
import { roomFor } from '../../policy/limits/quotas.ts';
import {
  checkJson,
  checkLimit,
  checkName,
  checkText,
  checkUserId,
} from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { type ActivityService, metadataNaming } from '../audit/activity-service.ts';
import { listNewest, type Page, type PageRequest, pageOf } from '../listing.ts';
import type { SessionService } from '../sessions/session-service.ts';
import type { UserHeads } from '../user-heads.ts';

export interface InteractionPageRequest extends PageRequest {
  readonly session_id: Text | undefined;
  readonly success: boolean | undefined;
}

const COMPLETED = encodeUtf8('Interaction completed');
const FAILED = encodeUtf8('Interaction failed');
const NAMING_INTERACTION = encodeUtf8('{"interaction_id":"');

const ROOM = roomFor('interactions', 'bytes');

interface InteractionServiceOptions {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly activities: ActivityService;
  readonly sessions: SessionService;
}

/** What users asked of agents, and what agents answered. */
export class InteractionService {
  readonly #store: Store;
  readonly #heads: UserHeads;
  readonly #activities: ActivityService;
  readonly #sessions: SessionService;

  constructor({ store, heads, activities, sessions }: InteractionServiceOptions) {
    this.#store = store;
    this.#heads = heads;
    this.#activities = activities;
    this.#sessions = sessions;
  }

  /** Stores an interaction, in the session that is named or the user's current one of the agent type, and returns its id. */
  store(
    args: {
      readonly user_id: Text;
      readonly agent_type: AgentType;
      readonly message: Text;
      readonly response: Text;
      readonly success: boolean;
      readonly metadata: Text | undefined;
      readonly session_id?: Text | undefined;
    },
    call: Caller,
  ): Uint8Array {
    checkUserId('user_id', args.user_id);
    checkText('message', args.message, LIMITS.messageBytes);
    checkText('response', args.response, LIMITS.messageBytes);
    checkJson('metadata', args.metadata);
    checkName('session_id', args.session_id);
    const userId = args.user_id.utf8;
    const agentType = args.agent_type;
    const known = this.#store.users.find(userId);
    const session = this.#sessions.openFor(known, args, call.now);
    const head = this.#heads.getOrCreate(args.user_id, call, { known, room: ROOM });
    const typeCode = agentTypes.codeOf(agentType);
    const sessionId = session === undefined ? undefined : this.#sessions.touch(session, call.now);
    const { interactions } = this.#store;
    const id = encodeId('interaction', interactions.next);
    const interaction = {
      id,
      userId,
      agentType,
      message: args.message.utf8,
      response: args.response.utf8,
      timestamp: call.now,
      success: args.success,
      metadata: args.metadata?.utf8,
      sessionId,
    };
    const record = encodeInteraction(interaction, interactions.linksFor(head, typeCode));
    interactions.append(head, typeCode, record);
    head.interactions += 1;
    const event = {
      userId,
      agentType,
      activityType: 'InteractionCompleted' as const,
      description: args.success ? COMPLETED : FAILED,
      metadata: metadataNaming(NAMING_INTERACTION, id),
      ofFailure: !args.success,
      happening: interactionHappening(args),
    };
    this.#activities.record(head, event, call.principal, call.now);
    this.#store.users.save(head);
    return id;
  }

  /** The interaction as a Candid record. */
  get(interactionId: Text, rights: Rights): Uint8Array | undefined {
    checkName('interaction_id', interactionId);
    const record = isHidden(rights) ? undefined : this.#store.interactions.find(interactionId);
    return record !== undefined && seedAgentTypes.has(record.typeCode) ? seedBody(record) : undefined;
  }

  /** A user's newest interactions, of one agent type or of all, as Candid records. */
  list(
    args: {
      readonly user_id: Text;
      readonly agent_type?: AgentType;
      readonly limit: number | undefined;
    },
    rights: Rights,
    work: Work,
  ): Uint8Array[] {
    checkUserId('user_id', args.user_id);
    const limit = checkLimit('limit', args.limit, DEFAULT_ITEMS.interactions);
    return listNewest(this.#store, 'interactions', {
      userId: args.user_id.utf8,
      agentType: args.agent_type,
      rights,
      limit,
      work,
      body: seedBody,
    });
  }

  page(request: InteractionPageRequest, rights: Rights, work: Work): Page {
    const { session_id, success } = request;
    checkName('session_id', session_id);
    const isInSession = (sessionId: Uint8Array | undefined) =>
      session_id === undefined || (sessionId !== undefined && sameBytes(sessionId, session_id.utf8));
    return pageOf(this.#store, 'interactions', request, {
      kind: 'interaction',
      work,
      rights,
      byDefault: DEFAULT_ITEMS.interactions,
      body,
      timestamp: interactionTimestamp,
      matches: (record) =>
        (success === undefined || record.flag === success) && isInSession(interactionSessionId(record)),
    });
  }
}

function seedBody(record: LogRecord): Uint8Array {
  return record.body(seedAgentTypes);
}

function body(record: LogRecord): Uint8Array {
  return record.body();
}
