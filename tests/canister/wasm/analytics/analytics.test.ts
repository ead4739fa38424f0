import { describe, expect, it } from 'vitest';
import type { AnalyticsCounts, GetServiceAnalyticsArgs } from '../../../../src/candid/agent_service.did.ts';
import {
  ALL_COUNTS,
  activitiesOf,
  GITHUB,
  GMAIL,
  newActivity,
  newAgent,
  newInteraction,
  optionOf,
  raiseRates,
} from '../../support/records.ts';
import {
  AGENT,
  HOUR,
  OWNER,
  ok,
  principal,
  START,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const ADMIN = { sender: OWNER };
const OTHER = principal(5);
const DAY = 24n * HOUR;

/** These counts, and no others. */
function counts(set: Partial<AnalyticsCounts> = {}): AnalyticsCounts {
  return {
    interactions: 0n,
    successes: 0n,
    errors: 0n,
    sessions: 0n,
    credential_leases: 0n,
    token_refreshes: 0n,
    refresh_failures: 0n,
    rate_limited: 0n,
    latency_count: 0n,
    latency_sum_ms: 0n,
    latency_max_ms: 0n,
    ...set,
  };
}

async function ofUser(
  canister: WasmCanister,
  user_id: string,
  part: Partial<GetServiceAnalyticsArgs> = {},
  sender = OWNER,
) {
  return ok(await canister.query('get_user_analytics', [{ user_id, ...ALL_COUNTS, ...part }], { sender }));
}

async function ofService(canister: WasmCanister, part: Partial<GetServiceAnalyticsArgs> = {}) {
  return ok(await canister.query('get_service_analytics', [{ ...ALL_COUNTS, ...part }], ADMIN));
}

async function store(canister: WasmCanister, request = {}, sender = AGENT): Promise<void> {
  ok(await canister.call('store_interaction', [newInteraction(request)], { sender }));
}

/** The same numbers at each run. */
function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** What there is of a user by their interactions and activities, and of all users. */
async function recount(canister: WasmCanister, users: readonly string[]) {
  const perUser = await Promise.all(users.map((user) => recountUser(canister, user)));
  return Object.fromEntries(users.map((user, i) => [user, perUser[i] ?? counts()]));
}

async function recountUser(canister: WasmCanister, user: string): Promise<AnalyticsCounts> {
  const found = counts();
  for (const { success, metadata } of await canister.query('get_user_agent_interactions', [user, [500]])) {
    found.interactions++;
    if (success) found.successes++;
    else found.errors++;
    const { latency_ms } = JSON.parse(metadata[0] ?? '{}') as { latency_ms?: number };
    if (latency_ms === undefined) continue;
    found.latency_count++;
    found.latency_sum_ms += BigInt(latency_ms);
    if (BigInt(latency_ms) > found.latency_max_ms) found.latency_max_ms = BigInt(latency_ms);
  }
  for (const { activity_type } of await activitiesOf(canister, user, { limit: 500 })) {
    const type = optionOf(activity_type);
    if (type === 'SessionCreated') found.sessions++;
    if (type === 'ErrorOccurred') found.errors++;
    if (type === 'TokenLeased') found.credential_leases++;
    if (type === 'TokenRefreshed') found.token_refreshes++;
    if (type === 'TokenRefreshFailed') found.refresh_failures++;
  }
  return found;
}

function sum(all: readonly AnalyticsCounts[]): AnalyticsCounts {
  const total = counts();
  for (const part of all) {
    for (const name of Object.keys(total) as (keyof AnalyticsCounts)[]) {
      if (name !== 'latency_max_ms') total[name] += part[name];
      else if (part[name] > total[name]) total[name] = part[name];
    }
  }
  return total;
}

/** Some random work of two agents for some users, over several days. */
async function work(
  canister: WasmCanister,
  users: readonly string[],
  { steps, seed }: { steps: number; seed: number },
) {
  const random = seeded(seed);
  for (let i = 0; i < steps; i++) {
    const user_id = users[random(users.length)] ?? '';
    const agent_type = random(2) === 0 ? GITHUB : GMAIL;
    const account = { user_id, agent_type, account: [] as [] };
    const sender = { sender: random(3) === 0 ? OTHER : AGENT };
    switch (random(6)) {
      case 0:
        ok(await canister.call('create_agent_session', [user_id, agent_type, [], [], []], sender));
        break;
      case 1:
        ok(
          await canister.call(
            'log_activity',
            [newActivity({ user_id, agent_type, activity_type: { ErrorOccurred: null } })],
            sender,
          ),
        );
        break;
      case 2: {
        ok(
          await canister.call(
            'store_agent_credentials',
            [user_id, agent_type, 't', [], [], [], [], []],
            sender,
          ),
        );
        const { fencing } = ok(await canister.call('begin_token_refresh', [account], sender));
        const outcome =
          random(2) === 0
            ? { failed: { reason: 'r' } }
            : { refreshed: { token: 'n', token_data: [], expires_at: [] } };
        ok(
          await canister.call('complete_token_refresh', [{ ...account, fencing, outcome } as never], sender),
        );
        ok(
          await canister.call(
            'lease_agent_credentials',
            [{ ...account, purpose: 'p', duration_ns: [] }],
            sender,
          ),
        );
        break;
      }
      default: {
        const metadata = random(2) === 0 ? [] : [`{"latency_ms":${random(5000)}}`];
        await store(canister, { user_id, agent_type, success: random(4) > 0, metadata }, sender.sender);
      }
    }
    await canister.advance(BigInt(random(180)) * 60_000_000_000n);
    if (i === Math.floor(steps / 2)) await canister.upgrade();
  }
}

describe('analytics', () => {
  it('equal what a recount of the records gives, over days, agents, types, and upgrades', {
    timeout: 120_000,
  }, async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    await raiseRates(canister);
    const users = ['a', 'b', 'c'];
    for (const round of [1, 2]) {
      await work(canister, users, { steps: 80, seed: round });
      await canister.upgrade();
      const expected = await recount(canister, users);
      for (const user of users) {
        const found = await ofUser(canister, user);
        expect(found.totals).toEqual(expected[user]);
        for (const parts of [found.series, found.by_agent_type, found.by_agent]) {
          expect(sum(parts.map((part) => part.counts))).toEqual(expected[user]);
        }
        const filtered = await Promise.all(
          [AGENT, OTHER].flatMap((agent) =>
            [GITHUB, GMAIL].map((type) => ofUser(canister, user, { agent: [agent], agent_type: [type] })),
          ),
        );
        expect(sum(filtered.map(({ totals }) => totals))).toEqual(expected[user]);
      }
      const total = sum(Object.values(expected));
      const service = await ofService(canister);
      expect(service.analytics.totals).toEqual(total);
      for (const { series, by_agent_type, by_agent } of [service.analytics]) {
        for (const parts of [series, by_agent_type, by_agent]) {
          expect(sum(parts.map((part) => part.counts))).toEqual(total);
        }
      }
      const days = Number((canister.now() - START) / DAY);
      expect(service.analytics.series.length).toBeGreaterThan(days / 2);
      // By hour, a week at a time.
      const hours: AnalyticsCounts[] = [];
      for (
        let until = canister.now() - (canister.now() % HOUR) + HOUR;
        until > START - DAY;
        until -= 7n * DAY
      ) {
        const interval: [{ hour: null }] = [{ hour: null }];
        const week = await ofUser(canister, 'a', { interval, from: [until - 7n * DAY], until: [until] });
        hours.push(...week.series.map((bucket) => bucket.counts));
      }
      expect(sum(hours)).toEqual(expected['a']);
    }
  });

  it('of what is stored equal a recount, when users are erased, too', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    await raiseRates(canister);
    const users = ['a', 'b', 'c'];
    await work(canister, users, { steps: 60, seed: 3 });
    const check = async (left: readonly string[]) => {
      const { stored } = await ofService(canister);
      const { items } = ok(await canister.query('list_users', [{ limit: [], cursor: [] }], ADMIN));
      const numbers = items.map((item) => ({
        sessions: BigInt(item.total_sessions),
        active_sessions: BigInt(item.active_sessions),
        credentials: BigInt(item.credentials),
        interactions: item.interactions,
        bytes: item.bytes,
      }));
      const total = (name: keyof (typeof numbers)[number]) =>
        numbers.reduce((found, part) => found + part[name], 0n);
      const activities = await Promise.all(
        left.map(async (user) => (await activitiesOf(canister, user, { limit: 500 })).length),
      );
      expect(stored).toEqual({
        users: BigInt(left.length),
        sessions: total('sessions'),
        active_sessions: total('active_sessions'),
        credentials: total('credentials'),
        credentials_in_clear: [total('credentials')],
        interactions: total('interactions'),
        bytes: total('bytes'),
        activities: BigInt(activities.reduce((found, count) => found + count, 0)),
      });
    };
    await check(users);
    await canister.upgrade();
    await check(users);
    const before = (await ofService(canister)).analytics.totals;
    ok(await canister.call('erase_user', [{ user_id: 'b' }], ADMIN));
    await canister.advance(HOUR);
    await check(['a', 'c']);
    expect((await ofService(canister)).analytics.totals).toEqual(before);
    expect((await ofUser(canister, 'b')).totals).toEqual(counts());
    await store(canister, { user_id: 'b' });
    expect((await ofUser(canister, 'b')).totals).toEqual(counts({ interactions: 1n, successes: 1n }));
  });

  for (const [metadata, latency] of [
    ['{"latency_ms":12}', 12n],
    ['{ "a" : {"latency_ms":1}, "latency_ms" : 12.4 }', 12n],
    ['{"latency\\u005fms":12}', 12n],
    ['{"latency_ms":0}', 0n],
    ['{"latency_ms":4294967295}', 4_294_967_295n],
    ['{"latency_ms":4294967296}', undefined],
    ['{"latency_ms":-1}', undefined],
    ['{"latency_ms":"12"}', undefined],
    ['{"latency_ms":1e999}', undefined],
    ['{"latency_ms":null}', undefined],
    ['{"a":{"latency_ms":12}}', undefined],
    ['{"__proto__":{"latency_ms":12}}', undefined],
    ['{"a":"\\"latency_ms\\":12"}', undefined],
    ['[{"latency_ms":12}]', undefined],
    ['"latency_ms"', undefined],
    ['null', undefined],
  ] as const) {
    it(`${latency === undefined ? 'find no' : 'find the'} latency in ${metadata}`, async () => {
      const canister = await setupCanister();
      await store(canister, { metadata: [metadata] });
      const latencies =
        latency === undefined ? {} : { latency_count: 1n, latency_sum_ms: latency, latency_max_ms: latency };
      const { totals } = await ofUser(canister, 'user-1');
      expect(totals).toEqual(counts({ interactions: 1n, successes: 1n, ...latencies }));
    });
  }

  it('name the most frequent errors by agent type, in whole characters', async () => {
    const canister = await setupCanister({ agents: [AGENT, OTHER] });
    const fail = async (response: string, metadata: [] | [string] = [], sender = AGENT) => {
      await store(canister, { success: false, response, metadata }, sender);
      await canister.advance(1n);
    };
    await fail('rate limit\nsecond line');
    await fail('x', ['{"error":"rate limit"}'], OTHER);
    await fail('no error text', ['{"error":5}']);
    await fail('x', [`{"error":"${'é'.repeat(100)}"}`]);
    await fail('x', ['{"error":"half \\ud83d"}']);
    await fail('\nempty first line');
    const activity = newActivity({
      activity_type: { ErrorOccurred: null },
      agent_type: GMAIL,
      description: 'rate limit',
    });
    ok(await canister.call('log_activity', [activity]));
    const { top_errors, totals } = await ofUser(canister, 'user-1');
    expect(top_errors.map(({ error, agent_type, count }) => [error, optionOf(agent_type), count])).toEqual([
      ['rate limit', 'GitHub', 2n],
      ['rate limit', 'Gmail', 1n],
      ['half \ufffd', 'GitHub', 1n],
      ['é'.repeat(60), 'GitHub', 1n],
      ['no error text', 'GitHub', 1n],
    ]);
    expect(totals.errors).toBe(7n);
    const filtered = await ofUser(canister, 'user-1', { agent: [OTHER] });
    expect(filtered.top_errors.map(({ error, count }) => [error, count])).toEqual([['rate limit', 1n]]);
    const mail = await ofService(canister, { agent_type: [GMAIL] });
    expect(mail.analytics.top_errors).toHaveLength(1);
  });

  it('counted twice: one failure counts once, where the error that an agent logs names its interaction', async () => {
    const canister = await setupCanister();
    const storeOne = async (request: object) =>
      ok(await canister.call('store_interaction', [newInteraction(request)]));
    const failed = await storeOne({ success: false });
    const fine = await storeOne({ success: true });
    const foreign = await storeOne({ success: false, user_id: 'user-2' });
    const logError = async (metadata: [] | [string]) => {
      const activity = newActivity({ activity_type: { ErrorOccurred: null }, metadata });
      ok(await canister.call('log_activity', [activity]));
      return (await ofUser(canister, 'user-1')).totals.errors;
    };
    const naming = (id: unknown) => JSON.stringify({ interaction_id: id });
    expect(await logError([naming(failed)])).toBe(1n);
    // However its name is spelled, and however often.
    expect(await logError([`{"interaction\\u005fid":"${failed}"}`])).toBe(1n);
    // Another failure: of nothing, of an interaction that succeeded, of another user's, of one that there is not, within something else.
    const others: ([] | [string])[] = [
      [],
      [naming(fine)],
      [naming(foreign)],
      [naming('int-9999999999999999')],
      [naming('\ud800')],
      [naming('int-000000000000000\udfff')],
      [naming(7)],
      [JSON.stringify({ about: { interaction_id: failed } })],
      [JSON.stringify([failed])],
      ['null'],
    ];
    for (const [at, metadata] of others.entries()) {
      expect(await logError(metadata)).toBe(BigInt(at + 2));
    }
  });

  it('keep a bounded number of errors, and those that happen often among them', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    for (let i = 0; i < 120; i++) {
      await store(canister, { success: false, response: i % 3 === 0 ? 'often' : `MARKER-${i}-` });
    }
    const [most] = (await ofUser(canister, 'user-1')).top_errors;
    expect(most).toMatchObject({ error: 'often', count: 40n });
    ok(await canister.call('erase_user', [{ user_id: 'user-1' }], ADMIN));
    await canister.advance(HOUR);
    expect((await ofService(canister)).analytics.top_errors).toEqual([]);
    expect(canister.countInStable('MARKER-119-')).toBe(0);
  });

  it('keep the errors that others had, too, when a user is erased', async () => {
    const canister = await setupCanister();
    for (const user_id of ['a', 'b']) await store(canister, { user_id, success: false, response: 'both' });
    await store(canister, { user_id: 'a', success: false, response: 'of a alone' });
    ok(await canister.call('erase_user', [{ user_id: 'a' }], ADMIN));
    const errors = (await ofService(canister)).analytics.top_errors;
    expect(errors.map(({ error }) => error)).toEqual(['both']);
  });

  it('count refusals for their rate within a minute, and at once before an upgrade', async () => {
    const canister = await setupCanister();
    await store(canister);
    for (let i = 0; i < 99; i++) await store(canister);
    const before = canister.stableDigest();
    const refuse = async () =>
      expect(await canister.call('store_interaction', [newInteraction()])).toHaveProperty('Err.RateLimited');
    for (let i = 0; i < 5; i++) await refuse();
    expect(canister.stableDigest()).toBe(before);
    await canister.advance(61_000_000_000n);
    expect((await ofUser(canister, 'user-1')).totals.rate_limited).toBe(5n);
    for (let i = 0; i < 100; i++) await store(canister);
    await refuse();
    await canister.upgrade();
    const { totals, by_agent } = await ofUser(canister, 'user-1');
    expect(totals).toMatchObject({ interactions: 200n, rate_limited: 6n });
    expect(by_agent).toMatchObject([{ counts: { rate_limited: 6n } }]);
    expect((await ofService(canister)).analytics.totals.rate_limited).toBe(6n);
  });

  it('show an agent the types alone that it may see', async () => {
    const canister = await setupCanister();
    const mailer = principal(30);
    ok(await canister.call('add_agent', [newAgent({ agent: mailer, agent_types: [[GMAIL]] })], ADMIN));
    await store(canister, { success: false });
    await store(canister, { agent_type: GMAIL });
    const found = await ofUser(canister, 'user-1', {}, mailer);
    expect(found.totals).toEqual(counts({ interactions: 1n, successes: 1n }));
    expect([found.by_agent_type.length, found.top_errors]).toEqual([1, []]);
  });

  it('are cut to the time that is asked for, in whole hours or days', async () => {
    const canister = await setupCanister();
    const midnight = START - (START % DAY) + DAY;
    await canister.advance(midnight - START);
    for (let hour = 0; hour < 50; hour++) {
      await store(canister);
      await canister.advance(HOUR);
    }
    const series = async (part: Partial<GetServiceAnalyticsArgs>) => {
      const [user, service] = [
        await ofUser(canister, 'user-1', part),
        (await ofService(canister, part)).analytics,
      ];
      expect(service.series).toEqual(user.series);
      return user.series.map(({ start, counts: found }) => [(start - midnight) / HOUR, found.interactions]);
    };
    expect(await series({})).toEqual([
      [0n, 24n],
      [24n, 24n],
      [48n, 2n],
    ]);
    expect(await series({ from: [midnight + 30n * HOUR], until: [midnight + 48n * HOUR] })).toEqual([
      [24n, 24n],
    ]);
    const hours = { interval: [{ hour: null }] as [{ hour: null }] };
    expect(
      await series({ ...hours, from: [midnight + 5n * HOUR + 1n], until: [midnight + 7n * HOUR] }),
    ).toEqual([
      [5n, 1n],
      [6n, 1n],
    ]);
    await canister.advance(40n * DAY);
    const part = { from: [midnight] as [bigint], until: [midnight + 3n * DAY] as [bigint] };
    expect(await series(part)).toEqual([
      [0n, 24n],
      [24n, 24n],
      [48n, 2n],
    ]);
    expect((await ofUser(canister, 'user-1', { ...hours, ...part })).series).toHaveLength(50);
    expect(
      await canister.query('get_service_analytics', [{ ...ALL_COUNTS, ...hours, ...part }], ADMIN),
    ).toEqual({
      Err: { InvalidArgument: { field: 'from', message: 'must be at most 32 days ago, by hour' } },
    });
  });

  it('refuse a time that is too long, or has no length', async () => {
    const canister = await setupCanister();
    const message = async (part: Partial<GetServiceAnalyticsArgs>) => {
      const result = await canister.query('get_user_analytics', [{ user_id: 'u', ...ALL_COUNTS, ...part }]);
      return 'Err' in result && 'InvalidArgument' in result.Err ? result.Err.InvalidArgument : undefined;
    };
    const hour: { interval: [{ hour: null }] } = { interval: [{ hour: null }] };
    expect(await message({ from: [START], until: [START] })).toEqual({
      field: 'from',
      message: 'must be before until',
    });
    expect(await message({ from: [START - 367n * DAY] })).toEqual({
      field: 'from',
      message: 'must be at most 366 days before until, by day',
    });
    expect(await message({ ...hour, from: [START - 8n * DAY] })).toEqual({
      field: 'from',
      message: 'must be at most 7 days before until, by hour',
    });
    expect(await message({ from: [START - 366n * DAY] })).toBeUndefined();
    expect(await message({ until: [0n] })).toEqual({ field: 'from', message: 'must be before until' });
    expect(await message({ until: [1n] })).toBeUndefined();
  });
});
