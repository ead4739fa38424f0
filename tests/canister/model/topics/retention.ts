import type { Arguments } from '../arguments.ts';
import { changed, checkLimit, checkUserId, HOUR, inForce, RETENTION, SERVICE_LIMITS } from '../checks.ts';
import { invalid, type Model, type Numbers, type User, userOf } from '../state.ts';
import { keptOf } from './removal.ts';

type Given = { readonly [name: string]: bigint | null };

interface Plan {
  readonly inForce: Numbers;
  readonly pending: Model['pendingRetention'];
}

/** What keeps less than what is in force waits, since when nothing of it kept as much; the rest holds at once. */
export function planOf(m: Model, given: Given): Plan {
  const before = m.pendingRetention?.set ?? {};
  const wanted = { ...m.retention, ...before, ...changed(RETENTION, {}, given) };
  const held = inForce(RETENTION, m.retention);
  const waits = (name: string, than: Numbers) => mostOf(wanted, name) < mostOf(than, name);
  const names = Object.keys(RETENTION);
  const set = pick(wanted, (name) => waits(name, held));
  const now = {
    ...pick(m.retention, (name) => waits(name, held)),
    ...pick(wanted, (name) => !waits(name, held)),
  };
  if (Object.keys(set).length === 0) return { inForce: pick(now, () => true), pending: undefined };
  const isNew = names.some((name) => waits(name, held) && waits(name, { ...held, ...before }));
  const hours = inForce(SERVICE_LIMITS, m.serviceLimits)['retention_delay_hours'] ?? 0n;
  const from = isNew || m.pendingRetention === undefined ? m.now + hours * HOUR : m.pendingRetention.from;
  return { inForce: pick(now, () => true), pending: { from, set } };
}

/** What the settings tell. */
export function retentionOf(m: Model) {
  const held = inForce(RETENTION, m.retention);
  const { pendingRetention: pending } = m;
  return {
    retention: held,
    pending_retention:
      pending === undefined ? null : { effective_at: pending.from, retention: { ...held, ...pending.set } },
  };
}

/** What would go of each user, the newest first. */
export function previewRetention(m: Model, args: Arguments) {
  const count = checkLimit(args.limit, 50);
  const first =
    args.cursor === null ? m.userCount : /^[1-9][0-9]*$/.test(args.cursor) ? Number(args.cursor) : 0;
  if (args.cursor !== null && (first < 1 || first > m.userCount)) throw invalid('cursor');
  const { interactions_days, interactions_newest, activities_days, activities_newest } = args;
  const plan = planOf(m, { interactions_days, interactions_newest, activities_days, activities_newest });
  const numbers = inForce(RETENTION, plan.inForce, plan.pending?.set ?? {});
  const at = plan.pending?.from ?? m.now;
  const items: object[] = [];
  let next = first;
  for (; next > 0 && items.length < count; next--) {
    const user = m.users.find(({ number }) => number === next);
    if (user === undefined) continue;
    const { interactions, activities } = removalsOf(user, numbers, at);
    if (interactions + activities > 0n) items.push({ user_id: user.user_id, interactions, activities });
  }
  return {
    items,
    next_cursor: next > 0 ? `${next}` : null,
    effective_at: plan.pending?.from ?? null,
  };
}

/** What is kept of a user, and what of theirs goes when what is pending takes effect. */
export function userRetention(m: Model, userId: string) {
  checkUserId(userId);
  const user = userOf(m, userId);
  const { pendingRetention: pending } = m;
  const none = { interactions: 0n, activities: 0n };
  return {
    ...retentionOf(m),
    pending_removals:
      pending === undefined
        ? null
        : user === undefined
          ? none
          : removalsOf(user, inForce(RETENTION, m.retention, pending.set), pending.from),
  };
}

function removalsOf(user: User, numbers: Numbers, at: bigint) {
  const left = keptOf(user, numbers, at);
  return {
    interactions: BigInt(user.interactions.length - left.interactions.length),
    activities: BigInt(user.activities.length - left.activities.length),
  };
}

/** What tells the audit log of a retention that waits, and what its entry is called. */
export function toldOf(
  m: Model,
  before: Model['pendingRetention'],
): { description: string; metadata: object } {
  const after = m.pendingRetention;
  if (after === undefined)
    return {
      description:
        before === undefined ? 'Settings changed' : 'Settings changed, pending retention taken back',
      metadata: {},
    };
  const isSame = JSON.stringify(plain(before)) === JSON.stringify(plain(after));
  return {
    description: isSame ? 'Settings changed' : 'Settings changed, retention pending',
    metadata: { pending_retention: { effective_at: `${after.from}`, ...after.set } },
  };
}

function plain(pending: Model['pendingRetention']) {
  return pending && { from: `${pending.from}`, ...mapped(pending.set) };
}

function mapped(numbers: Numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, `${value}`]));
}

/** 0 keeps all. */
function mostOf(numbers: Numbers, name: string): bigint {
  const value = numbers[name] ?? 0n;
  return value === 0n ? 2n ** 64n : value;
}

/** Those of the numbers that are wanted, in the order of their names in the interface. */
function pick(numbers: Numbers, isWanted: (name: string) => boolean): Numbers {
  return Object.fromEntries(
    Object.keys(RETENTION).flatMap((name) => {
      const value = numbers[name];
      return value !== undefined && isWanted(name) ? [[name, value]] : [];
    }),
  );
}
