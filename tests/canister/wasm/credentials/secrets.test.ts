import { describe, expect, it } from 'vitest';
import {
  activitiesOf,
  GITHUB,
  newAgent,
  newCredentials,
  newGrant,
  newSettings,
  optionOf,
  storeCredentials,
} from '../../support/records.ts';
import {
  AGENT,
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  START,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const MARKER = 'MARKER-TOKEN';
const ACCOUNT = { user_id: 'user-1', agent_type: GITHUB, account: [] as [] | [string] };
const WORK = { ...ACCOUNT, account: ['work'] as [string] };
const OTHER = principal(30);

async function stateOf(canister: WasmCanister) {
  const [info] = ok(await canister.query('list_credentials', [{ user_id: 'user-1', agent_type: [] }]));
  return { ...info, state: optionOf(info?.state ?? {}) };
}

describe('leases', () => {
  it('give a token by an update that leaves who, what for and how long', async () => {
    const canister = await setupCanister();
    ok(await canister.call('store_credentials', [newCredentials({ ...WORK, token: MARKER })]));
    const request = { ...WORK, purpose: 'to read issues', duration_ns: [SECOND] as [bigint] };
    const lease = ok(await canister.call('lease_agent_credentials', [request]));
    expect(lease).toMatchObject({ credentials: { token: MARKER }, lease_until: START + SECOND });
    const [activity] = await activitiesOf(canister, 'user-1', { limit: 1 });
    expect(activity).toMatchObject({
      activity_type: { TokenLeased: null },
      actor: AGENT,
      metadata: [`{"account":"work","purpose":"to read issues","until":"${START + SECOND}"}`],
    });
  });

  it('are refused to the second at which the token expires, whatever the timer does', async () => {
    const canister = await setupCanister();
    await storeCredentials(canister, { expiresAt: START + HOUR });
    const lease = { ...ACCOUNT, purpose: 'p', duration_ns: [] as [] };
    await canister.advance(HOUR - 1n);
    ok(await canister.call('lease_agent_credentials', [lease]));
    await canister.advance(1n);
    expect(await canister.call('lease_agent_credentials', [lease])).toHaveProperty('Err.Expired');
    expect(await canister.query('get_agent_credentials', ['user-1', GITHUB])).toEqual([]);
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toEqual([]);
  });
});

describe('a refresh', () => {
  it('belongs to one of two agents that begin at the same time', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    await storeCredentials(canister);
    const begun = await Promise.all(
      [AGENT, OTHER].map((sender) => canister.call('begin_token_refresh', [ACCOUNT], { sender })),
    );
    expect(begun.map((result) => optionOf(result)).sort()).toEqual(['Err', 'Ok']);
    expect(begun.find((result) => 'Err' in result)).toHaveProperty('Err.Conflict');
  });

  it('that another completed before stores nothing', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    await storeCredentials(canister);
    const slow = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
    await canister.advance(slow.deadline - canister.now());
    const fast = ok(await canister.call('begin_token_refresh', [ACCOUNT], { sender: OTHER }));
    const complete = (fencing: bigint, token: string, sender = AGENT) => {
      const outcome = { refreshed: { token, token_data: [] as [], expires_at: [] as [] } };
      return canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome }], { sender });
    };
    const results = await Promise.all([complete(fast.fencing, 'new', OTHER), complete(slow.fencing, MARKER)]);
    expect(results).toMatchObject([{ Ok: null }, { Err: { Conflict: {} } }]);
    expect(await canister.query('get_agent_credentials', ['user-1', GITHUB])).toMatchObject([
      { token: 'new' },
    ]);
    expect(canister.countInStable(MARKER)).toBe(0);
  });

  it('goes on over an upgrade, and no number comes twice', async () => {
    const canister = await setupCanister();
    await storeCredentials(canister);
    const { fencing } = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
    await canister.upgrade();
    expect(await canister.call('begin_token_refresh', [ACCOUNT])).toHaveProperty('Err.Conflict');
    ok(await canister.call('revoke_credentials', [ACCOUNT]));
    await canister.upgrade();
    const outcome = { failed: { reason: 'r' } };
    expect(await canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome }])).toHaveProperty(
      'Err.Conflict',
    );
    await storeCredentials(canister);
    const next = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
    expect(next.fencing).toBeGreaterThan(fencing);
    await canister.upgrade();
    ok(await canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing: next.fencing, outcome }]));
    expect(await stateOf(canister)).toMatchObject({ state: 'refresh_failed', state_reason: ['r'] });
  });
});

describe('the setting query_tokens', () => {
  it('keeps tokens from the queries of third-party agents, until an admin says otherwise, over upgrades', async () => {
    const canister = await setupCanister();
    const [admin, user] = [{ sender: OWNER }, { sender: principal(20) }];
    const user_id = user.sender.toText();
    const scope: [{ granted_users: null }] = [{ granted_users: null }];
    ok(await canister.call('add_agent', [newAgent({ agent: OTHER, scope })], admin));
    ok(await canister.call('grant_agent', [newGrant({ user_id, agent: OTHER })], user));
    await storeCredentials(canister, { userId: user_id, token: MARKER });
    const tokens = async () => {
      const read = [];
      for (const sender of [AGENT, user.sender, OTHER]) {
        const [one] = await canister.query('get_agent_credentials', [user_id, GITHUB], { sender });
        const [listed] = await canister.query('get_user_agent_credentials', [user_id], { sender });
        expect(listed).toEqual(one);
        read.push(one?.token);
      }
      return read;
    };
    expect(await canister.query('get_settings', [{}], admin)).toMatchObject({
      Ok: { query_tokens: { first_party: null } },
    });
    expect(await tokens()).toEqual([MARKER, MARKER, '']);
    for (const [query_tokens, expected] of [
      [{ everybody: null }, [MARKER, MARKER, MARKER]],
      [{ nobody: null }, ['', '', '']],
    ] as const) {
      ok(await canister.call('update_settings', [newSettings({ query_tokens: [query_tokens] })], admin));
      expect(await tokens()).toEqual(expected);
      await canister.upgrade();
      expect(await canister.query('get_settings', [{}], admin)).toMatchObject({ Ok: { query_tokens } });
      expect(await tokens()).toEqual(expected);
    }
    ok(await canister.call('update_settings', [newSettings()], admin));
    expect(await tokens()).toEqual(['', '', '']);
    const lease = { ...ACCOUNT, user_id, purpose: 'p', duration_ns: [] as [] };
    for (const sender of [AGENT, user.sender, OTHER]) {
      expect(ok(await canister.call('lease_agent_credentials', [lease], { sender }))).toMatchObject({
        credentials: { token: MARKER },
      });
    }
  });
});

describe('a token that is gone', () => {
  const ends: [string, (canister: WasmCanister) => Promise<unknown>][] = [
    ['revoked', (canister) => canister.call('revoke_credentials', [ACCOUNT])],
    ['expired with its grant', (canister) => canister.advance(181n * 24n * HOUR)],
    ['replaced by a shorter one', (canister) => storeCredentials(canister, { token: 't' })],
    ['replaced by a longer one', (canister) => storeCredentials(canister, { token: 't'.repeat(2000) })],
    [
      'refreshed',
      async (canister) => {
        const { fencing } = ok(await canister.call('begin_token_refresh', [ACCOUNT]));
        const refreshed = { token: 'n', token_data: ['{}'] as [string], expires_at: [] as [] };
        ok(await canister.call('complete_token_refresh', [{ ...ACCOUNT, fencing, outcome: { refreshed } }]));
      },
    ],
  ];
  for (const [what, end] of ends) {
    it(`since it was ${what} is nowhere in stable memory`, async () => {
      const canister = await setupCanister();
      const secrets = { token: MARKER, token_data: [`{"refresh":"${MARKER}"}`] as [string] };
      const expires_at: [bigint] = [START + HOUR];
      ok(await canister.call('store_credentials', [newCredentials({ ...secrets, expires_at })]));
      ok(await canister.call('lease_agent_credentials', [{ ...ACCOUNT, purpose: 'p', duration_ns: [] }]));
      expect(canister.countInStable(MARKER)).toBe(2);
      await end(canister);
      expect(canister.countInStable(MARKER)).toBe(0);
    });
  }
});
