import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles, ROOT } from '../../scripts/interface/generated-files.ts';
import { serviceInterface } from '../../scripts/interface/service-interface.ts';
import { clientMethods } from '../../scripts/interface/used-types.ts';
import {
  CLEANUP_BATCH,
  DEFAULT_ITEMS,
  LEASE_NS,
  LIMITS,
  LINK_CODE_NS,
  PAGE_VISITS,
  REFRESH_NS,
  REQUEST_MEMORY_NS,
  SESSION_IDLE_NS,
} from '../../src/canister/policy/limits/limits.ts';
import { METHODS } from '../../src/client/calls/canister-calls.ts';

const SOURCE = readFileSync(join(ROOT, 'src/candid/agent_service.did'), 'utf8');
const INTERFACE = serviceInterface(SOURCE);
const BY_NAME = new Map(INTERFACE.methods.map((method) => [method.name, method]));
const MINUTE_NS = 60_000_000_000n;

const count = (number: number) => number.toLocaleString('en');

function bytes(most: number) {
  return { least: 1, most, unit: 'bytes' };
}

const NAME = bytes(LIMITS.nameBytes);
const JSON_TEXT = bytes(LIMITS.jsonBytes);

/** What the canister takes, by the names of arguments. */
const TAKEN: Readonly<Record<string, object>> = {
  user_id: { least: 1, most: LIMITS.userIdCharacters, unit: 'characters' },
  session_id: NAME,
  interaction_id: NAME,
  workspace_id: NAME,
  project_id: NAME,
  selected_repo: NAME,
  name: NAME,
  token: bytes(LIMITS.tokenBytes),
  token_data: JSON_TEXT,
  metadata: JSON_TEXT,
  message: bytes(LIMITS.messageBytes),
  response: bytes(LIMITS.messageBytes),
  description: bytes(LIMITS.descriptionBytes),
  account: bytes(LIMITS.accountBytes),
  purpose: bytes(LIMITS.reasonBytes),
  code: bytes(LIMITS.linkCodeBytes),
  request_id: bytes(LIMITS.requestIdBytes),
  limit: { least: 1, most: LIMITS.listItems },
  project_ids: { most: LIMITS.projectIds },
  agents: { most: LIMITS.agentNames },
  rules: { most: LIMITS.notificationRules },
};

/** Where the comment of a method has a number of the canister. */
const TOLD: readonly (readonly [method: string, text: string])[] = [
  ['create_agent_session', `for ${SESSION_IDLE_NS / (60n * MINUTE_NS)} hours`],
  ['get_user_agent_sessions', `${count(LIMITS.sessionsInFull)} at most`],
  ['store_agent_credentials', `(${LIMITS.accounts} of a user and agent type)`],
  ['store_credentials', `(${LIMITS.accounts} of a user and agent type)`],
  ['store_credentials', `${count(LIMITS.requestIds)} remembered request_ids`],
  ['store_credentials', `${REQUEST_MEMORY_NS / (60n * MINUTE_NS)} hours`],
  ['get_user_agent_activities', `${count(PAGE_VISITS)} activities`],
  ['cleanup_expired_sessions', `${CLEANUP_BATCH} at most`],
  ['cleanup_expired_credentials', `${CLEANUP_BATCH} at most`],
  ['add_agent', `${count(LIMITS.agents)} agents`],
  ['add_admin', `${LIMITS.admins} admins`],
  ['grant_agent', `${LIMITS.grants} grants`],
  ['lease_agent_credentials', `${LEASE_NS.most / (60n * MINUTE_NS)} hour at most`],
  ['lease_agent_credentials', `${LEASE_NS.byDefault / MINUTE_NS} minutes when left out`],
  ['begin_token_refresh', `${REFRESH_NS / MINUTE_NS} minutes`],
  ['create_link_code', `${LINK_CODE_NS / MINUTE_NS} minutes`],
  ['redeem_link_code', `${LIMITS.linkedUsers} linked user_ids`],
  ['redeem_link_code', `${['one', 'two', 'three', 'four', 'five'][LIMITS.linkCodeTries - 1]} wrong codes`],
  ['store_interaction', `at most ${LIMITS.jsonDepth} levels`],
];

/** How many items lists have when nothing is said. */
const DEFAULTS: Readonly<Record<string, number>> = {
  get_user_agent_interactions: DEFAULT_ITEMS.interactions,
  get_agent_type_interactions: DEFAULT_ITEMS.interactions,
  get_user_agent_activities: DEFAULT_ITEMS.activities,
  list_sessions: DEFAULT_ITEMS.sessions,
  list_interactions: DEFAULT_ITEMS.interactions,
  list_activities: DEFAULT_ITEMS.activities,
  list_accounts: DEFAULT_ITEMS.accounts,
  get_audit_entries: DEFAULT_ITEMS.auditEntries,
  get_events: DEFAULT_ITEMS.events,
  list_notifications: DEFAULT_ITEMS.notifications,
  list_users: DEFAULT_ITEMS.users,
  list_unsealed_secrets: DEFAULT_ITEMS.accounts,
  list_due_connections: DEFAULT_ITEMS.accounts,
  preview_retention: DEFAULT_ITEMS.users,
};

interface Measured {
  readonly calls: readonly { readonly method: string; readonly n: number; readonly cycles: number }[];
}

describe('what is made of the interface', () => {
  it.each([...generatedFiles()])('is in %s as `npm run generate` writes it', (path, content) => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
  });
});

describe('the comments of the interface', () => {
  it('stand above the methods that there are, with their arguments in their order', () => {
    expect([...BY_NAME.keys()].toSorted()).toEqual([...METHODS.keys()].toSorted());
    for (const [name, { argTypes }] of METHODS) {
      const { args, record } = BY_NAME.get(name) ?? { args: [], record: undefined };
      if (record === undefined) expect(args, name).toHaveLength(argTypes.length);
    }
  });

  it.each(clientMethods(INTERFACE).map((method) => [method.name, method] as const))(
    'say of %s what its arguments are, with the limits that the canister has',
    (_name, { args }) => {
      for (const { name: argument, text, limits } of args) {
        expect([argument, text]).not.toEqual([argument, '']);
        if (argument in TAKEN) expect([argument, limits]).toEqual([argument, TAKEN[argument]]);
        else expect([argument, limits]).toEqual([argument, {}]);
      }
    },
  );

  it.each(TOLD)('say of %s: %s', (name, text) => {
    const method = BY_NAME.get(name);
    const said = [method?.text, method?.errors, ...(method?.args ?? []).map((arg) => arg.text)].join(' ');
    expect(said).toContain(text);
  });

  it('say how many items each list has when nothing is said', () => {
    const found = INTERFACE.methods.flatMap(({ name, args }) =>
      args.filter((arg) => arg.name === 'limit').map(({ text }) => [name, text] as const),
    );
    expect(found.map(([name]) => name).toSorted()).toEqual(Object.keys(DEFAULTS).toSorted());
    for (const [name, text] of found)
      expect([name, text]).toEqual([name, expect.stringContaining(`; ${DEFAULTS[name]} when left out`)]);
  });

  it('say of each update what it costs, as it was measured', () => {
    const { calls } = JSON.parse(readFileSync(join(ROOT, 'bench/results.json'), 'utf8')) as Measured;
    const most = Math.max(...calls.map(({ n }) => n));
    for (const { name, isQuery, cost } of INTERFACE.methods) {
      if (isQuery) {
        expect([name, cost]).toEqual([name, 'free.']);
        continue;
      }
      const told = Number(/^about (\d+) M cycles/.exec(cost)?.[1]);
      expect([name, told]).not.toEqual([name, Number.NaN]);
      const [measured] = calls.filter(({ method, n }) => n === most && method.split(' ')[0] === name);
      if (measured === undefined) continue;
      const cycles = measured.cycles / 1e6;
      expect([name, Math.abs(told - cycles) < 0.15 * cycles]).toEqual([name, true]);
    }
  });
});
