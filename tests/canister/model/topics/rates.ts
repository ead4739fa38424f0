import { inForce, limitsOf, MINUTE, SERVICE_LIMITS } from '../checks.ts';
import { type Call, type Model, Refused } from '../state.ts';
import { isAdmin, isAgent, type Rights, type Subject } from './access.ts';

/** Where the calls of unknown callers are counted. */
const SHARES: { readonly [method: string]: string } = {
  redeem_link_code: 'redemptions',
  icrc21_canister_call_consent_message: 'consents',
};

interface Rate {
  readonly burst: bigint;
  readonly perMinute: bigint;
}

/** Whether nobody named the caller: no admin, and no agent that stored something for them. */
export function isUnknown(m: Model, { principal }: Call): boolean {
  const owns = m.users.some(({ user_id, owner }) => user_id === principal || owner?.principal === principal);
  return !isAgent(m, principal) && !isAdmin(m, principal) && !owns;
}

/** How long (ns) until a call of a caller is taken; 0n or less where it is. */
export function callerWait(m: Model, { principal }: Call): bigint {
  return waitOf(m, `caller ${principal}`, callerRate(m, principal));
}

function callerRate(m: Model, principal: string): Rate {
  const limits = limitsOf(m, principal);
  return { burst: limits['caller_burst'] ?? 1n, perMinute: limits['caller_per_minute'] ?? 1n };
}

/** Counts an update towards its caller, or all unknown ones together. */
export function admitCaller(m: Model, call: Call, method: string): void {
  const { principal } = call;
  const rate = callerRate(m, principal);
  if (!isUnknown(m, call)) {
    noteRefusal(m, call, undefined, () => take(m, call, `caller ${principal}`, rate));
    return;
  }
  const share = SHARES[method] ?? 'calls';
  if (share !== 'redemptions') take(m, call, `unknown ${share}`, serviceRate(m, 'unknown_callers'));
  take(m, call, `unknown ${principal}`, rate);
}

/** What an unknown caller failed at counts where nothing did before; it may be refused for that. */
export function chargeFailure(m: Model, call: Call, method: string): void {
  if (SHARES[method] === 'redemptions')
    take(m, call, 'unknown redemptions', serviceRate(m, 'unknown_callers'));
}

/** Counts an update towards the user whom it is about. */
export function admitFor(m: Model, call: Call, rights: Rights, about: Subject): void {
  const limits = limitsOf(m, call.principal);
  const rate = { burst: limits['user_burst'] ?? 1n, perMinute: limits['user_per_minute'] ?? 1n };
  const isShared = rights.firstParty && !rights.owns;
  if (Buffer.byteLength(about.userId) > 512) return;
  const key = `user ${about.userId}${isShared ? '' : ` by ${call.principal}`}`;
  noteRefusal(m, call, about, () => take(m, call, key, rate));
}

/** Counts a user of whom nothing was stored, which nobody but their owner begins. */
export function admitNewUser(m: Model, call: Call): void {
  if (isUnknown(m, call)) take(m, call, 'new users', serviceRate(m, 'new_users'));
}

function serviceRate(m: Model, name: string): Rate {
  const limits = inForce(SERVICE_LIMITS, m.serviceLimits);
  return { burst: limits[`${name}_burst`] ?? 1n, perMinute: limits[`${name}_per_minute`] ?? 1n };
}

function take(m: Model, { isKept }: Call, key: string, rate: Rate): void {
  const wait = waitOf(m, key, rate);
  if (wait > 0n) throw new Refused('RateLimited', { retry_after_ns: wait });
  if (isKept) m.buckets.set(key, fullAtOf(m, key) + MINUTE / rate.perMinute);
}

function waitOf(m: Model, key: string, { burst, perMinute }: Rate): bigint {
  return fullAtOf(m, key) - m.now - (MINUTE / perMinute) * (burst - 1n);
}

function fullAtOf(m: Model, key: string): bigint {
  const before = m.buckets.get(key) ?? 0n;
  return before > m.now ? before : m.now;
}

function noteRefusal(m: Model, call: Call, about: Subject | undefined, run: () => void): void {
  try {
    run();
  } catch (error) {
    const refusal = {
      caller: call.principal,
      userId: about?.userId ?? null,
      agent_type: about?.agentType ?? null,
      at: m.now,
    };
    if (call.isKept) m.refusals.push(refusal);
    throw error;
  }
}
