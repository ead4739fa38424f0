import type { Arguments } from '../arguments.ts';
import {
  changed,
  checkFuture,
  checkName,
  checkOwnBytes,
  checkUserId,
  LIMITS,
  SERVICE_LIMITS,
  someOf,
} from '../checks.ts';
import { tell, tellOfService } from '../log.ts';
import {
  type Agent,
  type Call,
  invalid,
  type Model,
  makeUser,
  PERMISSIONS,
  Refused,
  SEVERAL,
  type Terms,
  TYPES,
  type User,
  userOf,
} from '../state.ts';
import { admitNewUser } from './rates.ts';
import { planOf, toldOf } from './retention.ts';

const ANONYMOUS = '2vxsx-fae';

export function addAgent(m: Model, call: Call, args: Arguments): null {
  checkName('name', args.name);
  if (args.agent === ANONYMOUS) throw invalid('agent');
  checkFuture(m, 'expires_at', args.expires_at);
  const terms = termsOf(args, { agent_types: TYPES, permissions: PERMISSIONS, expires_at: null });
  if (m.agents.some(({ agent }) => agent === args.agent)) throw new Refused('Conflict');
  registerAgent(m, {
    agent: args.agent,
    name: args.name ?? '',
    ...terms,
    scope: args.scope ?? 'every_user',
    added_at: m.now,
    added_by: call.principal,
    limits: {},
  });
  return null;
}

export function registerAgent(m: Model, agent: Agent): void {
  m.agents.push(agent);
  tellOfAgent(m, 'AgentAdded', 'Agent added', agent, agent.added_by);
}

export function updateAgent(m: Model, call: Call, args: Arguments): null {
  checkName('name', args.name);
  if (args.expires_at !== 0n) checkFuture(m, 'expires_at', args.expires_at);
  const before = agentNamed(m, args.agent);
  const after: Agent = {
    ...before,
    ...termsOf(args, before),
    name: args.name ?? before.name,
    scope: args.scope ?? before.scope,
  };
  m.agents = m.agents.map((agent) => (agent === before ? after : agent));
  tellOfAgent(m, 'AgentUpdated', 'Agent updated', after, call.principal);
  return null;
}

export function removeAgent(m: Model, call: Call, args: Arguments): null {
  const agent = agentNamed(m, args.agent);
  m.agents = m.agents.filter((each) => each !== agent);
  tellOfAgent(m, 'AgentRemoved', 'Agent removed', agent, call.principal);
  return null;
}

export function agentNamed(m: Model, principal: string): Agent {
  const agent = m.agents.find((each) => each.agent === principal);
  if (agent === undefined) throw new Refused('NotFound');
  return agent;
}

export function addAdmin(m: Model, call: Call, args: Arguments): null {
  if (args.admin === ANONYMOUS) throw invalid('admin');
  if (m.admins.some(({ admin }) => admin === args.admin)) throw new Refused('Conflict');
  registerAdmin(m, args.admin, call.principal);
  return null;
}

export function registerAdmin(m: Model, admin: string, added_by: string): void {
  m.admins.push({ admin, added_at: m.now, added_by });
  tellOfService(m, { kind: 'AdminAdded', description: 'Admin added', metadata: { admin }, actor: added_by });
}

export function removeAdmin(m: Model, call: Call, { admin }: Arguments): null {
  if (!m.admins.some((each) => each.admin === admin)) throw new Refused('NotFound');
  if (m.admins.length === 1 && admin === call.principal) throw new Refused('Conflict');
  m.admins = m.admins.filter((each) => each.admin !== admin);
  tellOfService(m, {
    kind: 'AdminRemoved',
    description: 'Admin removed',
    metadata: { admin },
    actor: call.principal,
  });
  return null;
}

export function grantAgent(m: Model, call: Call, args: Arguments): null {
  checkUserId(args.user_id);
  checkFuture(m, 'expires_at', args.expires_at);
  const terms: Terms = {
    agent_types: someOf('agent_types', TYPES, args.agent_types),
    permissions: someOf('permissions', PERMISSIONS, args.permissions),
    expires_at: args.expires_at,
  };
  agentNamed(m, args.agent);
  const known = userOf(m, args.user_id);
  if (known === undefined) admitNewUser(m, call);
  else checkOwnBytes(m, call, known);
  const user = known ?? makeUser(m, args.user_id);
  const grant = { agent: args.agent, ...terms, granted_at: m.now };
  const at = user.grants.findIndex(({ agent }) => agent === args.agent);
  if (at < 0) user.grants.push(grant);
  else user.grants[at] = grant;
  tellOfGrant(m, user, ['AgentGranted', 'Agent granted'], grant, call.principal);
  return null;
}

export function withdrawAgent(m: Model, call: Call, args: Arguments): null {
  checkUserId(args.user_id);
  const user = userOf(m, args.user_id);
  const grant = user?.grants.find(({ agent }) => agent === args.agent);
  if (user === undefined || grant === undefined) throw new Refused('NotFound');
  user.grants = user.grants.filter((each) => each !== grant);
  tellOfGrant(m, user, ['AgentWithdrawn', 'Agent withdrawn'], grant, call.principal);
  return null;
}

export function blockAgent(m: Model, call: Call, { user_id, agent }: Arguments): null {
  checkUserId(user_id);
  agentNamed(m, agent);
  const known = userOf(m, user_id);
  if (known === undefined) admitNewUser(m, call);
  else if (known.blocked.some((each) => each.agent === agent)) return null;
  const user = known ?? makeUser(m, user_id);
  user.blocked.push({ agent: agent, blocked_at: m.now });
  tellOfBlock(m, user, ['AgentBlocked', 'Agent blocked'], agent, call.principal);
  return null;
}

export function unblockAgent(m: Model, call: Call, { user_id, agent }: Arguments): null {
  checkUserId(user_id);
  const user = userOf(m, user_id);
  if (user?.blocked.some((each) => each.agent === agent) !== true) throw new Refused('NotFound');
  checkOwnBytes(m, call, user);
  user.blocked = user.blocked.filter((each) => each.agent !== agent);
  tellOfBlock(m, user, ['AgentUnblocked', 'Agent unblocked'], agent, call.principal);
  return null;
}

export function updateSettings(m: Model, call: Call, args: Arguments): null {
  const limits = changed(LIMITS, m.limits, args.limits);
  const before = m.pendingRetention;
  if (args.retention !== null) {
    const plan = planOf(m, args.retention);
    m.retention = plan.inForce;
    m.pendingRetention = plan.pending;
    m.retentionAt = m.now;
  }
  m.limits = limits;
  m.queryTokens = args.query_tokens ?? m.queryTokens;
  const told = toldOf(m, before);
  const metadata = { ...limits, ...m.retention, query_tokens: m.queryTokens, ...told.metadata };
  tellOfService(m, {
    kind: 'SettingsChanged',
    description: told.description,
    metadata,
    actor: call.principal,
  });
  return null;
}

export function updateServiceLimits(m: Model, call: Call, { changes }: Arguments): null {
  if (changes.length < 1 || changes.length > Object.keys(SERVICE_LIMITS).length) throw invalid('changes');
  const after = new Map(Object.entries(m.serviceLimits));
  for (const { name, value } of changes) {
    const range = SERVICE_LIMITS[name];
    if (range === undefined) throw invalid('name');
    if (value !== null && (value < range[1] || value > range[2])) throw invalid(name);
    if (value === null) after.delete(name);
    else after.set(name, value);
  }
  if (new Set(changes.map(({ name }) => name)).size < changes.length) throw invalid('changes');
  m.serviceLimits = Object.fromEntries(after);
  m.serviceLimitsAt = m.now;
  tellOfService(m, {
    kind: 'SettingsChanged',
    description: 'Service limits changed',
    metadata: m.serviceLimits,
    actor: call.principal,
  });
  return null;
}

export function serviceLimitList(m: Model) {
  return Object.entries(SERVICE_LIMITS).map(([name, [by_default, least, most]]) => {
    const value = m.serviceLimits[name];
    return { name, value: value ?? by_default, by_default, least, most, is_set: value !== undefined };
  });
}

export function setAgentLimits(m: Model, call: Call, args: Arguments): null {
  const limits = changed(LIMITS, {}, args.limits);
  const before = agentNamed(m, args.agent);
  m.agents = m.agents.map((agent) => (agent === before ? { ...agent, limits } : agent));
  const metadata = { agent: args.agent, ...limits };
  tellOfService(m, {
    kind: 'SettingsChanged',
    description: 'Limits of an agent changed',
    metadata,
    actor: call.principal,
  });
  return null;
}

function termsOf(args: Arguments, before: Terms): Terms {
  return {
    agent_types: someOf('agent_types', TYPES, args.agent_types, before.agent_types),
    permissions: someOf('permissions', PERMISSIONS, args.permissions, before.permissions),
    expires_at: args.expires_at === 0n ? null : (args.expires_at ?? before.expires_at),
  };
}

function tellOfAgent(m: Model, kind: string, description: string, agent: Agent, actor: string): void {
  const { agent: principal, name, agent_types, permissions, scope, expires_at } = agent;
  const metadata = {
    agent: principal,
    name,
    agent_types,
    permissions,
    scope,
    ...(expires_at === null ? {} : { expires_at: `${expires_at}` }),
  };
  tellOfService(m, { kind, description, metadata, actor });
}

function tellOfBlock(
  m: Model,
  user: User,
  [kind, description]: readonly [string, string],
  agent: string,
  actor: string,
): void {
  tell(m, user, { kind, agent_type: SEVERAL, description, metadata: JSON.stringify({ agent }), actor });
}

function tellOfGrant(
  m: Model,
  user: User,
  [kind, description]: readonly [string, string],
  { agent, agent_types, permissions }: { agent: string } & Terms,
  actor: string,
): void {
  const [only = SEVERAL, ...others] = agent_types;
  const metadata = JSON.stringify({ agent, agent_types, permissions });
  tell(m, user, { kind, agent_type: others.length > 0 ? SEVERAL : only, description, metadata, actor });
}
