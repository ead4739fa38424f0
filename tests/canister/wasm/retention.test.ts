import { describe, expect, it } from 'vitest';
import {
  activitiesOf,
  GMAIL,
  interactionPage,
  newSettings,
  raiseRates,
  someRetention,
  storeInteraction,
} from '../support/records.ts';
import { HOUR, OWNER, ok, SECOND, setupCanister, type WasmCanister } from '../support/wasm-canister.ts';

const DAY = 24n * HOUR;
const SOON = 90n * SECOND;

async function keep(canister: WasmCanister, set: Parameters<typeof someRetention>[0]): Promise<void> {
  const request = newSettings({ retention: [someRetention(set)] });
  ok(await canister.call('update_settings', [request], { sender: OWNER }));
}

async function storeMany(canister: WasmCanister, count: number, userId = 'user-1'): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => storeInteraction(canister, { userId })));
}

async function listed(canister: WasmCanister, userId = 'user-1') {
  const interactions = await canister.query('get_user_agent_interactions', [userId, [500]]);
  const activities = await activitiesOf(canister, userId, { limit: 500 });
  return { interactions: interactions.map(({ id }) => id), activities: activities.map(({ id }) => id) };
}

describe('retention', () => {
  it('removes what is older than so many days by itself, day by day', async () => {
    const canister = await setupCanister();
    await keep(canister, { interactions_days: 2n });
    const ids: string[] = [];
    for (let day = 0; day < 5; day++) {
      ids.unshift(await storeInteraction(canister));
      await canister.advance(DAY + SOON);
    }
    const { interactions, activities } = await listed(canister);
    expect(interactions).toEqual(ids.slice(0, interactions.length));
    expect(interactions.length).toBeLessThanOrEqual(2);
    expect(interactions.length).toBeGreaterThanOrEqual(1);
    expect(activities).toHaveLength(5);
    expect(await canister.query('get_agent_interaction', [ids[4] ?? ''])).toEqual([]);
    const status = await canister.query('get_agent_status', ['user-1']);
    expect(status.recent_interactions).toBe(interactions.length);
    const usage = ok(await canister.query('get_usage', [{ user_id: 'user-1' }]));
    expect(usage.interactions.used).toBe(BigInt(interactions.length));
  });

  it('keeps the newest of each user, of whatever age, also of those stored before an upgrade', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const ids = await storeMany(canister, 60);
    const mail = await storeInteraction(canister, { agentType: GMAIL });
    const theirs = await storeMany(canister, 10, 'user-2');
    await canister.upgrade();
    await keep(canister, { interactions_newest: 10n, activities_newest: 20n });
    await canister.advance(SOON);
    const { interactions, activities } = await listed(canister);
    expect(interactions).toEqual([mail, ...ids.slice(51).toReversed()]);
    expect(activities).toHaveLength(20);
    expect((await listed(canister, 'user-2')).interactions).toEqual(theirs.toReversed());
    const page = ok(await canister.query('list_interactions', interactionPage({ agent_type: [GMAIL] })));
    expect(page).toMatchObject({ items: [{ id: mail }], next_cursor: [] });
    const next = await storeInteraction(canister);
    expect((await listed(canister)).interactions[0]).toBe(next);
  });

  it('takes more than a message may do in several, goes on after an upgrade, and frees what is counted', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await storeMany(canister, 1500);
    const before = ok(await canister.query('get_usage', [{ user_id: 'user-1' }])).bytes.used;
    await keep(canister, { interactions_newest: 100n, activities_newest: 100n });
    const started = canister.executions.length;
    await canister.upgrade();
    await canister.advance(SOON);
    expect(await listed(canister)).toMatchObject({
      interactions: { length: 100 },
      activities: { length: 100 },
    });
    const after = ok(await canister.query('get_usage', [{ user_id: 'user-1' }])).bytes.used;
    expect(Number(after)).toBeCloseTo(Number(before) / 15, -3);
    const costs = canister.executions
      .slice(started)
      .filter(({ methodName }) => methodName?.includes('timer_executor'))
      .map(({ instructions }) => Number(instructions));
    expect(costs.filter((cost) => cost > 20_000_000).length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...costs)).toBeLessThan(1_000_000_000);
  });

  it('comes back after an upgrade in the middle of its rest', async () => {
    const canister = await setupCanister();
    await keep(canister, { interactions_days: 1n });
    await canister.advance(SOON);
    await storeInteraction(canister);
    await canister.upgrade();
    await canister.advance(2n * DAY);
    expect((await listed(canister)).interactions).toEqual([]);
  });
});
