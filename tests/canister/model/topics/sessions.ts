import type { Arguments } from '../arguments.ts';
import { checkName, checkQuotas, checkText, checkUserId, DAY } from '../checks.ts';
import { tell } from '../log.ts';
import { without } from '../plain.ts';
import {
  type Call,
  idOf,
  type Model,
  makeUser,
  numberOf,
  Refused,
  type Session,
  type User,
  userOf,
} from '../state.ts';
import type { Rights } from './access.ts';

/** How many sessions before the one that ends are looked at for one that becomes the current one. */
const SEARCHED = 16;

export function createSession(m: Model, call: Call, args: Arguments): string {
  checkUserId(args.user_id);
  checkSessionData(args);
  const user = userOf(m, args.user_id) ?? makeUser(m, args.user_id);
  checkQuotas(m, user, call, ['active_sessions', 'total_sessions', 'bytes']);
  const agent_type = args.agent_type ?? '';
  const number = ++m.sessions;
  const expires_at = m.now + DAY;
  const { user_id, token, project_id, selected_repo } = args;
  const session: Session = {
    number,
    session_id: idOf('ses', number),
    user_id,
    agent_type,
    token,
    project_id,
    selected_repo,
    created_at: m.now,
    last_activity: m.now,
    is_active: true,
    ended_at: null,
    expires_at,
    expired: false,
    queued: expires_at,
  };
  user.sessions.push(session);
  user.newest.session = number;
  user.current.set(agent_type, number);
  record(m, user, session, ['SessionCreated', 'Session created'], call.principal);
  return session.session_id;
}

/** `isHidden`: the session is as one that is not there. */
export function updateSession(m: Model, call: Call, args: Arguments, isHidden: boolean): null {
  checkName('session_id', args.session_id);
  checkSessionData(args);
  if (isHidden) throw new Refused('NotFound');
  const { user, session } = find(m, args.session_id);
  if (!isOpen(m, session)) throw closed(session);
  checkQuotas(m, user, call, ['bytes']);
  session.token = args.token ?? session.token;
  session.project_id = args.project_id ?? session.project_id;
  session.selected_repo = args.selected_repo ?? session.selected_repo;
  touch(m, session);
  if ((user.current.get(session.agent_type) ?? 0) === 0) user.current.set(session.agent_type, session.number);
  record(m, user, session, ['SessionUpdated', 'Session updated'], call.principal);
  return null;
}

export function endSession(m: Model, call: Call, args: Arguments, isHidden: boolean): null {
  checkName('session_id', args.session_id);
  if (isHidden) throw new Refused('NotFound');
  const { user, session } = find(m, args.session_id);
  if (!session.is_active) throw closed(session);
  close(m, user, session, ['SessionEnded', 'Session ended'], call.principal);
  return null;
}

/** Ends what was queued for now or before, unless something happened in it since. */
export function expireSessions(m: Model): void {
  const due = m.users
    .flatMap((user) => user.sessions.map((session) => ({ user, session })))
    .filter(({ session }) => session.is_active && session.queued <= m.now)
    .sort((left, right) =>
      left.session.queued === right.session.queued
        ? left.session.number - right.session.number
        : left.session.queued < right.session.queued
          ? -1
          : 1,
    );
  for (const { user, session } of due) {
    if (session.expires_at > m.now) {
      session.queued = session.expires_at;
      continue;
    }
    session.expired = true;
    close(m, user, session, ['SessionExpired', 'Session expired'], m.self);
  }
}

/** The session that an interaction belongs to: the one that is named, or the current one of the agent type, if there is one. */
export function openFor(m: Model, user: User | undefined, args: Arguments): Session | undefined {
  const type = args.agent_type ?? '';
  // Absent where the method has no such argument.
  if ((args.session_id ?? null) === null) {
    const current = user?.current.get(type) ?? 0;
    const session = user?.sessions.find(({ number }) => number === current);
    return session !== undefined && isOpen(m, session) ? session : undefined;
  }
  const found = find(m, args.session_id);
  if (found.user !== user || found.session.agent_type !== type) throw new Refused('NotFound');
  if (!isOpen(m, found.session)) throw closed(found.session);
  return found.session;
}

export function touch(m: Model, session: Session): void {
  session.last_activity = m.now;
  session.expires_at = m.now + DAY;
}

export function findSession(
  m: Model,
  sessionId: string | null,
): { user: User; session: Session } | undefined {
  const number = numberOf('ses', sessionId ?? '');
  for (const user of m.users) {
    const session = user.sessions.find((each) => each.number === number);
    if (session !== undefined) return { user, session };
  }
  return undefined;
}

export function sessionView(m: Model, session: Session, rights: Rights) {
  return {
    ...without(session, 'number', 'expired', 'queued'),
    token: rights.secrets.includes(session.agent_type) && isOpen(m, session) ? session.token : null,
  };
}

function find(m: Model, sessionId: string | null): { user: User; session: Session } {
  const found = findSession(m, sessionId);
  if (found === undefined) throw new Refused('NotFound');
  return found;
}

function close(m: Model, user: User, session: Session, what: readonly [string, string], actor: string): void {
  session.is_active = false;
  session.ended_at = m.now;
  session.token = null;
  if (user.current.get(session.agent_type) === session.number) {
    const before = user.sessions.filter(
      (each) => each.agent_type === session.agent_type && each.number < session.number,
    );
    const next = before
      .reverse()
      .slice(0, SEARCHED)
      .find((each) => each.is_active);
    user.current.set(session.agent_type, next?.number ?? 0);
  }
  record(m, user, session, what, actor);
}

function record(
  m: Model,
  user: User,
  { session_id, agent_type }: Session,
  [kind, description]: readonly [string, string],
  actor: string,
): void {
  tell(m, user, { kind, agent_type, description, metadata: JSON.stringify({ session_id }), actor });
}

function isOpen(m: Model, session: Session): boolean {
  return session.is_active && session.expires_at > m.now;
}

function closed({ is_active, expired }: Session): Refused {
  return new Refused(!is_active && !expired ? 'Conflict' : 'Expired');
}

function checkSessionData({ token, project_id, selected_repo }: Arguments): void {
  checkText('token', token, 16_384);
  checkName('project_id', project_id);
  checkName('selected_repo', selected_repo);
}
