import type { Arguments } from '../arguments.ts';
import {
  checkFuture,
  checkJson,
  checkLimit,
  checkName,
  checkQuotas,
  checkText,
  checkUserId,
  grantTime,
  HOUR,
  holdsSecrets,
  MINUTE,
} from '../checks.ts';
import { tell } from '../log.ts';
import { without } from '../plain.ts';
import {
  type Account,
  type Call,
  invalid,
  type Model,
  makeUser,
  Refused,
  TYPES,
  type User,
  userOf,
} from '../state.ts';
import type { Rights } from './access.ts';

const ACCOUNTS = 7;

export function storeCredentials(m: Model, call: Call, args: Arguments): null {
  checkUserId(args.user_id);
  const account = checkAccount(args);
  checkData(m, args);
  const known = userOf(m, args.user_id);
  const type = args.agent_type ?? '';
  if (known !== undefined) {
    const there = slotsOf(known, type)[slotFor(known, type, account)];
    checkQuotas(m, known, call, holdsSecrets(there) ? ['bytes'] : ['credentials', 'bytes']);
  }
  const user = known ?? makeUser(m, args.user_id);
  const slot = slotFor(user, type, account);
  const before = slotsOf(user, type)[slot];
  const { token, token_data, workspace_id, project_ids, selected_repo, expires_at } = args;
  const after: Account = {
    agent_type: type,
    account,
    token: token ?? '',
    token_data,
    workspace_id,
    project_ids: project_ids ?? [],
    selected_repo,
    created_at: holdsSecrets(before) && before !== undefined ? before.created_at : m.now,
    updated_at: m.now,
    expires_at,
    ...fresh(m, before),
  };
  slotsOf(user, type)[slot] = after;
  record(m, user, after, ['TokenStored', 'Credentials stored'], call.principal);
  return null;
}

export function updateCredentials(m: Model, call: Call, args: Arguments): null {
  checkUserId(args.user_id);
  checkData(m, args);
  const { user, account } = withToken(m, args, null);
  const expires_at = args.expires_at ?? account.expires_at;
  if (expires_at !== null && expires_at <= m.now) throw new Refused('Expired');
  if (account.token === '' && args.token === null) throw new Refused('Expired');
  checkQuotas(m, user, call, ['bytes']);
  account.token = args.token ?? account.token;
  account.token_data = args.token_data ?? account.token_data;
  account.workspace_id = args.workspace_id ?? account.workspace_id;
  account.project_ids = args.project_ids ?? account.project_ids;
  account.selected_repo = args.selected_repo ?? account.selected_repo;
  account.updated_at = m.now;
  account.expires_at = expires_at;
  if (args.token !== null || args.token_data !== null) Object.assign(account, fresh(m, account));
  record(m, user, account, ['TokenRefreshed', 'Credentials updated'], call.principal);
  return null;
}

export function revokeCredentials(m: Model, call: Call, args: Arguments, rights: Rights): null {
  checkUserId(args.user_id);
  const { user, account } = withToken(m, args, checkAccount(args));
  Object.assign(account, fresh(m, account), {
    token: '',
    token_data: null,
    state: 'revoked',
    state_reason: rights.owns ? 'revoked by the user' : 'revoked by an agent',
  });
  record(m, user, account, ['TokenRevoked', 'Credentials revoked'], call.principal);
  return null;
}

/** Takes the tokens away whose time is over, or their grants, too. */
export function expireCredentials(m: Model): void {
  const all = m.users
    .flatMap((user) => TYPES.flatMap((type) => slotsOf(user, type).map((account) => ({ user, account }))))
    .flatMap(({ user, account }, order) =>
      account !== undefined && holdsSecrets(account) && account.expires_at !== null
        ? [{ user, account, order, at: account.expires_at }]
        : [],
    )
    .sort(
      (left, right) =>
        Number(left.at - right.at) || left.user.number - right.user.number || left.order - right.order,
    );
  const tokens = all.filter(({ account, at }) => account.token !== '' && at <= m.now);
  const grants = all.filter(({ account, at }) => account.token === '' && at + grantTime(m) <= m.now);
  for (const { user, account } of [...tokens, ...grants]) {
    Object.assign(account, { ...stateOf(m, account), token: '' });
    if (account.state !== 'expired') continue;
    account.token_data = null;
    record(m, user, account, ['TokenExpired', 'Credentials expired'], m.self);
  }
}

export function leaseCredentials(m: Model, call: Call, args: Arguments) {
  checkUserId(args.user_id);
  checkAccount(args);
  checkText('purpose', args.purpose, 512);
  const { duration_ns } = args;
  if (duration_ns !== null && (duration_ns < 1n || duration_ns > HOUR)) throw invalid('duration_ns');
  const { user, account } = find(m, args);
  if (!isUsable(m, account)) throw new Refused('Expired');
  const wanted = m.now + (duration_ns ?? 10n * MINUTE);
  const until = account.expires_at !== null && account.expires_at < wanted ? account.expires_at : wanted;
  const details = { purpose: args.purpose, until: `${until}` };
  record(m, user, account, ['TokenLeased', 'Token leased'], call.principal, details);
  const { state } = stateOf(m, account);
  const { state_reason } = account;
  return { credentials: credentialsView(user, account), lease_until: until, state, state_reason };
}

export function beginRefresh(m: Model, call: Call, args: Arguments) {
  checkUserId(args.user_id);
  checkAccount(args);
  const { user, account } = find(m, args);
  if (['revoked', 'expired'].includes(stateOf(m, account).state)) throw new Refused('Expired');
  if (isUnderWay(m, account)) throw new Refused('Conflict');
  account.deadline = m.now + 2n * MINUTE;
  account.fencing += 1n;
  const { deadline, fencing } = account;
  record(m, user, account, ['TokenLeased', 'Token leased for a refresh'], call.principal, {
    fencing: `${fencing}`,
    until: `${deadline}`,
  });
  const view = credentialsView(user, account);
  const isOver = account.expires_at !== null && account.expires_at <= m.now;
  return { credentials: isOver ? { ...view, token: '' } : view, fencing, deadline };
}

export function completeRefresh(m: Model, call: Call, args: Arguments): null {
  checkUserId(args.user_id);
  checkAccount(args);
  const { outcome, fencing } = args;
  if ('refreshed' in outcome) {
    checkText('token', outcome.refreshed.token, 16_384);
    checkJson('token_data', outcome.refreshed.token_data);
    checkFuture(m, 'expires_at', outcome.refreshed.expires_at);
  } else checkText('reason', reasonOf(outcome), 512);
  const { user, account } = find(m, args);
  if (fencing <= account.closed || fencing > account.fencing) throw new Refused('Conflict');
  if (!('refreshed' in outcome)) return failRefresh(m, call, args, { user, account }, outcome);
  const { token, token_data, expires_at } = outcome.refreshed;
  const failures = account.refresh_failures ?? 0;
  Object.assign(account, fresh(m, account), {
    token,
    token_data: token_data ?? account.token_data,
    updated_at: m.now,
    expires_at,
  });
  record(m, user, account, ['TokenRefreshed', 'Token refreshed'], call.principal);
  if (failures > 0)
    record(m, user, account, ['TokenRefreshRecovered', 'Token refresh recovered'], call.principal, {
      failures,
    });
  return null;
}

type Failure = Exclude<Arguments['outcome'], { refreshed: unknown }>;

function reasonOf(outcome: Failure): string {
  return 'failed' in outcome ? outcome.failed.reason : outcome.rejected.reason;
}

function failRefresh(
  m: Model,
  call: Call,
  { fencing }: Arguments,
  { user, account }: { user: User; account: Account },
  outcome: Failure,
): null {
  if (fencing === account.failed) throw new Refused('Conflict');
  if (fencing < account.fencing && isUnderWay(m, account)) throw new Refused('Conflict');
  const reason = reasonOf(outcome);
  const codes = ['invalid_grant', 'bad_refresh_token', 'bad_verification_code'];
  const permanent =
    'rejected' in outcome || codes.some((code) => new RegExp(`^${code}($|[^\\w-])`).test(reason));
  const wasRefused = account.state === 'needs_reauthorization';
  if (holdsSecrets(account)) {
    const transient = account.state === 'needs_refresh' ? account.state : 'refresh_failed';
    const state = permanent || wasRefused ? 'needs_reauthorization' : transient;
    if (state !== account.state) account.state_since = m.now;
    account.state = state;
  }
  if (fencing === account.fencing) account.deadline = null;
  account.failed = fencing;
  account.refresh_failures = (account.refresh_failures ?? 0) + 1;
  account.last_failure_at = m.now;
  if (permanent || !wasRefused) account.state_reason = reason;
  const told = permanent ? 'Token refresh rejected' : 'Token refresh failed';
  const details = permanent ? { reason, permanent } : { reason };
  record(m, user, account, ['TokenRefreshFailed', told], call.principal, details);
  return null;
}

function isUnderWay(m: Model, { deadline }: Account): boolean {
  return deadline !== null && deadline > m.now;
}

/** The default account's, of one agent type or of those that the caller may see. */
export function visibleCredentials(m: Model, args: Arguments, types: readonly string[], rights: Rights) {
  checkUserId(args.user_id);
  const user = userOf(m, args.user_id);
  if (user === undefined) return [];
  const shown = { first_party: rights.firstParty, nobody: false, everybody: true }[m.queryTokens];
  return types.flatMap((type) => {
    const account = slotsOf(user, type)[0];
    if (account === undefined || !isUsable(m, account)) return [];
    const view = credentialsView(user, account);
    return [
      shown === true && rights.secrets.includes(type) ? view : { ...view, token: '', token_data: null },
    ];
  });
}

export function listCredentials(m: Model, args: Arguments, rights: Rights) {
  checkUserId(args.user_id);
  const user = userOf(m, args.user_id);
  if (user === undefined) return [];
  const types = TYPES.filter(
    (type) => rights.read.includes(type) && (args.agent_type === null || type === args.agent_type),
  );
  return types.flatMap((type) => accountsOf(user, type).map((account) => infoOf(m, account)));
}

/** As `listCredentials`, page by page. A cursor is the agent type's number, a point, and the slot. */
export function listAccounts(m: Model, args: Arguments, rights: Rights) {
  const { user_id, agent_type, limit, cursor } = args;
  const count = checkLimit(limit, 50);
  const [, first, slot] = /^(\d{1,3})\.(\d{1,3})$/.exec(cursor ?? '0.0') ?? [];
  if (first === undefined || slot === undefined) throw invalid('cursor');
  checkUserId(user_id);
  const user = userOf(m, user_id);
  const types = TYPES.filter(
    (type) => rights.read.includes(type) && (agent_type === null || type === agent_type),
  );
  const found = types.flatMap((type) =>
    (user === undefined ? [] : slotsOf(user, type)).flatMap((account, at) =>
      account === undefined ? [] : [{ account, code: TYPES.indexOf(type), at }],
    ),
  );
  const rest = found.filter(
    ({ code, at }) => code > Number(first) || (code === Number(first) && at >= Number(slot)),
  );
  const next = rest[count];
  return {
    items: rest.slice(0, count).map(({ account }) => infoOf(m, account)),
    next_cursor: next === undefined ? null : `${next.code}.${next.at}`,
  };
}

export function accountsOf(user: User, type: string): Account[] {
  return slotsOf(user, type).filter((account) => account !== undefined);
}

/** What everybody may see of an account who may read. */
export function withoutSecrets(account: Account) {
  return without(account, 'token', 'token_data', 'fencing', 'closed', 'failed', 'deadline');
}

function infoOf(m: Model, account: Account) {
  const info = withoutSecrets(account);
  const { deadline } = account;
  return {
    ...info,
    ...stateOf(m, account),
    refresh_deadline: deadline !== null && deadline > m.now ? deadline : null,
    // Nothing is sealed in the model's calls.
    is_private: false,
    token_form: account.token === '' ? null : 'clear',
    token_data_form: account.token_data === null ? null : 'clear',
  };
}

function stateOf(
  m: Model,
  { state, state_since, expires_at, token_data }: Account,
): { state: string; state_since: bigint } {
  if (state === 'revoked' || state === 'expired' || expires_at === null) return { state, state_since };
  if (expires_at <= m.now) {
    if (token_data === null) return { state: 'expired', state_since: expires_at };
    const end = expires_at + grantTime(m);
    if (end <= m.now) return { state: 'expired', state_since: end };
    if (state === 'needs_reauthorization') return { state, state_since };
    return { state: 'needs_refresh', state_since: expires_at };
  }
  const expiring = expires_at - 10n * MINUTE;
  if (state !== 'active' || expiring > m.now) return { state, state_since };
  return { state: 'expiring', state_since: expiring > state_since ? expiring : state_since };
}

function credentialsView(user: User, account: Account) {
  const {
    agent_type,
    token,
    token_data,
    workspace_id,
    project_ids,
    selected_repo,
    created_at,
    updated_at,
    expires_at,
  } = account;
  return {
    user_id: user.user_id,
    agent_type,
    token,
    token_data,
    workspace_id,
    project_ids,
    selected_repo,
    created_at,
    updated_at,
    expires_at,
  };
}

function isUsable(m: Model, account: Account): boolean {
  if (!holdsSecrets(account) || account.token === '') return false;
  return account.expires_at === null ? account.state !== 'needs_reauthorization' : account.expires_at > m.now;
}

function slotsOf(user: User, type: string): (Account | undefined)[] {
  const slots = user.accounts.get(type) ?? [];
  user.accounts.set(type, slots);
  return slots;
}

/** Where an account is, or where a new one goes. */
function slotFor(user: User, type: string, label: string | null): number {
  if (label === null) return 0;
  const slots = slotsOf(user, type);
  const there = slots.findIndex((account, slot) => slot > 0 && account?.account === label);
  if (there > 0) return there;
  const next = Math.max(1, slots.length);
  if (next < ACCOUNTS) return next;
  const reusable = slots.findIndex((account, slot) => slot > 0 && !holdsSecrets(account));
  if (reusable < 0) throw new Refused('QuotaExceeded', { resource: 'accounts', limit: BigInt(ACCOUNTS) });
  return reusable;
}

function find(m: Model, args: Arguments): { user: User; account: Account } {
  const user = userOf(m, args.user_id);
  const label = args.account ?? null;
  const account = user && accountsOf(user, args.agent_type ?? '').find((each) => each.account === label);
  if (user === undefined || account === undefined) throw new Refused('NotFound');
  return { user, account };
}

function withToken(m: Model, args: Arguments, label: string | null): { user: User; account: Account } {
  const found = find(m, { ...args, account: label });
  if (!holdsSecrets(found.account)) throw new Refused('NotFound');
  return found;
}

function fresh(m: Model, before: Account | undefined) {
  const next = (before?.fencing ?? 0n) + 1n;
  const unused = m.now + BigInt(m.log.length + 1);
  const closing = next > unused ? next : unused;
  return {
    state: 'active',
    state_since: m.now,
    state_reason: null,
    fencing: closing,
    closed: closing,
    failed: 0n,
    deadline: null,
    refresh_failures: null,
    last_failure_at: null,
  } as const;
}

function record(
  m: Model,
  user: User,
  { agent_type, account }: Account,
  [kind, description]: readonly [string, string],
  actor: string,
  details?: object,
): void {
  const about = { ...(account === null ? {} : { account }), ...details };
  const metadata = Object.keys(about).length === 0 ? null : JSON.stringify(about);
  tell(m, user, { kind, agent_type, description, metadata, actor });
}

function checkAccount(args: Arguments): string | null {
  const label = args.account ?? null;
  checkText('account', label, 64);
  return label;
}

function checkData(
  m: Model,
  { token, token_data, workspace_id, project_ids, selected_repo, expires_at }: Arguments,
): void {
  checkText('token', token, 16_384);
  checkJson('token_data', token_data);
  checkName('workspace_id', workspace_id);
  if ((project_ids?.length ?? 0) > 256) throw invalid('project_ids');
  for (const pair of project_ids ?? []) for (const text of pair) checkName('project_ids', text);
  checkName('selected_repo', selected_repo);
  checkFuture(m, 'expires_at', expires_at);
}
