import type { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { AddAgentArgs } from '../../../../src/candid/agent_service.did.ts';
import type { Outcome } from '../../../../src/replica/messages/outcome.ts';
import {
  activityPage,
  eventsAfter,
  GITHUB,
  GMAIL,
  interactionPage,
  newAgent,
  newGrant,
  newInteraction,
  newSettings,
  raiseRates,
  sessionPage,
  someLimits,
  someRetention,
} from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  CONTROLLER,
  encodeArgs,
  HOUR,
  type MethodName,
  OWNER,
  ok,
  principal,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

/** Whose records there are, and a user of whom nothing is stored. */
const ALICE = principal(20);
const alice = ALICE.toText();
const BOB = principal(22);
const bob = BOB.toText();

const AGENTS = {
  'an agent granted by Bob': { scope: [{ granted_users: null }] },
  'an agent granted to read by Bob': { scope: [{ granted_users: null }] },
  'an agent without a grant': { scope: [{ granted_users: null }] },
  'an agent for another type': { agent_types: [[GMAIL]] },
  'an agent that reads another type': { agent_types: [[GMAIL]], permissions: [[{ read: null }]] },
  'an agent that writes another type': { agent_types: [[GMAIL]], permissions: [[{ write: null }]] },
} satisfies Record<string, Partial<AddAgentArgs>>;

const CALLERS: Readonly<Record<string, Principal>> = {
  ...Object.fromEntries(Object.keys(AGENTS).map((name, i) => [name, principal(40 + i)])),
  'another user': BOB,
  'a user of whom nothing is stored': principal(24),
  'an anonymous caller': ANONYMOUS,
};

/** The ids that stand for a record of Alice, for one of hers that was removed, for one of a user who was erased, and for none. */
interface Ids {
  readonly theirs: string;
  readonly removed: string;
  readonly erased: string;
  readonly never: string;
}

/** Alice has records of GitHub, the older of which retention removed; so has Bob. Carol had some. */
async function setupRecords() {
  const canister = await setupCanister({ uninspected: true });
  await raiseRates(canister);
  const owner = { sender: OWNER };
  for (const [name, rights] of Object.entries(AGENTS)) {
    const agent = newAgent({ agent: CALLERS[name] ?? OWNER, ...rights });
    ok(await canister.call('add_agent', [agent], owner));
  }
  const grants = [
    { agent: CALLERS['an agent granted by Bob'] ?? OWNER },
    {
      agent: CALLERS['an agent granted to read by Bob'] ?? OWNER,
      permissions: [[{ read: null }]] as [[{ read: null }]],
    },
  ];
  for (const grant of grants) {
    ok(await canister.call('grant_agent', [newGrant({ user_id: bob, ...grant })], { sender: BOB }));
  }
  const store = async (user: string) =>
    ok(await canister.call('store_agent_interaction', [user, GITHUB, 'm', 'r', true, []]));
  const begin = async (user: string) =>
    ok(await canister.call('create_agent_session', [user, GITHUB, ['t'], [], []]));
  const erased = { sessions: await begin('carol'), interactions: await store('carol') };
  ok(await canister.call('erase_user', [{ user_id: 'carol' }], owner));
  const removed = [await store(alice), await store(bob)];
  await canister.advance(49n * HOUR);
  const retention = someRetention({ interactions_days: 1n, activities_days: 1n });
  ok(await canister.call('update_settings', [newSettings({ retention: [retention] })], owner));
  await canister.advance(25n * HOUR);
  for (const id of removed) expect(await canister.query('get_agent_interaction', [id], owner)).toEqual([]);
  const theirs = { sessions: await begin(alice), interactions: await store(alice) };
  await begin(bob);
  await store(bob);
  const [activity] = ok(await canister.query('list_activities', activityPage({ user_id: alice }))).items;
  const never = (kind: string) => `${kind}-00000000000fffff`;
  const sessions = {
    theirs: theirs.sessions,
    removed: never('ses'),
    erased: erased.sessions,
    never: never('ses'),
  };
  const interactions = {
    theirs: theirs.interactions,
    removed: removed[0] ?? '',
    erased: erased.interactions,
    never: never('int'),
  };
  const activities = {
    theirs: activity?.id ?? '',
    removed: 'act-0000000000000010',
    erased: 'act-000000000000000c',
    never: never('act'),
  };
  return { canister, sessions, interactions, activities };
}

type Calls = readonly (readonly [MethodName, (id: string) => unknown[], Ids])[];

async function answer(
  canister: WasmCanister,
  name: MethodName,
  args: unknown[],
  sender: Principal,
): Promise<string[]> {
  const arg = encodeArgs(name, args as never);
  const told = (outcome: Outcome) =>
    outcome.kind === 'replied'
      ? Buffer.from(outcome.reply).toString('hex')
      : JSON.stringify({ ...outcome.reject });
  const asQuery = await canister.rawQuery(name, arg, { sender });
  const isUpdate = asQuery.kind === 'rejected' && asQuery.reject.message.includes('has no query method');
  return [...(isUpdate ? [] : [told(asQuery)]), told(await canister.rawCall(name, arg, { sender }))];
}

describe('an existence oracle', () => {
  for (const [caller, sender] of Object.entries(CALLERS)) {
    it(`is no method to ${caller}: every id that they may not see gets the same answer`, async () => {
      const { canister, sessions, interactions, activities } = await setupRecords();
      const calls: Calls = [
        ['get_agent_session', (id) => [id], sessions],
        ['update_agent_session', (id) => [id, ['t'], [], []], sessions],
        ['update_agent_session', (id) => [id, ['x'.repeat(16_385)], [], []], sessions],
        ['end_agent_session', (id) => [id], sessions],
        ['get_agent_interaction', (id) => [id], interactions],
        ...[GITHUB, GMAIL].flatMap(
          (agent_type): Calls => [
            [
              'store_interaction',
              (id) => [newInteraction({ user_id: bob, agent_type, session_id: [id] })],
              sessions,
            ],
            [
              'list_interactions',
              (id) => interactionPage({ user_id: bob, agent_type: [agent_type], session_id: [id] }),
              sessions,
            ],
            [
              'list_sessions',
              (id) => sessionPage({ user_id: bob, agent_type: [agent_type], cursor: [id] }),
              sessions,
            ],
            [
              'list_interactions',
              (id) => interactionPage({ user_id: bob, agent_type: [agent_type], cursor: [id] }),
              interactions,
            ],
            [
              'list_activities',
              (id) => activityPage({ user_id: bob, agent_type: [agent_type], cursor: [id] }),
              activities,
            ],
          ],
        ),
        ['list_sessions', (id) => sessionPage({ user_id: bob, cursor: [id] }), sessions],
        ['list_interactions', (id) => interactionPage({ user_id: bob, cursor: [id] }), interactions],
        ['list_activities', (id) => activityPage({ user_id: bob, cursor: [id] }), activities],
        ['list_notifications', (id) => [{ user_id: bob, limit: [], cursor: [id] }], activities],
        ['export_user', (id) => [{ user_id: bob, cursor: [`sessions:${id}`] }], sessions],
        ['export_user', (id) => [{ user_id: bob, cursor: [`interactions:${id}`] }], interactions],
        ['export_user', (id) => [{ user_id: bob, cursor: [`activities:${id}`] }], activities],
        [
          'mark_notifications_read',
          (id) => [{ user_id: bob, up_to: BigInt(`0x${id.slice(4)}`) }],
          activities,
        ],
      ];
      for (const [name, args, ids] of calls) {
        const [theirs, ...others] = await Promise.all(
          Object.values(ids as unknown as Record<string, string>).map(async (id) =>
            answer(canister, name, args(id), sender),
          ),
        );
        for (const other of others) expect([name, other]).toEqual([name, theirs]);
      }
    });
  }

  it('is no user_id: one of whom nothing is stored is as one that the caller may not see', async () => {
    const { canister } = await setupRecords();
    const calls: (readonly [MethodName, (user_id: string) => unknown[]])[] = [
      ['get_user_agent_sessions', (user) => [user]],
      ['get_user_agent_credentials', (user) => [user]],
      ['get_agent_credentials', (user) => [user, GITHUB]],
      ['get_user_agent_interactions', (user) => [user, []]],
      ['get_user_agent_activities', (user) => [user, []]],
      ['get_agent_status', (user) => [user]],
      ['list_credentials', (user_id) => [{ user_id, agent_type: [] }]],
      ['get_usage', (user_id) => [{ user_id }]],
      ['get_user_retention', (user_id) => [{ user_id }]],
      ['get_events', (user_id) => [eventsAfter({ user_id })]],
      ['list_grants', (user_id) => [{ user_id }]],
      ['list_blocked_agents', (user_id) => [{ user_id }]],
      ['block_agent', (user_id) => [{ user_id, agent: AGENT }]],
      ['unblock_agent', (user_id) => [{ user_id, agent: AGENT }]],
      ['withdraw_agent', (user_id) => [{ user_id, agent: AGENT }]],
      ['unlink_user', (user_id) => [{ user_id }]],
      ['export_user', (user_id) => [{ user_id, cursor: [] }]],
      ['erase_user', (user_id) => [{ user_id }]],
      ['end_agent_session', () => ['ses-0000000000000001']],
    ];
    for (const caller of ['an agent without a grant', 'another user', 'an anonymous caller']) {
      for (const [name, args] of calls) {
        const [known, unknown] = await Promise.all(
          [alice, principal(77).toText()].map((user) =>
            answer(canister, name, args(user), CALLERS[caller] ?? OWNER),
          ),
        );
        expect([name, known]).toEqual([name, unknown]);
      }
    }
  });

  it('is no rate: a refused call is not charged to the user whom it is about', async () => {
    const { canister, sessions } = await setupRecords();
    const limits = someLimits({ user_burst: 2n, user_per_minute: 1n });
    ok(await canister.call('update_settings', [newSettings({ limits: [limits] })], { sender: OWNER }));
    const sender = CALLERS['an agent without a grant'] ?? OWNER;
    for (let i = 0; i < 5; i++) {
      const refused = await canister.call('end_agent_session', [sessions.theirs], { sender });
      expect(refused).toEqual({ Err: { NotFound: null } });
    }
    expect(await canister.call('end_agent_session', [sessions.theirs])).toEqual({ Ok: null });
  });

  it('is not what keeps an agent from knowing why it may not change what it reads', async () => {
    const { canister } = await setupRecords();
    const sender = CALLERS['an agent granted to read by Bob'] ?? OWNER;
    const [session] = await canister.query('get_user_agent_sessions', [bob], { sender });
    const refused = await canister.call('end_agent_session', [session?.session_id ?? ''], { sender });
    expect(refused).toHaveProperty('Err.Unauthorized');
    for (const admin of [OWNER, CONTROLLER]) {
      const missing = await canister.query('get_agent_session', ['ses-00000000000fffff'], { sender: admin });
      expect(missing).toEqual([]);
    }
  });
});
