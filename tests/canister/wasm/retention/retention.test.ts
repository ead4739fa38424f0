import { describe, expect, it } from 'vitest';
import {
  ALL_COUNTS,
  activitiesOf,
  GMAIL,
  interactionPage,
  newSettings,
  previewRequest,
  RETENTION_DELAY,
  raiseRates,
  someRetention,
  storeInteraction,
} from '../../support/records.ts';
import {
  HOUR,
  OWNER,
  ok,
  principal,
  SECOND,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;
const SOON = 90n * SECOND;

async function keep(canister: WasmCanister, set: Parameters<typeof someRetention>[0]): Promise<void> {
  const request = newSettings({ retention: [someRetention(set)] });
  ok(await canister.call('update_settings', [request], { sender: OWNER }));
}

/** As `keep`, when it has taken effect, and what it removes is removed. */
async function keepSince(canister: WasmCanister, set: Parameters<typeof someRetention>[0]): Promise<void> {
  await keep(canister, set);
  await canister.advance(RETENTION_DELAY);
}

async function settingsOf(canister: WasmCanister) {
  const { retention, pending_retention } = ok(await canister.query('get_settings', [{}], { sender: OWNER }));
  return { inForce: retention, pending: pending_retention[0] };
}

/** The description of each entry about settings, the oldest first. */
async function told(canister: WasmCanister): Promise<string[]> {
  const request = { from: [1n] as [bigint], limit: [500] as [number] };
  const { entries } = ok(await canister.query('get_audit_entries', [request], { sender: OWNER }));
  return entries.flatMap(({ content: [content] }) =>
    content?.kind === 'SettingsChanged' ? [content.description] : [],
  );
}

async function storeMany(canister: WasmCanister, count: number, userId = 'user-1'): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => storeInteraction(canister, { userId })));
}

function noRetention() {
  return { interactions_days: 0n, interactions_newest: 0n, activities_days: 0n, activities_newest: 0n };
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
    await keepSince(canister, { interactions_newest: 10n, activities_newest: 20n });
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
    await canister.advance(RETENTION_DELAY);
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
    await keepSince(canister, { interactions_days: 1n });
    await storeInteraction(canister);
    await canister.upgrade();
    await canister.advance(2n * DAY);
    expect((await listed(canister)).interactions).toEqual([]);
  });
});

describe('a retention that keeps less than before', () => {
  it('removes nothing for a day, says from when it will, and removes then', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const ids = await storeMany(canister, 12);
    await keep(canister, { interactions_newest: 5n });
    const effectiveAt = canister.now() + 24n * HOUR;
    await canister.advance(24n * HOUR - SECOND);
    expect((await listed(canister)).interactions).toHaveLength(12);
    const before = await settingsOf(canister);
    expect(before.inForce.interactions_newest).toBe(0n);
    expect(before.pending).toMatchObject({
      effective_at: effectiveAt,
      retention: { interactions_newest: 5n, activities_newest: 0n },
    });
    await canister.advance(SOON);
    expect((await listed(canister)).interactions).toEqual(ids.slice(7).toReversed());
    const after = await settingsOf(canister);
    expect([after.inForce.interactions_newest, after.pending]).toEqual([5n, undefined]);
    expect(await told(canister)).toEqual([
      'Settings changed',
      'Settings changed, retention pending',
      'Retention in force',
    ]);
  });

  it('is taken back by setting what was in force, up to the last moment, and by that alone', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await storeMany(canister, 12);
    await keep(canister, { interactions_newest: 5n, activities_newest: 6n });
    await canister.advance(20n * HOUR);
    await keep(canister, { interactions_newest: 0n });
    const { pending } = await settingsOf(canister);
    expect(pending?.retention).toMatchObject({ interactions_newest: 0n, activities_newest: 6n });
    await canister.advance(RETENTION_DELAY);
    expect(await listed(canister)).toMatchObject({ interactions: { length: 12 }, activities: { length: 6 } });
    await keep(canister, { interactions_newest: 5n });
    await canister.advance(24n * HOUR - SECOND);
    await keep(canister, { interactions_newest: 0n });
    await canister.advance(30n * DAY);
    expect((await listed(canister)).interactions).toHaveLength(12);
    expect(await settingsOf(canister)).toMatchObject({ pending: undefined });
    expect((await told(canister)).at(-1)).toBe('Settings changed, pending retention taken back');
  });

  it('waits anew where it becomes stricter, and no longer where it becomes looser', async () => {
    const canister = await setupCanister();
    await keep(canister, { interactions_newest: 10n, activities_days: 300n });
    const first = (await settingsOf(canister)).pending?.effective_at ?? 0n;
    await canister.advance(5n * HOUR);
    await keep(canister, { interactions_newest: 20n });
    await keep(canister, { activities_days: 300n });
    expect((await settingsOf(canister)).pending?.effective_at).toBe(first);
    await keep(canister, { interactions_newest: 19n });
    const second = (await settingsOf(canister)).pending;
    expect(second?.effective_at).toBe(canister.now() + 24n * HOUR);
    expect(second?.retention).toMatchObject({ interactions_newest: 19n, activities_days: 300n });
  });

  it('takes effect at once where it keeps more, also beside what keeps less', async () => {
    const canister = await setupCanister();
    await keepSince(canister, { interactions_newest: 5n, activities_days: 10n });
    await keep(canister, { interactions_newest: 50n, activities_days: 9n });
    const { inForce, pending } = await settingsOf(canister);
    expect(inForce).toMatchObject({ interactions_newest: 50n, activities_days: 10n });
    expect(pending?.retention).toMatchObject({ interactions_newest: 50n, activities_days: 9n });
    await keep(canister, { activities_days: 0n });
    expect(await settingsOf(canister)).toMatchObject({
      inForce: { interactions_newest: 50n, activities_days: 0n },
      pending: undefined,
    });
  });

  it('survives upgrades and a long stop, and what was in force goes on meanwhile', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await keepSince(canister, { interactions_newest: 10n });
    await storeMany(canister, 30);
    await keep(canister, { activities_newest: 5n });
    await canister.upgrade();
    await canister.advance(23n * HOUR);
    await canister.upgrade();
    await canister.advance(30n * 60n * SECOND);
    expect((await listed(canister)).activities).toHaveLength(30);
    // Its machine was off, or its clock was set far ahead.
    await canister.advance(400n * DAY);
    expect(await listed(canister)).toMatchObject({ interactions: { length: 10 }, activities: { length: 5 } });
    const { pending, inForce } = await settingsOf(canister);
    expect([pending, inForce.activities_newest]).toEqual([undefined, 5n]);
  });

  it('waits as long as retention_delay_hours said when it was set', async () => {
    const canister = await setupCanister();
    const setDelay = async (hours: bigint) => {
      const changes = [{ name: 'retention_delay_hours', value: [hours] as [bigint] }];
      return canister.call('update_service_limits', [{ changes }], { sender: OWNER });
    };
    expect(await setDelay(0n)).toMatchObject({
      Err: { InvalidArgument: { field: 'retention_delay_hours' } },
    });
    ok(await setDelay(72n));
    await keep(canister, { interactions_days: 9n });
    const effectiveAt = canister.now() + 72n * HOUR;
    ok(await setDelay(1n));
    expect((await settingsOf(canister)).pending?.effective_at).toBe(effectiveAt);
  });
});

describe('what a user is told of it', () => {
  const USER = principal(20);
  const user_id = USER.toText();
  const retentionOf = async (canister: WasmCanister, send: 'query' | 'call' = 'query') =>
    ok(await canister[send]('get_user_retention', [{ user_id }], { sender: USER }));

  it('is what is kept, when less is kept, and how many of their records go then', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await storeMany(canister, 12, user_id);
    await storeMany(canister, 3, 'user-2');
    expect(await retentionOf(canister)).toEqual({
      retention: noRetention(),
      pending_retention: [],
      pending_removals: [],
    });
    await canister.advance(SECOND);
    await keep(canister, { interactions_newest: 5n, activities_days: 1n });
    const effective_at = canister.now() + 24n * HOUR;
    const pending = {
      retention: noRetention(),
      pending_retention: [
        { effective_at, retention: { ...noRetention(), interactions_newest: 5n, activities_days: 1n } },
      ],
      pending_removals: [{ interactions: 7n, activities: 12n }],
    };
    expect(await retentionOf(canister)).toEqual(pending);
    expect(await retentionOf(canister, 'call')).toEqual(pending);
    const nobody = principal(99);
    expect(
      ok(await canister.query('get_user_retention', [{ user_id: nobody.toText() }], { sender: nobody })),
    ).toMatchObject({ pending_removals: [{ interactions: 0n, activities: 0n }] });
    await canister.advance(24n * HOUR + SOON);
    expect(await retentionOf(canister)).toEqual({
      retention: { ...noRetention(), interactions_newest: 5n, activities_days: 1n },
      pending_retention: [],
      pending_removals: [],
    });
    expect(await listed(canister, user_id)).toMatchObject({ interactions: { length: 5 }, activities: [] });
  });

  it('is in the analytics, which count what was removed', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await storeMany(canister, 4, user_id);
    await canister.advance(40n * DAY);
    await storeMany(canister, 6, user_id);
    const removed = async (part = {}) => {
      const request = { user_id, ...ALL_COUNTS, ...part };
      const { totals, interactions_removed } = ok(
        await canister.query('get_user_analytics', [request], { sender: USER }),
      );
      return [totals.interactions, interactions_removed];
    };
    expect(await removed()).toEqual([6n, [0n]]);
    await keepSince(canister, { interactions_newest: 8n });
    expect(await removed()).toEqual([6n, [0n]]);
    expect(await removed({ from: [canister.now() - 60n * DAY] })).toEqual([10n, [2n]]);
    await keepSince(canister, { interactions_newest: 1n });
    expect(await removed()).toEqual([6n, [5n]]);
    await canister.upgrade();
    expect(await removed({ from: [canister.now() - 60n * DAY] })).toEqual([10n, [9n]]);
    await storeMany(canister, 1, user_id);
    expect(await removed()).toEqual([7n, [5n]]);
    expect(await removed({ agent_type: [GMAIL] })).toEqual([0n, []]);
    expect(await removed({ until: [canister.now() - 2n * DAY] })).toEqual([6n, []]);
    const service = await canister.query('get_service_analytics', [ALL_COUNTS], { sender: OWNER });
    expect(ok(service).analytics.interactions_removed).toEqual([]);
  });
});

describe('preview_retention', () => {
  const preview = async (
    canister: WasmCanister,
    set: Parameters<typeof previewRequest>[0],
    send: 'query' | 'call' = 'query',
  ) => ok(await canister[send]('preview_retention', [previewRequest(set)], { sender: OWNER }));

  async function setupUsers(): Promise<WasmCanister> {
    const canister = await setupCanister();
    await raiseRates(canister);
    await storeMany(canister, 8, 'old');
    await storeMany(canister, 3, 'old and new');
    await canister.advance(10n * DAY);
    await storeMany(canister, 2, 'old and new');
    await storeMany(canister, 4, 'new');
    return canister;
  }

  it('tells what would go of each user when it takes effect, and that is what goes', async () => {
    const canister = await setupUsers();
    const set = { interactions_days: 5n, activities_newest: 3n };
    const page = await preview(canister, { interactions_days: [5n], activities_newest: [3n] });
    expect(page).toEqual({
      items: [
        { user_id: 'new', interactions: 0n, activities: 1n },
        { user_id: 'old and new', interactions: 3n, activities: 2n },
        { user_id: 'old', interactions: 8n, activities: 5n },
      ],
      next_cursor: [],
      effective_at: [canister.now() + 24n * HOUR],
    });
    await keep(canister, set);
    expect((await preview(canister, {})).items).toEqual(page.items);
    await canister.advance(RETENTION_DELAY);
    expect(await preview(canister, {})).toEqual({ items: [], next_cursor: [], effective_at: [] });
    expect((await listed(canister, 'new')).activities).toHaveLength(3);
    expect(await listed(canister, 'old and new')).toMatchObject({
      interactions: { length: 2 },
      activities: { length: 3 },
    });
    expect((await listed(canister, 'old')).interactions).toEqual([]);
  });

  it('counts as old what will be old when it takes effect', async () => {
    const canister = await setupUsers();
    const { items } = await preview(canister, { interactions_days: [1n] });
    expect(items.map(({ user_id, interactions }) => [user_id, interactions])).toEqual([
      ['old and new', 3n],
      ['old', 8n],
    ]);
    await canister.advance(SECOND);
    const later = await preview(canister, { interactions_days: [1n] });
    expect(later.items.map(({ interactions }) => interactions)).toEqual([4n, 5n, 8n]);
  });

  it('goes on within a user of more records than its work reads, and counts each once', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await storeMany(canister, 50);
    await canister.advance(10n * DAY);
    await storeMany(canister, 2500);
    const counted = { pages: 0, interactions: 0n, activities: 0n };
    for (let cursor: [] | [string] = [], more = true; more; counted.pages++) {
      const set = { interactions_days: [5n] as [bigint], activities_days: [5n] as [bigint], cursor };
      const page = await preview(canister, set, 'call');
      for (const { interactions, activities } of page.items) {
        counted.interactions += interactions;
        counted.activities += activities;
      }
      cursor = page.next_cursor;
      more = cursor.length > 0;
    }
    expect(counted).toMatchObject({ interactions: 50n, activities: 50n });
    expect(counted.pages).toBeGreaterThan(1);
  });

  it('is for admins, changes nothing, and leaves out users who are erased', async () => {
    const canister = await setupUsers();
    const request = previewRequest({ interactions_newest: [1n] });
    expect(await canister.query('preview_retention', [request])).toMatchObject({ Err: { Unauthorized: {} } });
    ok(await canister.call('erase_user', [{ user_id: 'old' }], { sender: OWNER }));
    const before = canister.stableDigest();
    const { items } = await preview(canister, { interactions_newest: [1n] }, 'call');
    expect(items.map(({ user_id }) => user_id)).toEqual(['new', 'old and new']);
    expect(canister.stableDigest()).toBe(before);
  });
});
