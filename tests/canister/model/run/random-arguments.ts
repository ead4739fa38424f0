import { IDL } from '@dfinity/candid';
import type { Random } from '../../../replica/support/random.ts';
import { METHODS } from '../../support/candid-interface.ts';
import { ACTIVITY_TYPES, optionOf, SERVICE_ACTIVITY_TYPES } from '../../support/records.ts';
import type { MethodName } from '../../support/wasm-canister.ts';
import type { Arguments } from '../arguments.ts';
import { DAY, HOUR, LIMITS, MINUTE, RETENTION } from '../checks.ts';
import { idOf, type Model, PERMISSIONS, TYPES } from '../state.ts';
import { AGENTS, CALLERS, USER_IDS } from './callers.ts';
import { argumentsOf } from './candid-arguments.ts';

/** What has a consent message. */
const SIGNED: [MethodName, ...MethodName[]] = [
  'grant_agent',
  'withdraw_agent',
  'block_agent',
  'unblock_agent',
  'revoke_credentials',
  'end_agent_session',
  'redeem_link_code',
  'unlink_user',
  'erase_user',
];

const ANALYTICS = /analytics/;
/** What is counted of interactions. */
const METADATA = [
  '{"latency_ms":12}',
  '{"latency_ms":250.6,"error":"timeout"}',
  '{"error":"é: no such page"}',
  '{"latency_ms":-1,"error":5}',
  '{"a":{"latency_ms":1}}',
];

/** What most of a sequence would be refused after, were it as frequent as the rest. */
export const RARE =
  /^(erase_user|(update|remove)_agent|remove_admin|update_settings|update_service_limits|set_agent_limits)$/;

/** Bytes of a long text: so few that a reply holds a list of them. */
const LONG = 1500;

/** Arguments of a method, most of them about what there is. */
export function someArguments(m: Model, random: Random, method: MethodName): Partial<Arguments> {
  const args: Partial<Arguments> = Object.fromEntries(
    argumentsOf(method).map(([name, type]) => [name, argument(m, random, { method, name, type })]),
  );
  if (method !== 'icrc21_canister_call_consent_message' || random.oneIn(8)) return args;
  const signed = random.pick(SIGNED);
  return { ...args, method: signed, signed: someArguments(m, random, signed) };
}

function argument(
  m: Model,
  random: Random,
  { method, name, type }: { method: MethodName; name: keyof Arguments; type: IDL.Type },
): unknown {
  if (type instanceof IDL.OptClass && random.oneIn(2)) return null;
  const text = (limit: number) =>
    random.oneIn(150)
      ? 'x'.repeat(limit + 1)
      : random.oneIn(150)
        ? ''
        : random.oneIn(40)
          ? 'y'.repeat(Math.min(limit, LONG))
          : random.pick(['a', 'ü 😀', `n-${random.below(1000)}`]);
  switch (name) {
    case 'user_id':
      return random.oneIn(50)
        ? random.pick(['', 'x'.repeat(129), 'nobody', ...LOOK_ALIKES])
        : random.pick(USER_IDS);
    case 'agent_type':
      return random.pick(['GitHub', 'GitHub', ...TYPES]);
    case 'session_id':
      return someId('ses', m.sessions, random);
    case 'interaction_id':
      return someId('int', m.interactions, random);
    case 'token':
      return text(16_384);
    case 'project_id':
    case 'selected_repo':
    case 'workspace_id':
      return text(512);
    case 'name':
    case 'purpose':
      return text(512);
    case 'description':
      return failure(random) ?? text(4096);
    case 'message':
      return text(262_144);
    case 'response':
      return failure(random) ?? text(262_144);
    case 'token_data':
    case 'metadata':
      return random.pick(['{"a":1}', '[]', 'null', '"ü"', random.oneIn(10) ? '{' : '7', ...METADATA]);
    case 'project_ids':
      return Array.from({ length: random.below(3) }, (_, i) => [`p${i}`, text(512)]);
    case 'expires_at':
      if (random.oneIn(20)) return random.pick([m.now, 1n, 0n]);
      return m.now + random.pick([5n * MINUTE, 20n * MINUTE, HOUR, 10n * DAY]) + BigInt(random.below(1000));
    case 'account':
      return random.oneIn(40) ? text(64) : random.pick(['work', 'home', 'a', 'b', 'c', 'd', 'e', 'f']);
    case 'duration_ns':
      return random.pick([1n, MINUTE, HOUR, HOUR + 1n, 0n]);
    case 'fencing':
      return BigInt(1 + random.below(3));
    case 'outcome':
      return random.oneIn(2)
        ? random.oneIn(3)
          ? { rejected: { reason: text(512) } }
          : {
              failed: {
                reason: random.pick([text(512), 'invalid_grant', 'bad_refresh_token: x', 'invalid_grants']),
              },
            }
        : {
            refreshed: {
              token: text(16_384),
              token_data: random.pick([null, '{}']),
              expires_at: random.pick([null, m.now + HOUR]),
            },
          };
    case 'success':
    case 'is_active':
    case 'without_tokens':
      return random.oneIn(2);
    case 'request_id':
      return random.oneIn(40) ? text(64) : `r-${random.below(6)}`;
    case 'activity_type':
      return optionOf(
        random.oneIn(12)
          ? (SERVICE_ACTIVITY_TYPES[0] ?? {})
          : (ACTIVITY_TYPES[random.below(ACTIVITY_TYPES.length)] ?? {}),
      );
    case 'from':
      if (ANALYTICS.test(method))
        return m.now - BigInt(random.below(random.pick([8, 8, 40, 370]))) * DAY - HOUR;
      return method === 'get_audit_entries' ? someIndex(m, random) : m.now - BigInt(random.below(3)) * HOUR;
    case 'until':
      return m.now - BigInt(random.below(3)) * (ANALYTICS.test(method) ? DAY : HOUR);
    case 'interval':
      return random.pick(['hour', 'day']);
    case 'after':
      return random.oneIn(3) ? 0n : someIndex(m, random);
    case 'up_to':
      return someIndex(m, random);
    case 'filter':
      return {
        user_id: random.oneIn(2) ? null : argument(m, random, { method, name: 'user_id', type: IDL.Text }),
        agent_type: random.oneIn(3) ? random.pick(['GitHub', 'Gmail']) : null,
        activity_types: random.oneIn(3) ? someKinds(random) : null,
      };
    case 'rules':
      return Array.from({ length: random.oneIn(20) ? 21 : random.below(4) }, () => ({
        activity_types: random.oneIn(3) ? null : someKinds(random),
        agent_type: random.oneIn(2) ? null : random.pick(['GitHub', 'Gmail']),
        channels: ['browser', 'toast', 'toast'].filter(() => random.oneIn(2)),
      }));
    case 'method':
      return method === 'http_request'
        ? random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST'])
        : random.pick(['transfer', 'constructor', ...METHODS.keys()]);
    case 'agents':
      return Array.from({ length: random.oneIn(20) ? 101 : random.below(4) }, () => random.pick(CALLERS));
    case 'url':
      return random.pick(['/metrics', '/metrics?x=1', '/metrics', '/', '']);
    case 'headers':
      return [];
    case 'certificate_version':
      return 2;
    case 'body':
    case 'arg':
      return random.pick(['', '0102']);
    case 'user_preferences':
      return {
        metadata: { language: 'en', utc_offset_minutes: random.pick([null, 90, -570]) },
        device_spec: random.pick([null, 'GenericDisplay', 'FieldsDisplay']),
      };
    case 'signed':
      return undefined;
    case 'limit':
      return random.oneIn(10) ? random.pick([0, 501]) : random.pick([1, 2, 3, 10, 500]);
    case 'cursor':
      return cursorOf(m, method, random);
    case 'agent':
    case 'admin':
      if (name === 'admin' || random.oneIn(10)) return random.pick(CALLERS);
      // The first one keeps its rights for long.
      return AGENTS[RARE.test(method) ? 1 + random.below(AGENTS.length - 1) : random.below(AGENTS.length)];
    case 'agent_types':
      return random.oneIn(20) ? [] : TYPES.filter((type_) => type_ === 'GitHub' || random.oneIn(2));
    case 'permissions':
      return random.oneIn(20) ? [] : PERMISSIONS.filter(() => !random.oneIn(3));
    case 'scope':
      return random.pick(['every_user', 'granted_users']);
    case 'code':
      return random.oneIn(4) || m.codes.length === 0
        ? random.pick(['0000-0000-0000-0000-0000', 'no code', ''])
        : `code:${m.codes.length - 1 - random.below(Math.min(2, m.codes.length))}`;
    case 'limits':
      return someNumbers(LIMITS, random);
    case 'retention':
      return someNumbers(RETENTION, random);
    case 'interactions_days':
    case 'interactions_newest':
    case 'activities_days':
    case 'activities_newest':
      return someNumbers(RETENTION, random)[name];
    case 'changes':
      return Array.from({ length: random.oneIn(12) ? 2 * random.below(2) : 1 }, () => ({
        name: random.oneIn(20) ? 'else' : random.pick(['token_data_days', 'retention_delay_hours']),
        value: random.pick([null, 1n, 1n, 2n, 3650n, random.oneIn(4) ? 3651n : 0n]),
      }));
    case 'query_tokens':
      return random.pick(['first_party', 'nobody', 'everybody']);
  }
}

/** User_ids that are refused for new users. */
const LOOK_ALIKES = ['plain-1\u200b', ' plain-1', 'plain\u202e', USER_IDS[0].toUpperCase()];

/** What went wrong, in many different ways and some frequent ones. */
function failure(random: Random): string | undefined {
  if (!random.oneIn(2)) return undefined;
  return random.pick([
    'rate limit',
    'rate limit',
    'timeout\nin line 2',
    '\nno first line',
    'é'.repeat(100),
    `failure ${random.below(60)}`,
  ]);
}

function someKinds(random: Random): readonly string[] {
  if (random.oneIn(20)) return [];
  const all = [...ACTIVITY_TYPES, ...SERVICE_ACTIVITY_TYPES].map(optionOf);
  return [...all.filter(() => random.oneIn(4)), 'InteractionCompleted', 'InteractionCompleted'];
}

/** One of the audit log, or one after it. */
function someIndex(m: Model, random: Random): bigint {
  return BigInt(random.below(m.log.length + 3));
}

function someId(kind: 'ses' | 'int' | 'act', last: number, random: Random): string {
  if (random.oneIn(30))
    return random.pick(['', 'nothing', idOf(kind, last + 1), idOf('act', 1), 'x'.repeat(513)]);
  return idOf(kind, 1 + random.below(Math.max(1, last)));
}

function cursorOf(m: Model, method: MethodName, random: Random): string {
  if (method === 'export_user')
    return random.pick([
      'sessions:',
      'interactions:',
      'activities:',
      `activities:${someId('act', m.log.length, random)}`,
      'else',
    ]);
  if (method === 'list_users' || method === 'preview_retention')
    return random.pick([`${1 + random.below(m.userCount + 2)}`, 'none', '0']);
  if (method === 'list_accounts') return random.pick([`${random.below(6)}.${random.below(4)}`, 'none', '0']);
  if (method === 'list_sessions') return someId('ses', m.sessions, random);
  return method === 'list_interactions'
    ? someId('int', m.interactions, random)
    : someId('act', m.log.length, random);
}

/** Quotas are seldom so small that nothing goes on. */
function someNumbers(ranges: typeof LIMITS, random: Random): Record<string, bigint | null> {
  const values = Object.entries(ranges).map(([name, [byDefault, , most]]) => {
    if (!random.oneIn(6)) return [name, null];
    const few = BigInt(random.below(30));
    const small = name.endsWith('days') ? few % 3n : name === 'bytes' ? 1000n * (1n + few) : 5n + few;
    return [name, random.oneIn(25) ? most + 1n : random.oneIn(2) ? byDefault : small];
  });
  return Object.fromEntries(values) as Record<string, bigint | null>;
}
