import { encodeUtf8, type Text } from '../../codec/index.ts';
import { isHidden, type Rights } from '../../models/access/rights.ts';
import type { ActivityType } from '../../models/activity-type.ts';
import { notFound, Refusal } from '../../models/agent-error.ts';
import { type AgentType, agentTypes } from '../../models/agent-type.ts';
import type { LogRecord } from '../../models/log-record.ts';
import { encodeId } from '../../models/record-id.ts';
import { seedAgentTypes } from '../../models/seed-types.ts';
import {
  decodeSession,
  encodeSession,
  isSessionOpen,
  type Session,
  type SessionReader,
  SessionState,
  sessionBody,
  sessionCreatedAt,
  sessionExpiresAt,
  touchSession,
} from '../../models/sessions/session.ts';
import type { UserHead } from '../../models/users/user-head.ts';
import type { Work } from '../../models/work.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { DEFAULT_ITEMS, LIMITS, SESSION_IDLE_NS } from '../../policy/limits/limits.ts';
import { roomFor, roomInReserve } from '../../policy/limits/quotas.ts';
import { checkName, checkUserId } from '../../policy/validation/validation.ts';
import { decodeSequenceKey, sequenceKey } from '../../storage/keys.ts';
import type { LogEntry } from '../../storage/record-log.ts';
import type { Store } from '../../storage/store.ts';
import type { QueuedRecord } from '../../storage/tasks/expiry-queue.ts';
import { type ActivityService, metadataNaming } from '../audit/activity-service.ts';
import { listNewest, type Page, type PageRequest, pageOf } from '../listing.ts';
import type { CheckedSecret, SecretCheck } from '../sealing/secret-check.ts';
import type { ExpirySchedule } from '../tasks/expiry-schedule.ts';
import type { TaskCause } from '../tasks/task.ts';
import type { UserHeads } from '../user-heads.ts';

/** What a session carries for the agent; each may be left out. */
export interface SessionData {
  readonly token: Text | undefined;
  readonly project_id: Text | undefined;
  readonly selected_repo: Text | undefined;
}

export interface SessionPageRequest extends PageRequest {
  readonly is_active: boolean | undefined;
  readonly without_tokens: boolean | undefined;
}

const EVENTS = {
  created: event('SessionCreated', 'Session created'),
  updated: event('SessionUpdated', 'Session updated'),
  ended: event('SessionEnded', 'Session ended'),
  expired: event('SessionExpired', 'Session expired'),
  sealed: event('TokenSealed', 'Session token sealed'),
};

const NAMING_SESSION = encodeUtf8('{"session_id":"');

const ROOM = {
  created: roomFor('active_sessions', 'total_sessions', 'bytes'),
  updated: roomFor('bytes'),
};

/** How far back the session is looked for that becomes the current one when a newer one ends. */
const CURRENT_SEARCH = 16;

interface SessionServiceOptions {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly activities: ActivityService;
  readonly schedule: ExpirySchedule;
  readonly secrets: SecretCheck;
}

/** An agent's work for a user, from its beginning to its end or until nothing happened in it for a day. */
export class SessionService {
  readonly #store: Store;
  readonly #heads: UserHeads;
  readonly #activities: ActivityService;
  readonly #schedule: ExpirySchedule;
  readonly #secrets: SecretCheck;

  constructor({ store, heads, activities, schedule, secrets }: SessionServiceOptions) {
    this.#store = store;
    this.#heads = heads;
    this.#activities = activities;
    this.#schedule = schedule;
    this.#secrets = secrets;
  }

  /** Begins a session, and returns its id. */
  create(
    args: SessionData & { readonly user_id: Text; readonly agent_type: AgentType },
    call: Caller,
  ): Uint8Array {
    checkUserId('user_id', args.user_id);
    const token = this.#checkData(args);
    const userId = args.user_id.utf8;
    const agentType = args.agent_type;
    const typeCode = agentTypes.codeOf(agentType);
    const known = this.#store.users.find(userId);
    this.#secrets.recipients([token], { user: known?.user, typeCode, isPrivate: false }, call.now);
    const head = this.#heads.getOrCreate(args.user_id, call, { known, room: ROOM.created });
    const expiresAt = call.now + SESSION_IDLE_NS;
    const { sessions } = this.#store;
    const sessionId = encodeId('session', sessions.next);
    const session: Session = {
      sessionId,
      userId,
      agentType,
      token: args.token?.utf8,
      projectId: args.project_id?.utf8,
      selectedRepo: args.selected_repo?.utf8,
      createdAt: call.now,
      lastActivity: call.now,
      state: SessionState.active,
      endedAt: undefined,
      expiresAt,
    };
    const record = encodeSession(session, sessions.linksFor(head, typeCode));
    const sequence = sessions.append(head, typeCode, record);
    head.activeSessions += 1;
    head.totalSessions += 1;
    head.setCurrentSession(typeCode, sequence);
    this.#store.sessionExpiry.add(expiresAt, sequenceKey(sequence));
    this.#record(head, session, EVENTS.created, call.principal, call.now);
    this.#store.users.save(head);
    this.#schedule.note(expiresAt, call.now);
    return sessionId;
  }

  /** Changes what an open session carries; what is left out stays as it is. */
  update(args: SessionData & { readonly session_id: Text }, call: Caller, rights: Rights): void {
    checkName('session_id', args.session_id);
    const token = this.#checkData(args);
    const { sequence, record } = this.#find(args.session_id, rights);
    const session = decodeSession(record);
    if (!isSessionOpen(record, call.now)) throw closed(session);
    const { user, typeCode } = record;
    this.#secrets.recipients([token], { user, typeCode, isPrivate: false }, call.now);
    const changed: Session = {
      ...session,
      token: args.token?.utf8 ?? session.token,
      projectId: args.project_id?.utf8 ?? session.projectId,
      selectedRepo: args.selected_repo?.utf8 ?? session.selectedRepo,
      lastActivity: call.now,
      expiresAt: call.now + SESSION_IDLE_NS,
    };
    const head = this.#store.users.byNumber(record.user);
    this.#heads.checkRoom(head, call, ROOM.updated);
    this.#store.sessions.replace(head, { sequence, record }, encodeSession(changed, record.links));
    // It is the current one if no newer one is; the search at the end of that one may not have come this far.
    if (head.currentSession(record.typeCode) === 0) head.setCurrentSession(record.typeCode, sequence);
    this.#record(head, changed, EVENTS.updated, call.principal, call.now);
    this.#store.users.save(head);
  }

  /**
   * Puts a sealed token in the place of the same one. `checkSame` throws a Refusal where what is stored (UTF-8) is another one. Nothing else changes: the
   * session ends when it would have.
   */
  reseal(
    sessionId: Text,
    { sealed, rights }: { readonly sealed: Text; readonly rights: Rights },
    call: Caller,
    checkSame: (token: Uint8Array | undefined) => void,
  ): void {
    checkName('session_id', sessionId);
    const token = this.#secrets.form('session_token', 'new_token.sealed', sealed);
    const { sequence, record } = this.#find(sessionId, rights);
    const session = decodeSession(record);
    if (!isSessionOpen(record, call.now)) throw closed(session);
    const { user, typeCode } = record;
    this.#secrets.recipients([token], { user, typeCode, isPrivate: false }, call.now);
    checkSame(session.token);
    const head = this.#store.users.byNumber(user);
    this.#heads.checkRoom(head, call, roomInReserve);
    const changed: Session = { ...session, token: sealed.utf8 };
    this.#store.sessions.replace(head, { sequence, record }, encodeSession(changed, record.links));
    this.#record(head, changed, EVENTS.sealed, call.principal, call.now);
    this.#store.users.save(head);
  }

  /** Ends a session that has not ended yet. */
  end(args: { readonly session_id: Text }, call: Caller, rights: Rights): void {
    checkName('session_id', args.session_id);
    const { sequence, record } = this.#find(args.session_id, rights);
    if (record.detail !== SessionState.active) throw closed(decodeSession(record));
    this.#close(sequence, record, SessionState.ended, call.principal, call.now);
  }

  /** The session as a Candid record. */
  get(sessionId: Text, reader: SessionReader): Uint8Array | undefined {
    checkName('session_id', sessionId);
    const record = isHidden(reader.rights) ? undefined : this.#store.sessions.find(sessionId);
    const isTold = record !== undefined && seedAgentTypes.has(record.typeCode);
    return isTold ? sessionBody(record, reader, seedAgentTypes) : undefined;
  }

  /** A user's sessions, newest first, as many as fit into a reply and can be read within the work, and at most 5,000. */
  listByUser(userId: Text, reader: SessionReader, work: Work): Uint8Array[] {
    checkUserId('user_id', userId);
    return listNewest(this.#store, 'sessions', {
      userId: userId.utf8,
      rights: reader.rights,
      limit: LIMITS.sessionsInFull,
      work,
      body: (record) => sessionBody(record, reader, seedAgentTypes),
    });
  }

  page(request: SessionPageRequest, { rights, now }: SessionReader, work: Work): Page {
    const { is_active, without_tokens } = request;
    const shown = { rights: without_tokens === true ? { ...rights, secrets: 0 } : rights, now };
    return pageOf(this.#store, 'sessions', request, {
      kind: 'session',
      work,
      rights,
      byDefault: DEFAULT_ITEMS.sessions,
      body: (record) => sessionBody(record, shown),
      timestamp: sessionCreatedAt,
      matches: (record) => is_active === undefined || (record.detail === SessionState.active) === is_active,
    });
  }

  /**
   * The open session that something happens in: the one that is named, or else the user's current one of the agent type if there is one.
   * Undefined is a user of whom nothing is stored yet.
   */
  openFor(
    head: UserHead | undefined,
    args: { readonly agent_type: AgentType; readonly session_id?: Text | undefined },
    now: bigint,
  ): LogEntry | undefined {
    const typeCode = agentTypes.codeOf(args.agent_type);
    if (args.session_id === undefined) {
      const sequence = head?.currentSession(typeCode) ?? 0;
      const record = sequence === 0 ? undefined : this.#store.sessions.get(sequence);
      return record === undefined || !isSessionOpen(record, now) ? undefined : { sequence, record };
    }
    const entry = this.#find(args.session_id);
    // What belongs to others is not there for the caller.
    if (entry.record.user !== head?.user || entry.record.typeCode !== typeCode) throw notFound();
    if (!isSessionOpen(entry.record, now)) throw closed(decodeSession(entry.record));
    return entry;
  }

  /** Notes that something happens in a session, which keeps it open; returns its id. */
  touch(entry: LogEntry, now: bigint): Uint8Array {
    touchSession(entry.record, now, now + SESSION_IDLE_NS);
    this.#store.sessions.put(entry);
    return encodeId('session', entry.sequence);
  }

  /**
   * Ends sessions in which nothing happened for a day, at most `limit`, until the work is spent. A session's queue entry isn't moved when something happens:
   * it is put back at its new time when it comes up. Returns how many ended, and whether there are more.
   */
  expire(limit: number, work: Work, { actor, now }: TaskCause): { ended: number; more: boolean } {
    let ended = 0;
    const more = this.#store.sessionExpiry.take({ now, work, most: limit }, (entry) => {
      if (this.#expireOne(entry, actor, now)) ended++;
    });
    return { ended, more };
  }

  #expireOne({ time, record: key }: QueuedRecord, actor: Uint8Array, now: bigint): boolean {
    this.#store.sessionExpiry.remove(time, key);
    const sequence = decodeSequenceKey(key);
    const record = this.#store.sessions.get(sequence);
    if (record === undefined || record.detail !== SessionState.active) return false;
    const expiresAt = sessionExpiresAt(record);
    if (expiresAt > now) {
      this.#store.sessionExpiry.add(expiresAt, key);
      return false;
    }
    this.#close(sequence, record, SessionState.expired, actor, now);
    return true;
  }

  #checkData(data: SessionData): CheckedSecret {
    const token = this.#secrets.form('session_token', 'token', data.token);
    checkName('project_id', data.project_id);
    checkName('selected_repo', data.selected_repo);
    return token;
  }

  #find(sessionId: Text, rights?: Rights): LogEntry {
    const isHiddenFrom = rights !== undefined && isHidden(rights);
    const entry = isHiddenFrom ? undefined : this.#store.sessions.findEntry(sessionId);
    if (entry === undefined) throw notFound();
    return entry;
  }

  #close(sequence: number, record: LogRecord, state: SessionState, actor: Uint8Array, now: bigint): void {
    const session = { ...decodeSession(record), state, endedAt: now, token: undefined };
    const head = this.#store.users.byNumber(record.user);
    this.#store.sessions.replace(head, { sequence, record }, encodeSession(session, record.links));
    head.activeSessions -= 1;
    if (head.currentSession(record.typeCode) === sequence) {
      head.setCurrentSession(record.typeCode, this.#openBefore(head, record));
    }
    this.#record(head, session, state === SessionState.expired ? EVENTS.expired : EVENTS.ended, actor, now);
    this.#store.users.save(head);
  }

  /** The newest of the last few sessions before this one that is still active; mostly the user has none. */
  #openBefore(head: UserHead, record: LogRecord): number {
    let found = 0;
    let visits = 0;
    if (head.activeSessions === 0 || record.previousOfType === 0) return found;
    this.#store.sessions.walk(
      head,
      { typeCode: record.typeCode, from: record.previousOfType },
      (before, sequence) => {
        if (before.detail === SessionState.active) found = sequence;
        return found === 0 && ++visits < CURRENT_SEARCH;
      },
    );
    return found;
  }

  #record(
    head: UserHead,
    { userId, agentType, sessionId }: Pick<Session, 'userId' | 'agentType' | 'sessionId'>,
    { activityType, description }: ReturnType<typeof event>,
    actor: Uint8Array,
    now: bigint,
  ): void {
    const metadata = metadataNaming(NAMING_SESSION, sessionId);
    this.#activities.record(head, { activityType, description, userId, agentType, metadata }, actor, now);
  }
}

function event(activityType: ActivityType, description: string) {
  return { activityType, description: encodeUtf8(description) };
}

/** Why a session can't be changed any more. */
function closed(session: Session): Refusal {
  return session.state === SessionState.ended
    ? new Refusal({ kind: 'Conflict', message: 'the session has ended' })
    : new Refusal({ kind: 'Expired', message: 'the session has expired' });
}
