import {
  type Agent,
  type Call,
  type Model,
  PERMISSIONS,
  Refused,
  type Terms,
  TYPES,
  type User,
  userOf,
} from '../state.ts';

/** Agent types for each permission. */
export interface Rights {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly secrets: readonly string[];
  readonly firstParty: boolean;
  readonly owns: boolean;
}

export type Need = 'read' | 'readEveryType' | 'write' | 'end' | 'lease' | 'refresh' | 'own' | 'ownOrAdmin';

/** Whom a call is about. */
export interface Subject {
  readonly userId: string;
  readonly agentType: string | null;
}

const ANONYMOUS = '2vxsx-fae';
const NOTHING: Rights = { read: [], write: [], secrets: [], firstParty: false, owns: false };

export function isAdmin(m: Model, principal: string): boolean {
  return m.controllers.includes(principal) || m.admins.some(({ admin }) => admin === principal);
}

export function refuseAnonymous({ principal }: Call): void {
  if (principal === ANONYMOUS) throw unauthorized();
}

export function requireAdmin(m: Model, call: Call): void {
  refuseAnonymous(call);
  if (!isAdmin(m, call.principal)) throw unauthorized();
}

/** Agents that may write for everybody, and admins. */
export function requireEveryUser(m: Model, call: Call): void {
  refuseAnonymous(call);
  const agent = agentOf(m, call.principal);
  if (isAdmin(m, call.principal) || (agent !== undefined && isForAll(agent) && holds(agent, ['write'])))
    return;
  throw unauthorized();
}

/** What the caller may see of every user. */
export function rightsToReadEveryUser(m: Model, call: Call): Rights {
  refuseAnonymous(call);
  const agent = agentOf(m, call.principal);
  const rights = agent !== undefined && isForAll(agent) ? rightsBy(agent, agent, true) : NOTHING;
  if (isAdmin(m, call.principal)) return { ...rights, read: TYPES };
  if (rights.read.length === 0) throw unauthorized();
  return rights;
}

export function requireEveryRight(m: Model, call: Call): void {
  refuseAnonymous(call);
  const agent = agentOf(m, call.principal);
  if (agent === undefined || !isForAll(agent) || !holds(agent, PERMISSIONS)) throw unauthorized();
}

/** What the caller may do with what the subject is about, or a refusal. */
export function rightsOn(m: Model, call: Call, need: Need, subject: Subject): Rights {
  refuseAnonymous(call);
  const admins = need === 'read' || need === 'readEveryType' || need === 'ownOrAdmin';
  const { userId, agentType } = subject;
  const byAgent = agentRights(m, call.principal, userId);
  const owned = owns(m, call.principal, userId);
  const all: Rights = owned
    ? { ...byAgent, read: TYPES, secrets: TYPES, firstParty: true, owns: true }
    : byAgent;
  const types = agentType === null ? TYPES : [agentType];
  const every = (list: readonly string[]) => types.every((type) => list.includes(type));
  switch (need) {
    case 'read':
      // An agent's own rights are enough where the owner's would add nothing.
      if (every(byAgent.secrets) && types.some((type) => byAgent.read.includes(type))) return byAgent;
      if (types.some((type) => all.read.includes(type))) return all;
      break;
    case 'readEveryType':
      if (TYPES.every((type) => all.read.includes(type))) return all;
      break;
    case 'write':
      if (every(byAgent.write)) return byAgent;
      break;
    case 'end':
      if (every(byAgent.secrets) && every(byAgent.write)) return byAgent;
      if (owned || every(byAgent.write)) return all;
      break;
    case 'lease':
      if (every(all.secrets)) return all;
      break;
    case 'refresh':
      if (every(byAgent.secrets) && every(byAgent.write)) return byAgent;
      break;
    case 'own':
    case 'ownOrAdmin':
      if (owned) return all;
  }
  if (admins && isAdmin(m, call.principal)) return { ...all, read: TYPES };
  throw unauthorized();
}

/**
 * As `rightsOn`, for the record with an id; undefined is an id that no record has. Nothing comes back where the record is as one that is not there: a
 * caller who may not read it cannot tell the two apart.
 */
export function rightsOnRecord(
  m: Model,
  call: Call,
  need: 'read' | 'write' | 'end',
  subject: Subject | undefined,
): Rights | undefined {
  refuseAnonymous(call);
  const agent = agentOf(m, call.principal);
  if (subject !== undefined && may(m, call, need, subject)) return rightsOn(m, call, need, subject);
  if (subject !== undefined && may(m, call, 'read', subject)) throw unauthorized();
  if (agent?.permissions.includes(need === 'read' ? 'read' : 'write')) return undefined;
  if (need === 'read' && isAdmin(m, call.principal)) return undefined;
  throw unauthorized();
}

/** Whether the caller may read an entry of the audit log. */
export function mayRead(m: Model, call: Call, user: User, agentType: string): boolean {
  return may(m, call, 'read', { userId: user.user_id, agentType });
}

function may(m: Model, call: Call, need: Need, subject: Subject): boolean {
  try {
    rightsOn(m, call, need, subject);
    return true;
  } catch {
    return false;
  }
}

export function owns(m: Model, principal: string, userId: string): boolean {
  return userId === principal || userOf(m, userId)?.owner?.principal === principal;
}

/** Whether the user has blocked the agent. */
export function isBlocked(m: Model, principal: string, userId: string): boolean {
  return userOf(m, userId)?.blocked.some(({ agent }) => agent === principal) ?? false;
}

function agentRights(m: Model, principal: string, userId: string): Rights {
  const agent = agentOf(m, principal);
  if (agent === undefined) return NOTHING;
  if (isBlocked(m, principal, userId)) return NOTHING;
  if (isForAll(agent)) return rightsBy(agent, agent, true);
  const grant = userOf(m, userId)?.grants.find((each) => each.agent === principal);
  if (grant === undefined || isOver(m, grant) || grant.granted_at < agent.added_at) return NOTHING;
  return rightsBy(agent, grant, false);
}

function rightsBy(agent: Terms, grant: Terms, firstParty: boolean): Rights {
  const types = (permission: string) =>
    [agent, grant].every(({ permissions }) => permissions.includes(permission))
      ? TYPES.filter((type) => agent.agent_types.includes(type) && grant.agent_types.includes(type))
      : [];
  return {
    read: types('read'),
    write: types('write'),
    secrets: types('credentials'),
    firstParty,
    owns: false,
  };
}

/** Whether the principal is an agent that has not expired. */
export function isAgent(m: Model, principal: string): boolean {
  return agentOf(m, principal) !== undefined;
}

function agentOf(m: Model, principal: string): Agent | undefined {
  const agent = m.agents.find((each) => each.agent === principal);
  return agent === undefined || isOver(m, agent) ? undefined : agent;
}

function isOver(m: Model, { expires_at }: Terms): boolean {
  return expires_at !== null && expires_at <= m.now;
}

function isForAll({ scope }: Agent): boolean {
  return scope === 'every_user';
}

function holds(agent: Agent, permissions: readonly string[]): boolean {
  return (
    TYPES.every((type) => agent.agent_types.includes(type)) &&
    permissions.every((permission) => agent.permissions.includes(permission))
  );
}

function unauthorized(): Refused {
  return new Refused('Unauthorized');
}
