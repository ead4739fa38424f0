import { Principal } from '@dfinity/principal';
import type { MethodName } from '../support/wasm-canister.ts';
import type { Arguments } from './arguments.ts';
import {
  accountsWithToken,
  checkLimit,
  checkName,
  checkText,
  checkUserId,
  DAY,
  inForce,
  LIMITS,
  limitsOf,
  QUOTAS,
  used,
} from './checks.ts';
import { newest, newestActivities, page } from './lists.ts';
import { type Plain, without } from './plain.ts';
import { type AnsweredRequest, type Call, invalid, type Model, numberOf, Refused, userOf } from './state.ts';
import {
  isBlocked,
  type Need,
  type Rights,
  refuseAnonymous,
  requireAdmin,
  requireEveryRight,
  requireEveryUser,
  rightsOn,
  rightsOnRecord,
  rightsToReadEveryUser,
  type Subject,
} from './topics/access.ts';
import { serviceAnalytics, userAnalytics, writeRefusals } from './topics/analytics.ts';
import { auditEntries, exportPage } from './topics/audit.ts';
import { consentMessage } from './topics/consents.ts';
import * as credentials from './topics/credentials.ts';
import { events } from './topics/events.ts';
import { findInteraction, interactionView, logActivity, storeInteraction } from './topics/interactions.ts';
import * as links from './topics/links.ts';
import { counted, httpAnswer } from './topics/metrics.ts';
import * as notifications from './topics/notifications.ts';
import { admitCaller, admitFor, chargeFailure, isUnknown } from './topics/rates.ts';
import * as registries from './topics/registries.ts';
import { eraseUser } from './topics/removal.ts';
import { previewRetention, retentionOf, userRetention } from './topics/retention.ts';
import { createSession, endSession, findSession, sessionView, updateSession } from './topics/sessions.ts';
import { listUsers } from './topics/users.ts';

type Run = (m: Model, call: Call, args: Arguments, rights: Rights) => unknown;
type Admit = (m: Model, call: Call, args: Arguments) => Rights;

interface Method {
  readonly admit: Admit;
  readonly run: Run;
}

const NOBODYS: Rights = { read: [], write: [], secrets: [], firstParty: false, owns: false };
const anybody: Admit = () => NOBODYS;

function only(require: (m: Model, call: Call) => void): Admit {
  return (m, call) => {
    require(m, call);
    return NOBODYS;
  };
}

function on(need: Need, subjectOf: (m: Model, args: Arguments) => Subject): Admit {
  return (m, call, args) => {
    const subject = subjectOf(m, args);
    const rights = rightsOn(m, call, need, subject);
    if (call.isUpdate) admitFor(m, call, rights, subject);
    return rights;
  };
}

/** Nobody's rights are those on a record that is not there, or is as if it were not. */
function onRecord(
  need: 'read' | 'write' | 'end',
  subjectOf: (m: Model, args: Arguments) => Subject | undefined,
): Admit {
  return (m, call, args) => {
    const subject = subjectOf(m, args);
    const rights = rightsOnRecord(m, call, need, subject);
    if (subject !== undefined && rights !== undefined && call.isUpdate) admitFor(m, call, rights, subject);
    return rights ?? NOBODYS;
  };
}

const ofUser = (need: Need) =>
  on(need, (_m, args) => ({ userId: args.user_id, agentType: args.agent_type ?? null }));
const ofSession = (need: 'read' | 'write' | 'end') =>
  onRecord(need, (m, args) => {
    const found = findSession(m, args.session_id);
    return found && { userId: found.user.user_id, agentType: found.session.agent_type };
  });
const ofInteraction = (need: 'read') =>
  onRecord(need, (m, args) => {
    const found = findInteraction(m, args.interaction_id);
    return found && { userId: found.user.user_id, agentType: found.interaction.agent_type };
  });
const ofFilteredUser: Admit = (m, call, args) => {
  const userId = args.filter?.user_id ?? null;
  if (userId === null) return rightsToReadEveryUser(m, call);
  return on('read', () => ({ userId, agentType: args.filter?.agent_type ?? null }))(m, call, args);
};
const admins = only(requireAdmin);

/** What the canister answers without an argument that matters. */
const STANDARDS = ['ICRC-10', 'ICRC-21'].map((name) => ({
  name,
  url: `https://github.com/dfinity/ICRC/blob/main/ICRCs/${name}/${name}.md`,
}));

/**
 * The methods of sealed secrets, whose epochs the model does not have (tests/canister/wasm/sealing has their tests), and the list whose order within an hour
 * follows from all moves before (tests/canister/services/credentials/due-list.test.ts).
 */
export const UNMODELLED = [
  'get_sealing_keys',
  'derive_opening_key',
  'reseal_credentials',
  'reseal_session',
  'list_unsealed_secrets',
  'update_sealing',
  'set_account_privacy',
  'list_due_connections',
] as const;

type Unmodelled = 'create_link_code' | (typeof UNMODELLED)[number];

/** Every method of the interface but these, and the one that takes randomness, which a model cannot know before. */
export const METHODS: Readonly<Record<Exclude<MethodName, Unmodelled>, Method>> = {
  create_agent_session: { admit: ofUser('write'), run: createSession },
  create_session: { admit: ofUser('write'), run: createSession },
  update_agent_session: {
    admit: ofSession('write'),
    run: (m, call, args, rights) => updateSession(m, call, args, rights === NOBODYS),
  },
  end_agent_session: {
    admit: ofSession('end'),
    run: (m, call, args, rights) => endSession(m, call, args, rights === NOBODYS),
  },
  get_agent_session: {
    admit: ofSession('read'),
    run: (m, _call, args, rights) => {
      checkName('session_id', args.session_id);
      const found = findSession(m, args.session_id);
      return found === undefined || rights === NOBODYS ? null : sessionView(m, found.session, rights);
    },
  },
  get_user_agent_sessions: {
    admit: ofUser('read'),
    run: (m, _call, { user_id }, rights) =>
      newest(m, 'sessions', { userId: user_id, type: null, rights, limit: 5000 }),
  },
  store_agent_credentials: { admit: ofUser('write'), run: credentials.storeCredentials },
  store_credentials: { admit: ofUser('write'), run: credentials.storeCredentials },
  update_agent_credentials: { admit: ofUser('write'), run: credentials.updateCredentials },
  get_agent_credentials: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) =>
      credentials.visibleCredentials(m, args, [args.agent_type ?? ''], rights)[0] ?? null,
  },
  get_user_agent_credentials: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) => credentials.visibleCredentials(m, args, rights.read, rights),
  },
  list_credentials: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) => credentials.listCredentials(m, args, rights),
  },
  list_accounts: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) => credentials.listAccounts(m, args, rights),
  },
  revoke_credentials: { admit: ofUser('end'), run: credentials.revokeCredentials },
  lease_agent_credentials: { admit: ofUser('lease'), run: credentials.leaseCredentials },
  begin_token_refresh: { admit: ofUser('refresh'), run: credentials.beginRefresh },
  complete_token_refresh: { admit: ofUser('refresh'), run: credentials.completeRefresh },
  store_agent_interaction: { admit: ofUser('write'), run: storeInteraction },
  store_interaction: { admit: ofUser('write'), run: storeInteraction },
  get_agent_interaction: {
    admit: ofInteraction('read'),
    run: (m, _call, { interaction_id }, rights) => {
      checkName('interaction_id', interaction_id);
      const found = findInteraction(m, interaction_id);
      return found === undefined || rights === NOBODYS ? null : interactionView(found.interaction);
    },
  },
  get_user_agent_interactions: { admit: ofUser('read'), run: listInteractions },
  get_agent_type_interactions: { admit: ofUser('read'), run: listInteractions },
  log_agent_activity: {
    admit: ofUser('write'),
    run: (m, call, args) => {
      logActivity(m, call, args);
    },
  },
  log_activity: { admit: ofUser('write'), run: logActivity },
  get_user_agent_activities: {
    admit: ofUser('read'),
    run: (m, _call, { user_id, limit }, rights) => {
      checkUserId(user_id);
      return newestActivities(m, { userId: user_id, rights, limit: checkLimit(limit, 100) });
    },
  },
  list_sessions: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) =>
      page(m, 'sessions', args, {
        rights: args.without_tokens === true ? { ...rights, secrets: [] } : rights,
        byDefault: 50,
      }),
  },
  list_interactions: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) => page(m, 'interactions', args, { rights, byDefault: 50 }),
  },
  list_activities: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) => page(m, 'activities', args, { rights, byDefault: 100 }),
  },
  get_agent_status: {
    admit: ofUser('readEveryType'),
    run: (m, _call, { user_id }) => {
      checkUserId(user_id);
      const user = userOf(m, user_id);
      const types = new Set(
        user === undefined ? [] : accountsWithToken(user).map((account) => account?.agent_type),
      );
      return {
        user_id,
        active_sessions: Number(used(user, 'active_sessions')),
        total_sessions: Number(used(user, 'total_sessions')),
        connected_agents: types.size,
        recent_interactions: Math.min(user?.interactions.length ?? 0, 10),
        recent_activities: Math.min(user?.activities.length ?? 0, 20),
        last_activity: user?.last_activity ?? 0n,
      };
    },
  },
  // What is due was done by the timer before anybody can call.
  cleanup_expired_sessions: { admit: only(requireEveryUser), run: () => 0 },
  cleanup_expired_credentials: { admit: only(requireEveryUser), run: () => 0 },
  add_agent: { admit: admins, run: registries.addAgent },
  update_agent: { admit: admins, run: registries.updateAgent },
  remove_agent: { admit: admins, run: registries.removeAgent },
  list_agents: {
    admit: admins,
    run: (m) => inOrder(m.agents, 'agent').map((agent) => without(agent, 'limits')),
  },
  get_agent_names: {
    admit: only((_m, call) => refuseAnonymous(call)),
    run: (m, _call, { agents }) => {
      if (agents.length > 100) throw invalid('agents');
      return agents.flatMap((asked) =>
        m.agents.filter(({ agent }) => agent === asked).map(({ agent, name }) => ({ agent, name })),
      );
    },
  },
  add_admin: { admit: admins, run: registries.addAdmin },
  remove_admin: { admit: admins, run: registries.removeAdmin },
  list_admins: { admit: admins, run: (m) => inOrder(m.admins, 'admin') },
  grant_agent: { admit: ofUser('own'), run: registries.grantAgent },
  withdraw_agent: { admit: ofUser('own'), run: registries.withdrawAgent },
  block_agent: { admit: ofUser('own'), run: registries.blockAgent },
  unblock_agent: { admit: ofUser('own'), run: registries.unblockAgent },
  list_blocked_agents: {
    admit: ofUser('ownOrAdmin'),
    run: (m, _call, { user_id }) => {
      checkUserId(user_id);
      return userOf(m, user_id)?.blocked ?? [];
    },
  },
  list_grants: {
    admit: ofUser('ownOrAdmin'),
    run: (m, _call, { user_id }) => {
      checkUserId(user_id);
      return userOf(m, user_id)?.grants ?? [];
    },
  },
  get_audit_entries: { admit: anybody, run: auditEntries },
  get_audit_tip: { admit: anybody, run: (m) => ({ first_index: 1n, last_index: BigInt(m.log.length) }) },
  export_user: { admit: ofUser('ownOrAdmin'), run: (m, _call, args, rights) => exportPage(m, args, rights) },
  erase_user: { admit: ofUser('ownOrAdmin'), run: eraseUser },
  redeem_link_code: { admit: only((_m, call) => refuseAnonymous(call)), run: links.redeemCode },
  unlink_user: { admit: ofUser('ownOrAdmin'), run: links.unlinkUser },
  list_my_users: {
    admit: only((_m, call) => refuseAnonymous(call)),
    run: (m, call) => links.usersOf(m, call),
  },
  get_settings: {
    admit: admins,
    run: (m) => ({
      limits: inForce(LIMITS, m.limits),
      ...retentionOf(m),
      query_tokens: m.queryTokens,
      sealing: 'accept',
    }),
  },
  preview_retention: { admit: admins, run: (m, _call, args) => previewRetention(m, args) },
  update_settings: { admit: admins, run: registries.updateSettings },
  list_service_limits: { admit: admins, run: registries.serviceLimitList },
  update_service_limits: { admit: admins, run: registries.updateServiceLimits },
  set_agent_limits: { admit: admins, run: registries.setAgentLimits },
  get_agent_limits: {
    admit: admins,
    run: (m, _call, { agent }) => {
      const { limits } = registries.agentNamed(m, agent);
      return Object.fromEntries(Object.keys(LIMITS).map((name) => [name, limits[name] ?? null]));
    },
  },
  get_usage: {
    admit: ofUser('readEveryType'),
    run: (m, call, { user_id }) => {
      checkUserId(user_id);
      const limits = limitsOf(m, call.principal);
      const user = userOf(m, user_id);
      const rows = QUOTAS.map((name) => [name, { used: used(user, name), limit: limits[name] }]);
      return Object.fromEntries(rows) as unknown;
    },
  },
  get_user_retention: {
    admit: ofUser('readEveryType'),
    run: (m, _call, { user_id }) => userRetention(m, user_id),
  },
  get_user_analytics: {
    admit: ofUser('read'),
    run: (m, _call, args, rights) => userAnalytics(m, args, rights),
  },
  get_service_analytics: { admit: admins, run: (m, _call, args) => serviceAnalytics(m, args) },
  get_events: { admit: ofFilteredUser, run: (m, call, args, rights) => events(m, call, args, rights) },
  get_notification_settings: {
    admit: ofUser('own'),
    run: (m, _call, args) => notifications.notificationSettings(m, args),
  },
  update_notification_settings: {
    admit: ofUser('own'),
    run: notifications.updateNotificationSettings,
  },
  list_notifications: {
    admit: ofUser('own'),
    run: (m, _call, args) => notifications.listNotifications(m, args),
  },
  mark_notifications_read: {
    admit: ofUser('own'),
    run: (m, _call, args) => notifications.markRead(m, args),
  },
  list_tasks: { admit: admins, run: () => [] },
  list_users: { admit: admins, run: (m, _call, args) => listUsers(m, args) },
  http_request: { admit: anybody, run: (m, _call, args) => httpAnswer(m, args) },
  icrc10_supported_standards: { admit: anybody, run: () => STANDARDS },
  icrc21_canister_call_consent_message: {
    admit: anybody,
    run: (_m, _call, args) =>
      consentMessage(args, [...Object.keys(METHODS), ...UNMODELLED, 'create_link_code']),
  },
};

/** What a method answers: `undefined` is nothing at all. Throws `Refused`. */
export function answer(m: Model, call: Call, name: MethodName, args: Arguments): unknown {
  const method = (METHODS as Readonly<Partial<Record<MethodName, Method>>>)[name];
  if (method === undefined) throw new Error(`what ${name} answers, the canister alone knows`);
  // Turned away before they run, but for the one update that standard tools send as nobody in particular.
  if (call.isUpdate && name !== 'icrc21_canister_call_consent_message') refuseAnonymous(call);
  return counted(m, call, name, () => {
    if (call.isUpdate) admitCaller(m, call, name);
    try {
      const rights = method.admit(m, call, args);
      const run = () => method.run(m, call, args, rights);
      return (args.request_id ?? null) === null ? run() : once(m, call, { name, args }, run);
    } catch (error) {
      if (error instanceof Refused && call.isUpdate && isUnknown(m, call)) chargeFailure(m, call, name);
      throw error;
    }
  });
}

/** What create_link_code does before it waits for randomness, and after. */
export function admitLinkCode(m: Model, call: Call, { user_id }: Arguments): void {
  admitCaller(m, call, 'create_link_code');
  requireEveryRight(m, call);
  if (isBlocked(m, call.principal, user_id)) throw new Refused('Unauthorized');
  links.checkLinkable(m, user_id);
}

/** An upgrade forgets what is on the heap, but for the refusals: they are written. */
export function upgraded(m: Model): void {
  writeRefusals(m);
  m.calls = new Map();
  m.buckets = new Map();
  m.tries = new Map();
}

function listInteractions(m: Model, _call: Call, { user_id, agent_type, limit }: Arguments, rights: Rights) {
  checkUserId(user_id);
  return newest(m, 'interactions', {
    userId: user_id,
    type: agent_type ?? null,
    rights,
    limit: checkLimit(limit, 50),
  });
}

function once(
  m: Model,
  call: Call,
  { name, args }: { name: MethodName; args: Arguments },
  run: () => unknown,
): unknown {
  const id = args.request_id ?? '';
  checkText('request_id', id, 64);
  const sent = [name, { ...args, project_ids: args.project_ids ?? [] }];
  const key = JSON.stringify(sent, (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  const before = m.requests.find(
    (each) => each.caller === call.principal && each.id === id && each.until > m.now,
  );
  if (before !== undefined && !isGone(m, before)) {
    const isChanged = before.version !== undefined && before.version !== versionOf(m, args);
    if (before.call === key && !isChanged) return before.reply;
    throw new Refused('Conflict');
  }
  const reply = run();
  m.requests = m.requests.filter((each) => each !== before);
  m.requests.push({
    caller: call.principal,
    id,
    call: key,
    reply: reply as Plain,
    until: m.now + DAY,
    user: userOf(m, args.user_id)?.number ?? 0,
    version: name === 'store_credentials' ? versionOf(m, args) : undefined,
  });
  return reply;
}

/** Whether what a request made was erased with its user, or was too old to be kept. */
function isGone(m: Model, { user: number, reply }: AnsweredRequest): boolean {
  const user = m.users.find((each) => each.number === number);
  if (user === undefined) return true;
  if (typeof reply !== 'string') return false;
  const records = [
    [numberOf('ses', reply), user.sessions],
    [numberOf('int', reply), user.interactions],
    [numberOf('act', reply), user.activities],
  ] as const;
  return !records.some(([made, list]) => made !== undefined && list.some((each) => each.number === made));
}

/** Which change of credentials they are the result of; another one for each token that was taken away. */
function versionOf(m: Model, { user_id, agent_type, account }: Arguments): string {
  const user = userOf(m, user_id);
  const accounts = user === undefined ? [] : credentials.accountsOf(user, agent_type ?? '');
  const stored = accounts.find((each) => each.account === (account ?? null));
  return stored === undefined || stored.token === '' ? 'gone' : `${stored.closed} ${stored.updated_at}`;
}

/** By the bytes of their principals, which of those in the tests the texts do not follow. */
function inOrder<R>(records: readonly R[], field: keyof R): R[] {
  return records.toSorted((left, right) => Buffer.compare(bytesOf(left[field]), bytesOf(right[field])));
}

function bytesOf(text: unknown): Uint8Array {
  return Principal.fromText(String(text)).toUint8Array();
}
