import type { Random } from '../../../replica/support/random.ts';
import { METHODS } from '../../support/candid-interface.ts';
import { CONTROLLER, isQuery, type MethodName } from '../../support/wasm-canister.ts';
import type { Arguments } from '../arguments.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../checks.ts';
import { UNMODELLED } from '../methods.ts';
import type { Model } from '../state.ts';
import { ADMINS, AGENTS, CALLERS, USERS } from './callers.ts';
import { RARE, someArguments } from './random-arguments.ts';

/** A step of a sequence; `trapAt` makes the step's so many-th call of an `ic0` function trap. */
export type Operation =
  | {
      readonly kind: 'call' | 'query';
      readonly method: MethodName;
      readonly sender: string;
      readonly args: Partial<Arguments>;
      readonly trapAt?: number;
      /** The canister may leave no more heap than nothing. */
      readonly lowMemory?: true;
    }
  | { readonly kind: 'advance'; readonly ns: bigint; readonly trapAt?: number }
  | { readonly kind: 'upgrade'; readonly trapAt?: number };

const NAMES = [...METHODS.keys()].filter((name) => !UNMODELLED.some((sealing) => sealing === name));
const UPDATES = NAMES.filter((name) => !isQuery(name)) as [MethodName, ...MethodName[]];
const QUERIES = NAMES.filter((name) => isQuery(name)) as [MethodName, ...MethodName[]];
/** What most calls are. */
const USUAL: [MethodName, ...MethodName[]] = [
  'create_agent_session',
  'create_session',
  'update_agent_session',
  'end_agent_session',
  'store_interaction',
  'store_agent_interaction',
  'log_activity',
  'store_credentials',
  'store_agent_credentials',
  'begin_token_refresh',
  'complete_token_refresh',
  'lease_agent_credentials',
  'revoke_credentials',
  'grant_agent',
  'create_link_code',
  'redeem_link_code',
  'update_notification_settings',
  'mark_notifications_read',
];
const ADMINISTER =
  /agent$|admin$|agents$|admins$|^(get|update)_settings|limits|erase|unlink|list_users|service_analytics|preview/;
const BY_USERS = /^grant_agent|withdraw|block|erase|unlink|redeem|grants|my_users|notification/;
/** What owners alone may ask for: mostly they ask about themselves. */
const OF_OWNERS = /notification/;
function someMethod(random: Random): MethodName {
  const method = random.oneIn(3)
    ? random.pick(QUERIES)
    : random.oneIn(3)
      ? random.pick(UPDATES)
      : random.pick(USUAL);
  return RARE.test(method) && !random.oneIn(3) ? random.pick(USUAL) : method;
}

const ON_ACCOUNTS = /^(revoke|lease|begin|complete)_/;

/** One of those that there are, and the number of its last refresh. */
function anAccount(m: Model, random: Random): Partial<Arguments> {
  const accounts = m.users.flatMap(({ user_id, accounts: types }) =>
    [...types.values()].flat().flatMap((account) =>
      account === undefined
        ? []
        : [
            {
              user_id,
              agent_type: account.agent_type,
              account: account.account,
              // One of the last that have begun.
              fencing: account.fencing - BigInt(random.oneIn(3) ? random.below(3) : 0),
            },
          ],
    ),
  );
  return accounts[random.below(accounts.length)] ?? {};
}

/** The next operation of a random sequence on what there is. */
export function nextOperation(m: Model, random: Random): Operation {
  const trap = random.oneIn(12) ? { trapAt: random.below(random.pick([30, 120, 400])) } : {};
  if (random.oneIn(14)) return { kind: 'advance', ns: timeJump(random), ...trap };
  if (random.oneIn(40)) return { kind: 'upgrade', ...trap };
  const [first = ''] = AGENTS;
  if (!m.agents.some(({ agent }) => agent === first) && random.oneIn(2)) {
    const args = {
      agent: first,
      name: 'again',
      agent_types: null,
      permissions: null,
      scope: null,
      expires_at: null,
    };
    return { kind: 'call', method: 'add_agent', sender: CONTROLLER.toText(), args };
  }
  const method = someMethod(random);
  const kind = isQuery(method) && !random.oneIn(6) ? 'query' : 'call';
  const sender = senderOf(method, random);
  const args: Partial<Arguments> = {
    ...someArguments(m, random, method),
    ...(ON_ACCOUNTS.test(method) && !random.oneIn(3) ? anAccount(m, random) : {}),
    ...(OF_OWNERS.test(method) && !random.oneIn(4) ? { user_id: sender } : {}),
  };
  const low = kind === 'call' && random.oneIn(60) ? { lowMemory: true as const } : trap;
  return { kind, method, sender, args, ...low };
}

function timeJump(random: Random): bigint {
  return (
    random.pick([SECOND, 30n * SECOND, 5n * MINUTE, 11n * MINUTE, HOUR, 13n * HOUR, DAY, DAY + HOUR]) +
    BigInt(random.below(1000))
  );
}

function senderOf(method: MethodName, random: Random): string {
  if (random.oneIn(10)) return random.pick(CALLERS);
  if (BY_USERS.test(method) && !random.oneIn(4)) return random.pick(USERS as [string, ...string[]]);
  if (ADMINISTER.test(method) && !BY_USERS.test(method)) return random.pick(ADMINS as [string, ...string[]]);
  // The first has every right.
  return random.oneIn(5) ? random.pick(AGENTS as [string, ...string[]]) : (AGENTS[0] ?? '');
}
