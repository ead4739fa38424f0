import { describe, expect, it } from 'vitest';
import { TASK_WORK } from '../../../../src/canister/policy/limits/limits.ts';
import {
  activitiesOf,
  createSession,
  GITHUB,
  GMAIL,
  optionOf,
  raiseRates,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import { HOUR, SECOND, START, setupCanister, type WasmCanister } from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;

/** What is due runs within this: expiries of the same minute are handled together. */
const SOON = 90n * SECOND;

async function newestActivity(canister: WasmCanister, userId = 'user-1') {
  const [newest] = await activitiesOf(canister, userId, { limit: 1 });
  return newest;
}

async function activeSessions(canister: WasmCanister): Promise<number> {
  return (await canister.query('get_agent_status', ['user-1'])).active_sessions;
}

describe('expiry by itself', () => {
  it('ends a session in which nothing happened for a day, in the name of the service', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await canister.advance(DAY - SECOND);
    expect(await activeSessions(canister)).toBe(1);
    await canister.advance(SOON);
    expect(await canister.query('get_agent_session', [id])).toMatchObject([
      { is_active: false, ended_at: [canister.now()], expires_at: START + DAY },
    ]);
    expect(await activeSessions(canister)).toBe(0);
    expect(await newestActivity(canister)).toMatchObject({
      activity_type: { SessionExpired: null },
      description: 'Session expired',
      metadata: [`{"session_id":"${id}"}`],
      timestamp: canister.now(),
      actor: canister.id,
    });
  });

  const touches: [string, (canister: WasmCanister, id: string) => Promise<unknown>][] = [
    ['an update', (canister, id) => canister.call('update_agent_session', [id, [], [], []])],
    ['an interaction', (canister) => storeInteraction(canister)],
  ];
  for (const [what, touch] of touches) {
    it(`keeps a session going for a day after ${what}`, async () => {
      const canister = await setupCanister();
      const id = await createSession(canister);
      await canister.advance(20n * HOUR);
      await touch(canister, id);
      await canister.advance(DAY - SECOND);
      expect(await activeSessions(canister)).toBe(1);
      await canister.advance(SOON);
      expect(await activeSessions(canister)).toBe(0);
    });
  }

  it('removes credentials once their time is over, and no others', async () => {
    const canister = await setupCanister();
    await storeCredentials(canister, { expiresAt: START + HOUR });
    await storeCredentials(canister, { agentType: GMAIL });
    await canister.advance(HOUR - SECOND);
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toHaveLength(2);
    await canister.advance(SOON);
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toMatchObject([
      { agent_type: GMAIL },
    ]);
    expect(await canister.query('get_agent_status', ['user-1'])).toMatchObject({ connected_agents: 1 });
    expect(await newestActivity(canister)).toMatchObject({
      activity_type: { TokenExpired: null },
      agent_type: GITHUB,
      description: 'Credentials expired',
      metadata: [],
      actor: canister.id,
    });
  });

  it('forgets the old time of credentials that were stored or updated with a later one', async () => {
    const canister = await setupCanister();
    await storeCredentials(canister, { expiresAt: START + HOUR });
    await storeCredentials(canister, { agentType: GMAIL, expiresAt: START + HOUR });
    await storeCredentials(canister, { expiresAt: START + 3n * HOUR });
    await canister.call('update_agent_credentials', [
      'user-1',
      GMAIL,
      [],
      [],
      [],
      [],
      [],
      [START + 3n * HOUR],
    ]);
    await canister.advance(2n * HOUR);
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toHaveLength(2);
    await canister.advance(HOUR + SOON);
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toEqual([]);
  });

  it('comes in time for whatever ends first, in whatever order it was stored', async () => {
    const canister = await setupCanister();
    const hours = [1000n, 48n, 2n, 30n, 1n];
    for (const hour of hours) {
      await storeCredentials(canister, { userId: `user-${hour}`, expiresAt: START + hour * HOUR });
      await createSession(canister);
    }
    for (const hour of hours.toSorted((left, right) => Number(left - right))) {
      const userId = `user-${hour}`;
      await canister.advance(START + hour * HOUR - SECOND - canister.now());
      expect(await canister.query('get_agent_credentials', [userId, GITHUB])).toHaveLength(1);
      await canister.advance(SOON);
      expect(await canister.query('get_agent_credentials', [userId, GITHUB])).toEqual([]);
    }
    expect(await activeSessions(canister)).toBe(0);
  });

  it('takes more than a batch in several messages', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await Promise.all(Array.from({ length: 450 }, () => createSession(canister)));
    await canister.advance(DAY - HOUR);
    const before = canister.executions.length;
    await canister.advance(HOUR + SOON);
    expect(await activeSessions(canister)).toBe(0);
    const costs = canister.executions.slice(before).map(({ instructions }) => Number(instructions));
    // One session more than the work of a message allows, each some 3 M.
    expect(Math.max(...costs)).toBeLessThan(TASK_WORK * 1.1);
    expect(costs.filter((cost) => cost > TASK_WORK / 10).length).toBeGreaterThan(1);
    const activities = await activitiesOf(canister, 'user-1', { limit: 450 });
    expect(activities.map(({ activity_type }) => optionOf(activity_type))).toEqual(
      Array.from({ length: 450 }, () => 'SessionExpired'),
    );
  });

  it('wakes the canister three times where something ends: to look, to end it, and to see that this went well', async () => {
    const canister = await setupCanister();
    const hours = 30;
    for (let i = 0; i < hours; i++) {
      for (const agentType of [GITHUB, GMAIL]) {
        await storeCredentials(canister, { agentType, expiresAt: canister.now() + HOUR });
      }
      await createSession(canister);
      await canister.advance(HOUR + SOON);
    }
    const runs = canister.executions.filter(({ methodName }) => methodName?.includes('timer_executor'));
    expect(runs.length).toBeLessThanOrEqual(3 * hours + 10);
  });

  it('goes on after an upgrade', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await storeCredentials(canister, { expiresAt: START + HOUR });
    await canister.upgrade();
    await canister.advance(HOUR + SOON);
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toEqual([]);
    await canister.upgrade();
    await canister.advance(DAY);
    expect(await activeSessions(canister)).toBe(0);
  });

  it('takes up what came due while the canister was stopped', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await canister.stop();
    await canister.advance(2n * DAY);
    await canister.start();
    await canister.advance(SOON);
    expect(await activeSessions(canister)).toBe(0);
    await createSession(canister);
    await canister.advance(DAY + SOON);
    expect(await activeSessions(canister)).toBe(0);
  });
});

describe('expiry on demand', () => {
  it('ends the sessions that are due, and says how many', async () => {
    const canister = await setupCanister();
    const [idle, , ended] = [
      await createSession(canister),
      await createSession(canister),
      await createSession(canister),
    ];
    await canister.call('end_agent_session', [ended]);
    await canister.advance(DAY - SECOND);
    await storeInteraction(canister);
    expect(await canister.call('cleanup_expired_sessions', [])).toBe(0);
    await canister.advance(SECOND);
    expect(await canister.call('cleanup_expired_sessions', [])).toBe(1);
    expect(await canister.query('get_agent_session', [idle])).toMatchObject([{ is_active: false }]);
    expect(await newestActivity(canister)).toMatchObject({ actor: canister.id });
    expect(await canister.call('cleanup_expired_sessions', [])).toBe(0);
    expect(await activeSessions(canister)).toBe(1);
  });

  it('removes the credentials that are due, and says how many', async () => {
    const canister = await setupCanister();
    for (const userId of ['a', 'b', 'c'])
      await storeCredentials(canister, { userId, expiresAt: START + HOUR });
    await storeCredentials(canister, { userId: 'd', expiresAt: START + HOUR + 1n });
    await canister.advance(HOUR);
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(3);
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(0);
    expect(await canister.query('get_agent_credentials', ['d', GITHUB])).toHaveLength(1);
  });

  it('takes up to 200 a call', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await Promise.all(
      Array.from({ length: 250 }, (_, i) =>
        storeCredentials(canister, { userId: `user-${i}`, expiresAt: START + HOUR }),
      ),
    );
    await canister.advance(HOUR);
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(200);
    expect(await canister.call('cleanup_expired_credentials', [])).toBe(50);
  });
});
