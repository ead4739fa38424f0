import { type Account, type Call, invalid, type Model, type Numbers, Refused, type User } from './state.ts';

export const SECOND = 1_000_000_000n;
export const MINUTE = 60n * SECOND;
export const HOUR = 60n * MINUTE;
export const DAY = 24n * HOUR;

/** What each limit is unless it is set, and at least and at most. */
export const LIMITS: { readonly [name: string]: readonly [byDefault: bigint, least: bigint, most: bigint] } =
  {
    caller_burst: [200n, 1n, 1_000_000n],
    caller_per_minute: [1200n, 1n, 60_000_000n],
    user_burst: [100n, 1n, 1_000_000n],
    user_per_minute: [300n, 1n, 60_000_000n],
    active_sessions: [1000n, 1n, 2n ** 32n - 1n],
    total_sessions: [100_000n, 1n, 2n ** 32n - 1n],
    credentials: [100n, 1n, 2n ** 32n - 1n],
    interactions: [1_000_000n, 1n, 2n ** 32n - 1n],
    bytes: [2n ** 30n, 1n, 2n ** 53n - 1n],
  };

export const RETENTION: typeof LIMITS = {
  interactions_days: [0n, 0n, 36_500n],
  interactions_newest: [0n, 0n, 2n ** 32n - 1n],
  activities_days: [0n, 0n, 36_500n],
  activities_newest: [0n, 0n, 2n ** 32n - 1n],
};

/** Of the service as a whole, by name. */
export const SERVICE_LIMITS: typeof LIMITS = {
  token_data_days: [180n, 1n, 3650n],
  unknown_callers_burst: [100n, 1n, 1_000_000n],
  unknown_callers_per_minute: [60n, 1n, 60_000_000n],
  new_users_burst: [100n, 1n, 1_000_000n],
  new_users_per_minute: [10n, 1n, 60_000_000n],
  retention_delay_hours: [24n, 1n, 8760n],
  derivations_burst: [60n, 1n, 1_000_000n],
  derivations_per_hour: [60n, 1n, 1_000_000n],
  unnamed_derivations_burst: [20n, 1n, 1_000_000n],
  unnamed_derivations_per_hour: [20n, 1n, 1_000_000n],
  derivation_reserve_cycles: [1_000_000_000_000n, 0n, 1_000_000_000_000_000n],
};

/** How long a grant outlives its access token (ns). */
export function grantTime(m: Model): bigint {
  return (inForce(SERVICE_LIMITS, m.serviceLimits)['token_data_days'] ?? 0n) * DAY;
}

/** Everything that is set, over the defaults. */
export function inForce(ranges: typeof LIMITS, ...set: readonly Numbers[]): Numbers {
  const defaults = Object.fromEntries(Object.entries(ranges).map(([name, [byDefault]]) => [name, byDefault]));
  return Object.assign({}, defaults, ...set) as Numbers;
}

/** What was set, changed by what is given; refuses what is out of its range. */
export function changed(
  ranges: typeof LIMITS,
  before: Numbers,
  given: { readonly [name: string]: bigint | null } | null,
): Numbers {
  const after: Record<string, bigint> = {};
  for (const [name, [, least, most]] of Object.entries(ranges)) {
    const value = given?.[name] ?? null;
    if (value !== null && (value < least || value > most)) throw invalid(name);
    const set = value ?? before[name];
    if (set !== undefined) after[name] = set;
  }
  return after;
}

export function limitsOf(m: Model, principal: string): Numbers {
  const own = m.agents.find(({ agent }) => agent === principal)?.limits ?? {};
  return inForce(LIMITS, m.limits, own);
}

const USED: { readonly [quota: string]: (user: User) => number } = {
  active_sessions: (user) => user.sessions.filter(({ is_active }) => is_active).length,
  total_sessions: (user) => user.sessions.length,
  credentials: (user) => accountsWithToken(user).length,
  interactions: (user) => user.interactions.length,
  bytes: ({ bytes }) => Number(bytes),
};
export const QUOTAS = Object.keys(USED);

export function used(user: User | undefined, quota: string): bigint {
  return BigInt(user === undefined ? 0 : (USED[quota]?.(user) ?? 0));
}

export function checkQuotas(m: Model, user: User, call: Call, quotas: readonly string[]): void {
  const limits = limitsOf(m, call.principal);
  for (const quota of quotas) {
    const limit = limits[quota] ?? 0n;
    if (used(user, quota) >= limit) throw new Refused('QuotaExceeded', { resource: quota, limit });
  }
}

/** What a user's own records may take while no agent has stored anything for them. */
const OWN_BYTES = 262_144n;

export function checkOwnBytes(m: Model, call: Call, user: User): void {
  const { bytes = 0n } = limitsOf(m, call.principal);
  const isOnlyTheirs = ['total_sessions', 'interactions', 'credentials'].every(
    (quota) => used(user, quota) === 0n,
  );
  const limit = isOnlyTheirs && bytes > OWN_BYTES ? OWN_BYTES : bytes;
  if (used(user, 'bytes') >= limit) throw new Refused('QuotaExceeded', { resource: 'bytes', limit });
}

/** Whether there is a token, or a grant. */
export function holdsSecrets(account: Account | undefined): boolean {
  return account !== undefined && account.state !== 'revoked' && account.state !== 'expired';
}

export function accountsWithToken(user: User) {
  return [...user.accounts.values()].flat().filter((account) => holdsSecrets(account));
}

export function checkUserId(userId: string, field = 'user_id'): void {
  const { length } = Array.from(userId);
  if (length < 1 || length > 128) throw invalid(field);
}

export function checkText(field: string, text: string | null, limit: number): void {
  const length = text === null ? 1 : Buffer.byteLength(text);
  if (length < 1 || length > limit) throw invalid(field);
}

export function checkName(field: string, text: string | null): void {
  checkText(field, text, 512);
}

export function checkJson(field: string, text: string | null): void {
  checkText(field, text, 65_536);
  try {
    JSON.parse(text ?? 'null');
  } catch {
    throw invalid(field);
  }
}

export function checkFuture(m: Model, field: string, time: bigint | null): void {
  if (time !== null && time <= m.now) throw invalid(field);
}

export function checkLimit(limit: number | null, byDefault: number): number {
  if (limit !== null && (limit < 1 || limit > 500)) throw invalid('limit');
  return limit ?? byDefault;
}

/** The options that are named, or all where it is left out. */
export function someOf(
  field: string,
  all: readonly string[],
  named: readonly string[] | null,
  otherwise = all,
): readonly string[] {
  if (named?.length === 0) throw invalid(field);
  return named === null ? otherwise : all.filter((name) => named.includes(name));
}
