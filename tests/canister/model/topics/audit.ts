import type { Arguments } from '../arguments.ts';
import { checkLimit, checkUserId } from '../checks.ts';
import { type ListName, NO_FILTERS, page } from '../lists.ts';
import { without } from '../plain.ts';
import { type Call, type Entry, invalid, type Model, Refused, TYPES, userOf } from '../state.ts';
import { isAdmin, mayRead, type Rights } from './access.ts';
import { accountsOf, withoutSecrets } from './credentials.ts';
import { rulesOf } from './notifications.ts';

const ANONYMOUS = '2vxsx-fae';

/** Entries without their salts and commitments, which the canister draws and computes. */
export function auditEntries(m: Model, call: Call, args: Arguments) {
  const limit = checkLimit(args.limit, 500);
  const from = args.from === null || args.from < 1n ? 1n : args.from;
  const rest = m.log.filter(({ number }) => BigInt(number) >= from);
  const entries = rest.slice(0, limit).map((entry) => ({
    index: BigInt(entry.number),
    content: isVisible(m, call, entry) ? contentOf(entry) : null,
    erased_by: entry.erased_by === null ? null : BigInt(entry.erased_by),
  }));
  return { entries, next: rest.length > limit ? from + BigInt(limit) : null };
}

function isVisible(m: Model, call: Call, { user, agent_type, erased_by }: Entry): boolean {
  if (erased_by !== null || call.principal === ANONYMOUS) return false;
  if (user === undefined) return isAdmin(m, call.principal);
  return m.users.includes(user) && mayRead(m, call, user, agent_type ?? '');
}

function contentOf({ kind, agent_type, user, description, metadata, actor, timestamp }: Entry) {
  return { kind, agent_type, user_id: user?.user_id ?? null, description, metadata, actor, timestamp };
}

const PARTS: readonly ListName[] = ['sessions', 'interactions', 'activities'];
const FORMAT = 'agent-service-export-1';

/** A page of an export, read as JSON. */
export function exportPage(m: Model, args: Arguments, rights: Rights) {
  checkUserId(args.user_id);
  const user = userOf(m, args.user_id);
  if (user === undefined) throw new Refused('NotFound');
  if (args.cursor === null) {
    const profile = {
      format: FORMAT,
      part: 'profile',
      user_id: user.user_id,
      linked_principal: user.owner?.principal ?? null,
      linked_at: user.owner === undefined ? null : `${user.owner.since}`,
      credentials: TYPES.flatMap((type) => accountsOf(user, type)).map((account) =>
        without(withoutSecrets(account), 'refresh_failures', 'last_failure_at'),
      ),
      grants: user.grants,
      blocked_agents: user.blocked,
      notifications: { rules: rulesOf(user), read_up_to: user.readUpTo },
    };
    return { page: inJson(profile), next_cursor: 'sessions:' };
  }
  const [name = '', cursor = ''] = args.cursor.split(':', 2);
  const part = PARTS.find((each) => each === name);
  if (part === undefined) throw invalid('cursor');
  const request = { ...args, ...NO_FILTERS, limit: 100, cursor: cursor === '' ? null : cursor };
  const { items, next_cursor } = page(m, part, request, { rights, byDefault: 100 });
  const records = items.map((item) => {
    const record: Record<string, unknown> = { ...item };
    // A token is no part of an export, and the user_id stands in the profile.
    return without(record, 'user_id', part === 'sessions' ? 'token' : 'user_id');
  });
  const after = PARTS[PARTS.indexOf(part) + 1];
  const next = next_cursor === null ? after && `${after}:` : `${part}:${next_cursor}`;
  return { page: inJson({ format: FORMAT, part, records }), next_cursor: next ?? null };
}

/** As what was written as JSON and read again. */
function inJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? `${each}` : each));
}
