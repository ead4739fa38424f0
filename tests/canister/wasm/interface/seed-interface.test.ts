import { IDL } from '@dfinity/candid';
import { TransportSecretKey } from '@dfinity/vetkeys';
import { beforeAll, describe, expect, it } from 'vitest';
import { SEED_ACTIVITY_TYPES } from '../../../../src/canister/models/seed-types.ts';
import type { Outcome } from '../../../../src/replica/messages/outcome.ts';
import {
  ACTIVITY_TYPES,
  activitiesOf,
  createSession,
  GITHUB,
  newAgent,
  newGrant,
  newSettings,
  optionOf,
  raiseRates,
  SERVICE_ACTIVITY_TYPES,
  someLimits,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import { digestOf, sealedText } from '../../support/sealed-text.ts';
import { seedMethods, strangeVariants } from '../../support/seed-interface.ts';
import {
  AGENT,
  HOUR,
  OWNER,
  ok,
  principal,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const USER = 'user-1';
const PHONE = { sender: principal(31) };
const ABOUT = { user_id: USER, agent_type: GITHUB, account: [] as [] };

let methods: ReadonlyMap<string, IDL.FuncClass>;
beforeAll(async () => {
  methods = await seedMethods();
});

/** Calls as a client of the seed's interface does, and decodes the reply by it alone. */
async function callBySeed(canister: WasmCanister, name: string, args: unknown[], sender = AGENT) {
  const method = methods.get(name);
  if (method === undefined) throw new Error(`the seed has no method ${name}`);
  const arg = IDL.encode(method.argTypes, args);
  const isQuery = method.annotations.includes('query');
  const outcome: Outcome = isQuery
    ? await canister.rawQuery(name, arg, { sender })
    : await canister.rawCall(name, arg, { sender });
  if (outcome.kind === 'rejected') return { reject: outcome.reject.message };
  expect([name, strangeVariants(outcome.reply)]).toEqual([name, []]);
  const [value] = IDL.decode(method.retTypes, outcome.reply);
  return { value };
}

/** A user to whom everything happened that the service tells of, the newest last. */
async function setupHistory(): Promise<WasmCanister> {
  const canister = await setupCanister();
  const limits = someLimits({ caller_burst: 1_000_000n, user_burst: 1_000_000n });
  const settings = newSettings({ limits: [limits] });
  ok(await canister.call('update_settings', [settings], { sender: OWNER }));
  const { code } = ok(await canister.call('create_link_code', [{ user_id: USER }]));
  ok(await canister.call('redeem_link_code', [{ code }], PHONE));
  const bot = principal(32);
  const registered = newAgent({ agent: bot, scope: [{ granted_users: null }] });
  ok(await canister.call('add_agent', [registered], { sender: OWNER }));
  ok(await canister.call('grant_agent', [newGrant({ user_id: USER, agent: bot })], PHONE));
  ok(await canister.call('withdraw_agent', [{ user_id: USER, agent: bot }], PHONE));
  ok(await canister.call('block_agent', [{ user_id: USER, agent: bot }], PHONE));
  ok(await canister.call('unblock_agent', [{ user_id: USER, agent: bot }], PHONE));
  await createSession(canister);
  const ended = await createSession(canister);
  ok(await canister.call('update_agent_session', [ended, ['t'], [], []]));
  ok(await canister.call('end_agent_session', [ended]));
  await storeCredentials(canister);
  ok(await canister.call('update_agent_credentials', [USER, GITHUB, ['t'], [], [], [], [], []]));
  ok(await canister.call('lease_agent_credentials', [{ ...ABOUT, purpose: 'p', duration_ns: [] }]));
  const { fencing } = ok(await canister.call('begin_token_refresh', [ABOUT]));
  const outcome = { failed: { reason: '503' } };
  ok(await canister.call('complete_token_refresh', [{ ...ABOUT, fencing, outcome }]));
  const again = ok(await canister.call('begin_token_refresh', [ABOUT]));
  const refreshed = { token: 't', token_data: [] as [], expires_at: [] as [] };
  const recovered = { ...ABOUT, fencing: again.fencing, outcome: { refreshed } };
  ok(await canister.call('complete_token_refresh', [recovered]));
  ok(await canister.call('revoke_credentials', [ABOUT]));
  await storeCredentials(canister, { expiresAt: canister.now() + HOUR });
  for (const type of ACTIVITY_TYPES.slice(9))
    await canister.call('log_agent_activity', [USER, GITHUB, type, 'd', []]);
  await canister.advance(25n * HOUR);
  await storeInteraction(canister);
  await storeCredentials(canister);
  const { recipients } = ok(await canister.query('get_sealing_keys', [ABOUT]));
  const [token] = (await canister.query('get_agent_credentials', [USER, GITHUB])).map(
    (stored) => stored.token,
  );
  const replacement = { digest: digestOf(token ?? ''), sealed: sealedText('token', recipients) };
  ok(await canister.call('reseal_credentials', [{ ...ABOUT, new_token: [replacement], new_token_data: [] }]));
  const recipient = recipients[2] ?? { kind: { agent_type: null }, epoch: 0n };
  const transport_public_key = TransportSecretKey.random().publicKeyBytes();
  ok(
    await canister.call('derive_opening_key', [
      { ...ABOUT, session_id: [], recipient, transport_public_key },
    ]),
  );
  ok(await canister.call('set_account_privacy', [{ ...ABOUT, is_private: true }], PHONE));
  ok(await canister.call('unlink_user', [{ user_id: USER }], PHONE));
  return canister;
}

/** Each method of the seed: arguments that it takes, and some that it refuses. */
const CALLS: Readonly<Record<string, readonly [taken: unknown[], refused?: unknown[]]>> = {
  get_agent_session: [['ses-0000000000000001'], ['']],
  get_user_agent_sessions: [[USER], ['']],
  get_agent_credentials: [
    [USER, GITHUB],
    ['', GITHUB],
  ],
  get_user_agent_credentials: [[USER], ['']],
  get_agent_interaction: [['int-0000000000000001'], ['']],
  get_user_agent_interactions: [
    [USER, []],
    [USER, [0]],
  ],
  get_agent_type_interactions: [
    [USER, GITHUB, [5]],
    [USER, GITHUB, [501]],
  ],
  get_user_agent_activities: [
    [USER, [500]],
    [USER, [0]],
  ],
  get_agent_status: [[USER], ['']],
  create_agent_session: [
    [USER, GITHUB, ['t'], ['p'], ['r']],
    ['', GITHUB, [], [], []],
  ],
  update_agent_session: [
    ['ses-0000000000000003', ['t'], [], []],
    ['ses-00000000000000ff', [], [], []],
  ],
  end_agent_session: [['ses-0000000000000003'], ['ses-0000000000000003']],
  update_agent_credentials: [
    [USER, GITHUB, ['t'], [], [], [], [], []],
    [USER, { Gmail: null }, [], [], [], [], [], []],
  ],
  store_agent_credentials: [
    [USER, GITHUB, 't', ['{}'], ['w'], [['a', 'b']], ['r'], []],
    [USER, GITHUB, 't', ['{'], [], [], [], []],
  ],
  store_agent_interaction: [
    [USER, GITHUB, 'm', 'r', true, ['{}']],
    [USER, GITHUB, '', 'r', true, []],
  ],
  log_agent_activity: [
    [USER, GITHUB, { EmailSent: null }, 'd', []],
    [USER, GITHUB, { EmailSent: null }, '', []],
  ],
  cleanup_expired_sessions: [[]],
  cleanup_expired_credentials: [[]],
};

describe('variants of results that grow', () => {
  it('leave the replies of the seed to every method as its interface has them, whatever happened', async () => {
    const canister = await setupHistory();
    const kinds = (await activitiesOf(canister, USER, { limit: 500 })).map((activity) =>
      optionOf(activity.activity_type),
    );
    const every = [...ACTIVITY_TYPES, ...SERVICE_ACTIVITY_TYPES].map(optionOf);
    expect([...new Set(kinds)].sort()).toEqual(every.sort());
    expect(Object.keys(CALLS).sort()).toEqual([...methods.keys()].sort());
    for (const [name, [taken, refused]] of Object.entries(CALLS)) {
      const answer = await callBySeed(canister, name, taken);
      expect([name, answer]).toHaveProperty('1.value');
      if (typeof answer.value === 'object') expect([name, answer.value]).not.toHaveProperty('1.Err');
      const hasResult = 'Ok' in Object(answer.value);
      for (const [args, sender] of [
        [refused, AGENT],
        [taken, STRANGER],
      ] as const) {
        if (args === undefined) continue;
        const refusal = await callBySeed(canister, name, [...args], sender);
        expect([name, refusal]).toHaveProperty(hasResult ? '1.value.Err' : '1.reject');
      }
    }
  });

  it('leave the kinds of activities that the seed has, told by the nearest or left out', async () => {
    const canister = await setupHistory();
    const all = await activitiesOf(canister, USER, { limit: 500 });
    const told = all.flatMap(({ activity_type, ...rest }) => {
      const kind = optionOf(activity_type);
      const nearest = { SessionExpired: 'SessionEnded', TokenRefreshFailed: 'ErrorOccurred' }[kind] ?? kind;
      return SEED_ACTIVITY_TYPES.includes(nearest as never)
        ? [{ ...rest, activity_type: { [nearest]: null } }]
        : [];
    });
    expect(told.length).toBeLessThan(all.length);
    const listed = await canister.query('get_user_agent_activities', [USER, [500]]);
    expect(listed).toEqual(told);
    expect(await canister.query('get_user_agent_activities', [USER, [7]])).toEqual(told.slice(0, 7));
  });

  it('keep an agent of some agent types to those', async () => {
    const canister = await setupHistory();
    const sender = principal(33);
    const agent = newAgent({ agent: sender, agent_types: [[{ Gmail: null }]] });
    ok(await canister.call('add_agent', [agent], { sender: OWNER }));
    await canister.call('log_agent_activity', [USER, { Gmail: null }, { TokenRevoked: null }, 'd', []]);
    await canister.call('log_agent_activity', [USER, { Gmail: null }, { EmailSent: null }, 'd', []]);
    const listed = await canister.query('get_user_agent_activities', [USER, []], { sender });
    expect(listed.map(({ activity_type }) => optionOf(activity_type))).toEqual(['EmailSent']);
  });

  it('bound how many activities a list passes over', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await canister.call('log_agent_activity', [USER, GITHUB, { EmailSent: null }, 'd', []]);
    await Promise.all(
      Array.from({ length: 1999 }, () =>
        canister.call('log_agent_activity', [USER, GITHUB, { TokenRevoked: null }, 'd', []]),
      ),
    );
    const list = async () =>
      (await canister.query('get_user_agent_activities', [USER, []])).map(({ activity_type }) =>
        optionOf(activity_type),
      );
    expect(await list()).toEqual(['EmailSent']);
    expect(canister.instructionsOf('get_user_agent_activities')).toBeLessThan(500_000_000);
    await canister.call('log_agent_activity', [USER, GITHUB, { TokenRevoked: null }, 'd', []]);
    expect(await list()).toEqual([]);
  });
});
