import { describe, expect, it } from 'vitest';
import { QUERY_METHODS } from '../../../../src/candid/query-methods.ts';
import {
  createSession,
  GITHUB,
  newActivity,
  newAgent,
  newInteraction,
  newSettings,
  someLimits,
  someRetention,
  storeInteraction,
} from '../../support/records.ts';
import {
  AGENT,
  CONTROLLER,
  decodeReply,
  encodeArgs,
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const OTHER = principal(5);
const ADMIN = { sender: OWNER };

async function setLimits(canister: WasmCanister, set: Parameters<typeof someLimits>[0]): Promise<void> {
  const request = newSettings({ limits: [someLimits(set)] });
  ok(await canister.call('update_settings', [request], ADMIN));
}

/** Stores as many interactions at once, each for another user unless told; returns the results. */
function storeMany(canister: WasmCanister, count: number, { sender = AGENT, userId = '' } = {}) {
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const user_id = userId === '' ? `user-${i}` : userId;
      return canister.call('store_interaction', [newInteraction({ user_id })], { sender });
    }),
  );
}

const isOk = (result: object) => 'Ok' in result;

describe('the rate of calls', () => {
  it('of one agent ends after its burst, and other agents do not notice', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    const results = await storeMany(canister, 1000);
    expect(results.filter(isOk)).toHaveLength(200);
    expect(results.slice(0, 200).every(isOk)).toBe(true);
    const refused = { Err: { RateLimited: { retry_after_ns: SECOND / 20n } } };
    expect(results.slice(200)).toEqual(Array.from({ length: 800 }, () => refused));
    const others = await storeMany(canister, 200, { sender: OTHER });
    expect(others.every(isOk)).toBe(true);
    expect(await canister.query('get_user_agent_interactions', ['user-0', []])).toHaveLength(2);
  });

  it('about one user ends after their burst, and other users do not notice', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    const results = [
      ...(await storeMany(canister, 70, { userId: 'a' })),
      ...(await storeMany(canister, 70, { userId: 'a', sender: OTHER })),
    ];
    expect(results.map(isOk)).toEqual(results.map((_, i) => i < 100));
    expect(results[139]).toEqual({ Err: { RateLimited: { retry_after_ns: SECOND / 5n } } });
    expect(await canister.call('store_interaction', [newInteraction()])).toHaveProperty('Ok');
  });

  it('counts what is about a session towards its user', async () => {
    const canister = await setupCanister();
    const session = await createSession(canister);
    await setLimits(canister, { user_burst: 1n });
    expect(await canister.call('update_agent_session', [session, [], [], []])).toHaveProperty(
      'Err.RateLimited',
    );
  });

  it('comes back as time goes by', async () => {
    const canister = await setupCanister();
    await setLimits(canister, { caller_burst: 2n, caller_per_minute: 60n });
    const allowed = async () => (await storeMany(canister, 5)).filter(isOk).length;
    expect(await allowed()).toBe(2);
    expect(await allowed()).toBe(0);
    await canister.advance(SECOND - 1n);
    expect(await allowed()).toBe(0);
    await canister.advance(1n);
    expect(await allowed()).toBe(1);
    await canister.advance(100n * SECOND);
    expect(await allowed()).toBe(2);
  });

  it('refuses before anything is read or written, everybody by the same rule', async () => {
    const canister = await setupCanister();
    await setLimits(canister, { caller_burst: 1n });
    await canister.advance(60n * SECOND);
    const stranger = principal(30);
    for (const sender of [AGENT, OWNER, CONTROLLER, stranger]) {
      await canister.call('add_agent', [newAgent({ agent: OTHER })], { sender });
      const before = canister.stableDigest();
      const name = 'x'.repeat(1000);
      const again = await canister.call('add_agent', [newAgent({ agent: OTHER, name })], { sender });
      expect(again).toHaveProperty('Err.RateLimited');
      expect(canister.stableDigest()).toBe(before);
      expect(canister.instructionsOf('add_agent')).toBeLessThan(1_500_000);
    }
  });

  it('refuses queries that are sent as updates, too, for their rate: no timer can be set in one', async () => {
    const canister = await setupCanister();
    await setLimits(canister, { caller_burst: 1n, user_burst: 1n });
    for (const name of QUERY_METHODS) {
      // Long enough that no timer waits, which another refusal set.
      await canister.advance(600n * SECOND);
      await canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', []]);
      const outcome = await canister.rawCall(name, encodeArgs('list_tasks', [{}]));
      const told =
        outcome.kind === 'replied' ? Buffer.from(outcome.reply).toString('latin1') : outcome.reject.message;
      expect(told, name).not.toContain('violated contract');
      if (outcome.kind === 'rejected') expect(told, name).toContain('RateLimited');
      else expect(Object.keys(decodeReply(name as 'list_tasks', outcome)), name).toEqual(['Err']);
    }
  });

  it('is told as a reject where the result has no Err', async () => {
    const canister = await setupCanister();
    await setLimits(canister, { caller_burst: 1n });
    const log = () => canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', []]);
    await log();
    await expect(log()).rejects.toThrow('RateLimited: retry after 50000000 ns');
  });

  it('does not count queries', async () => {
    const canister = await setupCanister();
    await setLimits(canister, { caller_burst: 1n, user_burst: 1n });
    for (let i = 0; i < 5; i++) await canister.query('get_agent_status', ['user-1']);
    await storeInteraction(canister);
    for (let i = 0; i < 5; i++) await canister.query('get_agent_status', ['user-1']);
  });

  it('of an agent is what was set for it, and that stays through upgrades, while buckets are full after one', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    const limits = someLimits({ caller_burst: 3n, interactions: 2n });
    ok(await canister.call('set_agent_limits', [{ agent: AGENT, limits }], ADMIN));
    for (let i = 0; i < 2; i++) {
      expect((await storeMany(canister, 10)).filter(isOk)).toHaveLength(3);
      await canister.upgrade();
    }
    expect(await canister.query('get_agent_limits', [{ agent: AGENT }], ADMIN)).toEqual({ Ok: limits });
    const [result] = await storeMany(canister, 1, { userId: 'user-0' });
    expect(result).toEqual({ Err: { QuotaExceeded: { resource: 'interactions', limit: 2n } } });
    expect((await storeMany(canister, 50, { sender: OTHER })).filter(isOk)).toHaveLength(50);
  });
});

describe('settings', () => {
  it('are the defaults at first, and what was set after an upgrade', async () => {
    const canister = await setupCanister();
    const before = ok(await canister.query('get_settings', [{}], ADMIN));
    expect(before).toEqual({
      limits: {
        caller_burst: 200n,
        caller_per_minute: 1200n,
        user_burst: 100n,
        user_per_minute: 300n,
        active_sessions: 1000n,
        total_sessions: 100_000n,
        credentials: 100n,
        interactions: 1_000_000n,
        bytes: 2n ** 30n,
      },
      retention: {
        interactions_days: 0n,
        interactions_newest: 0n,
        activities_days: 0n,
        activities_newest: 0n,
      },
      pending_retention: [],
      query_tokens: { first_party: null },
      sealing: [{ accept: null }],
    });
    const request = newSettings({
      limits: [someLimits({ bytes: 2n ** 40n, user_burst: 7n })],
      retention: [someRetention({ activities_newest: 9n })],
    });
    ok(await canister.call('update_settings', [request], ADMIN));
    await canister.upgrade();
    expect(ok(await canister.query('get_settings', [{}], ADMIN))).toEqual({
      limits: { ...before.limits, bytes: 2n ** 40n, user_burst: 7n },
      retention: before.retention,
      pending_retention: [
        {
          effective_at: canister.now() + 24n * HOUR,
          retention: { ...before.retention, activities_newest: 9n },
        },
      ],
      query_tokens: { first_party: null },
      sealing: [{ accept: null }],
    });
  });

  it('are not changed where one of them is refused', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    const request = newSettings({
      limits: [someLimits({ caller_burst: 5n, bytes: 0n })],
      retention: [someRetention({ interactions_days: 1n })],
    });
    expect(await canister.call('update_settings', [request], ADMIN)).toEqual({
      Err: { InvalidArgument: { field: 'bytes', message: 'must be 1 to 9007199254740991, is 0' } },
    });
    expect(canister.stableDigest()).toBe(before);
  });
});

describe('usage', () => {
  it('shows what is stored against what may be', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await storeInteraction(canister);
    await canister.call('log_activity', [newActivity()]);
    const usage = ok(await canister.query('get_usage', [{ user_id: 'user-1' }]));
    expect(usage).toMatchObject({
      active_sessions: { used: 1n, limit: 1000n },
      total_sessions: { used: 1n, limit: 100_000n },
      credentials: { used: 0n, limit: 100n },
      interactions: { used: 1n, limit: 1_000_000n },
      bytes: { limit: 2n ** 30n },
    });
    expect(usage.bytes.used).toBeGreaterThan(500n);
    const nobody = ok(await canister.query('get_usage', [{ user_id: 'nobody' }]));
    expect(nobody.bytes).toEqual({ used: 0n, limit: 2n ** 30n });
  });

  it('that is over a quota refuses a call before anything is written', async () => {
    const canister = await setupCanister();
    await storeInteraction(canister);
    await setLimits(canister, { interactions: 1n, bytes: 1n, active_sessions: 1n });
    const before = canister.stableDigest();
    const refusal = (resource: string) => ({ Err: { QuotaExceeded: { resource, limit: 1n } } });
    expect(await canister.call('store_interaction', [newInteraction()])).toEqual(refusal('interactions'));
    expect(await canister.call('log_activity', [newActivity()])).toEqual(refusal('bytes'));
    const session = ['user-1', GITHUB, [], [], []] as const;
    expect(await canister.call('create_agent_session', [...session] as never)).toEqual(refusal('bytes'));
    await expect(
      canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', []]),
    ).rejects.toThrow('QuotaExceeded: no more than 1 bytes');
    expect(canister.stableDigest()).toBe(before);
  });
});
