import type { Arguments } from '../arguments.ts';
import { accountsWithToken, checkUserId, DAY, HOUR } from '../checks.ts';
import {
  type Counted,
  type Counts,
  type Deed,
  invalid,
  type Model,
  TYPES,
  type User,
  userOf,
} from '../state.ts';
import type { Rights } from './access.ts';

/** What is counted, as docs/explanation/analytics.md says. */
const COUNTERS = [
  'interactions',
  'successes',
  'errors',
  'sessions',
  'credential_leases',
  'token_refreshes',
  'refresh_failures',
  'rate_limited',
  'latency_count',
  'latency_sum_ms',
  'latency_max_ms',
];
/** Different errors that are kept, and that are shown at most. */
const ERRORS = { user: 20, service: 100, shown: 10 };
const ERROR_BYTES = 120;
/** Days of an interval that are shown unless told, and at most. */
const DAYS: { readonly [interval: string]: { readonly byDefault: bigint; readonly most: bigint } } = {
  hour: { byDefault: 7n, most: 7n },
  day: { byDefault: 30n, most: 366n },
};
/** Of the service, hours are known for so long. */
const HOURS_KEPT = 32n * DAY;

interface Happening {
  readonly actor: string;
  readonly agent_type: string | null;
  readonly counts: Counts;
  readonly error?: string | undefined;
  /** ns; now unless told. */
  readonly at?: bigint;
}

/** Counts what happened, of the service and of a user, if it is about one. */
export function count(m: Model, user: User | undefined, happening: Happening): void {
  const { actor, agent_type, counts, error, at = m.now } = happening;
  const deed: Deed = { hour: at - (at % HOUR), agent: agentOf(m, actor), agent_type, counts };
  m.counted.deeds.push(deed);
  user?.counted.deeds.push(deed);
  if (user === undefined || error === undefined) return;
  countError(m, user, { counted: user.counted, deed, error, most: ERRORS.user });
  countError(m, user, { counted: m.counted, deed, error, most: ERRORS.service });
}

export function countInteraction(
  m: Model,
  user: User,
  interaction: { readonly success: boolean; readonly metadata: string | null; readonly response: string },
  by: { readonly actor: string; readonly agent_type: string },
): void {
  const { success, metadata, response } = interaction;
  const value: unknown = JSON.parse(metadata ?? 'null');
  const { latency_ms, error } = (
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  ) as { readonly latency_ms?: unknown; readonly error?: unknown };
  const isTimed = typeof latency_ms === 'number' && latency_ms >= 0 && latency_ms <= 2 ** 32 - 1;
  const latency = isTimed ? BigInt(Math.round(latency_ms)) : 0n;
  const counts = {
    interactions: 1n,
    [success ? 'successes' : 'errors']: 1n,
    ...(isTimed && { latency_count: 1n, latency_sum_ms: latency, latency_max_ms: latency }),
  };
  const what = success ? undefined : firstLine(typeof error === 'string' ? error : response);
  count(m, user, { ...by, counts, error: what });
}

/** Of an activity ErrorOccurred. */
export function countLoggedError(
  m: Model,
  user: User,
  logged: { readonly actor: string; readonly agent_type: string; readonly description: string },
): void {
  count(m, user, { ...logged, counts: { errors: 1n }, error: firstLine(logged.description) });
}

/** What waited in the heap: the updates that were refused for their rate. */
export function writeRefusals(m: Model): void {
  for (const { caller, userId, agent_type, at } of m.refusals.splice(0)) {
    const user = userId === null ? undefined : userOf(m, userId);
    count(m, user, { actor: caller, agent_type, counts: { rate_limited: 1n }, at });
  }
}

/** Removes the errors that nobody but the user had. */
export function forgetErrors(m: Model, user: User): void {
  m.counted.errors = m.counted.errors.filter((error) => error.user !== user);
}

export function userAnalytics(m: Model, args: Arguments, rights: Rights) {
  checkUserId(args.user_id);
  const range = rangeOf(m, args);
  const user = userOf(m, args.user_id);
  const counted = user?.counted ?? { deeds: [], errors: [] };
  const shown = view(counted, { args, range, read: rights.read });
  const filters: readonly (string | null)[] = [args.agent_type, args.agent];
  const isAll =
    filters.every((filter) => filter === null) && TYPES.every((type) => rights.read.includes(type));
  if (!isAll || range.until <= m.now) return shown;
  const removed = (shown.totals['interactions'] ?? 0n) - BigInt(user?.interactions.length ?? 0);
  return { ...shown, interactions_removed: removed > 0n ? removed : 0n };
}

export function serviceAnalytics(m: Model, args: Arguments) {
  const range = rangeOf(m, args);
  if (args.interval === 'hour' && range.from < m.now - (m.now % HOUR) - HOURS_KEPT) throw invalid('from');
  return { analytics: view(m.counted, { args, range, read: TYPES }), stored: stored(m) };
}

function stored(m: Model) {
  // Of an erased user there is what was not removed yet.
  const all = [...m.users, ...m.erasures.map(({ user }) => user)];
  const sum = (of: (user: User) => number) => BigInt(all.reduce((total, user) => total + of(user), 0));
  return {
    users: BigInt(m.users.length),
    sessions: sum(({ sessions }) => sessions.length),
    active_sessions: sum(({ sessions }) => sessions.filter(({ is_active }) => is_active).length),
    credentials: sum((user) => accountsWithToken(user).length),
    // Nothing is sealed in the model's calls.
    credentials_in_clear: sum((user) => accountsWithToken(user).length),
    interactions: sum(({ interactions }) => interactions.length),
    activities: sum(({ activities }) => activities.length),
    bytes: m.erasures.length > 0 ? null : m.users.reduce((total, { bytes }) => total + bytes, 0n),
  };
}

interface Range {
  readonly from: bigint;
  readonly until: bigint;
  readonly length: bigint;
}

function rangeOf(m: Model, { from, until, interval }: Arguments): Range {
  const { byDefault, most } = DAYS[interval ?? 'day'] ?? { byDefault: 0n, most: 0n };
  const length = interval === 'hour' ? HOUR : DAY;
  const end = until ?? m.now;
  const begin = from ?? (end > byDefault * DAY ? end - byDefault * DAY : 0n);
  if (begin >= end || end - begin > most * DAY) throw invalid('from');
  const last = end - 1n;
  return { from: begin - (begin % length), until: last - (last % length) + length, length };
}

function view(
  counted: Counted,
  {
    args,
    range,
    read,
  }: { readonly args: Arguments; readonly range: Range; readonly read: readonly string[] },
) {
  const isWanted = (each: { readonly agent: string | null; readonly agent_type: string | null }) =>
    isIn(args.agent_type, each.agent_type) &&
    isIn(args.agent, each.agent) &&
    (each.agent_type === null ? TYPES.every((type) => read.includes(type)) : read.includes(each.agent_type));
  const deeds = counted.deeds.filter(
    (deed) => deed.hour >= range.from && deed.hour < range.until && isWanted(deed),
  );
  const starts = [...new Set(deeds.map(({ hour }) => hour - (hour % range.length)))];
  const agents = [...new Set(deeds.map((deed) => deed.agent ?? ''))].filter((each) => each !== '');
  return {
    totals: sumOf(deeds),
    interactions_removed: null as bigint | null,
    series: starts
      .sort((left, right) => Number(left - right))
      .map((start) => ({
        start,
        counts: sumOf(deeds.filter(({ hour }) => hour - (hour % range.length) === start)),
      })),
    by_agent_type: TYPES.map((type) => deeds.filter((deed) => deed.agent_type === type)).flatMap((part) =>
      part[0] === undefined ? [] : [{ agent_type: part[0].agent_type, counts: sumOf(part) }],
    ),
    by_agent: agents
      .sort()
      .map((each) => ({ agent: each, counts: sumOf(deeds.filter((deed) => deed.agent === each)) })),
    top_errors: topErrors(counted.errors.filter(isWanted), range),
  };
}

/** Those of all agents, the most frequent first, and the latest of equals. */
function topErrors(errors: Counted['errors'], range: Range) {
  const names = [...new Set(errors.map(nameOf))];
  return names
    .map((name) => errors.filter((error) => nameOf(error) === name))
    .map((same) => ({
      error: same[0]?.text,
      agent_type: same[0]?.agent_type,
      count: same.reduce((total, each) => total + each.count, 0n),
      last_at: same.reduce((latest, { last_at }) => (last_at > latest ? last_at : latest), 0n),
    }))
    .filter(({ last_at }) => last_at >= range.from && last_at < range.until)
    .sort((left, right) => Number(right.count - left.count) || Number(right.last_at - left.last_at))
    .slice(0, ERRORS.shown);
}

/** Whether a filter lets a value pass: null lets every one. */
function isIn(filter: string | null, value: string | null): boolean {
  return filter === null || value === filter;
}

function nameOf({ agent_type, text }: Counted['errors'][number]): string {
  return `${agent_type} ${text}`;
}

function sumOf(deeds: readonly Deed[]): Counts {
  const sum = Object.fromEntries(COUNTERS.map((name) => [name, 0n]));
  for (const { counts } of deeds)
    for (const [name, by] of Object.entries(counts)) {
      const before = sum[name] ?? 0n;
      sum[name] = name !== 'latency_max_ms' ? before + by : by > before ? by : before;
    }
  return sum;
}

function countError(
  m: Model,
  user: User,
  {
    counted,
    deed,
    error,
    most,
  }: { readonly counted: Counted; readonly deed: Deed; readonly error: string; readonly most: number },
): void {
  const { errors } = counted;
  const fresh = { agent_type: deed.agent_type ?? '', agent: deed.agent, text: error, user, last_at: m.now };
  const known = errors.findIndex(
    ({ agent_type, agent, text }) =>
      agent_type === fresh.agent_type && agent === fresh.agent && text === fresh.text,
  );
  const rarest = errors.reduce((rare, other, at) => (isRarer(other, errors[rare] ?? other) ? at : rare), 0);
  const at = known >= 0 ? known : errors.length < most ? errors.length : rarest;
  const before = errors[at];
  const isShared = known >= 0 && before?.user !== user;
  errors[at] = { ...fresh, user: isShared ? undefined : user, count: (before?.count ?? 0n) + 1n };
}

function isRarer(
  left: { readonly count: bigint; readonly last_at: bigint },
  right: { readonly count: bigint; readonly last_at: bigint },
): boolean {
  return left.count < right.count || (left.count === right.count && left.last_at < right.last_at);
}

/** Who did it, if they are an agent, or were one when something of them was counted. */
function agentOf(m: Model, actor: string): string | null {
  if (!m.countedAgents.has(actor) && !m.agents.some(({ agent }) => agent === actor)) return null;
  m.countedAgents.add(actor);
  return actor;
}

/** The first line as far as it is kept, in whole characters; undefined where it is empty. */
function firstLine(text: string): string | undefined {
  const [line = ''] = text.split('\n');
  let kept = '';
  for (const character of line) {
    if (Buffer.byteLength(kept + character) > ERROR_BYTES) break;
    kept += character;
  }
  return kept === '' ? undefined : kept;
}
