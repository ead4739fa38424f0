import { describe, expect, it } from 'vitest';
import type { SomeRetention } from '../../../../src/canister/models/retention/retention.ts';
import {
  ALL,
  arg,
  causeAt,
  read,
  SELF,
  setupServices,
  trailOf,
  WORK,
  workOf,
} from '../../support/service-world.ts';

const DAY = 24n * 3_600_000_000_000n;

/** Users' interactions, each with its activity, and the retention run to its end. */
function setupHistory() {
  const world = setupServices();
  const { interactions, activities, retention, call, clock } = world;
  let stored = 0;
  const store = (userId: string, agentType: 'GitHub' | 'Gmail' = 'GitHub') =>
    interactions.store(
      {
        user_id: arg(userId),
        agent_type: agentType,
        message: arg(`${stored++}`),
        response: arg('r'),
        success: true,
        metadata: undefined,
      },
      call(),
    );
  const messages = (userId: string) =>
    read
      .interactions(interactions.list({ user_id: arg(userId), limit: 500 }, ALL, WORK))
      .map(({ message }) => Number(message))
      .toReversed();
  return {
    ...world,
    storeInteraction: store,
    messages,
    countActivities: (userId: string) => trailOf(activities, userId, 500).length,
    /** Keeps so much from now on, without the time that a change by an admin waits. */
    keep: (given: SomeRetention) => {
      const { settings } = world.store;
      settings.save({ ...settings.settings, retention: { ...settings.settings.retention, ...given } });
      retention.begin(clock.now);
    },
    /** How many messages of the timer it took. */
    runAll: (): number => {
      for (let messages = 1; ; messages++)
        if (!retention.run(workOf(500), causeAt(clock.now))) return messages;
    },
  };
}

describe('UserRetentionService', () => {
  it('tells no numbers where so many stay that a query cannot count them', () => {
    const { storeInteraction, settings, userRetention, call } = setupHistory();
    for (let i = 0; i < 100; i++) storeInteraction('alice');
    const interactions_days = 9n;
    const all = { interactions_newest: undefined, activities_days: undefined, activities_newest: undefined };
    settings.update({ retention: { interactions_days, ...all } }, call());
    const told = userRetention.get(arg('alice'), { ...call(), work: workOf(2) });
    expect(told.pending?.retention.interactions_days).toBe(9);
    expect(told.removals).toBeUndefined();
    expect(userRetention.get(arg('alice'), call()).removals).toEqual({ interactions: 0, activities: 0 });
  });
});

describe('RetentionService', () => {
  it('does nothing unless told', () => {
    const { storeInteraction, retention, clock, runAll, messages } = setupHistory();
    storeInteraction('a');
    clock.now += 10_000n * DAY;
    expect(retention.dueAt()).toBeUndefined();
    expect(runAll()).toBe(1);
    expect(messages('a')).toEqual([0]);
  });

  it('removes interactions that are too old, of whomever they are, and no activities', () => {
    const { storeInteraction, keep, runAll, messages, countActivities, clock, status } = setupHistory();
    for (let day = 0; day < 10; day++) {
      storeInteraction('a');
      storeInteraction('b', 'Gmail');
      clock.now += DAY;
    }
    keep({ interactions_days: 3 });
    runAll();
    expect(messages('a')).toEqual([14, 16, 18]);
    expect(messages('b')).toEqual([15, 17, 19]);
    expect(countActivities('a')).toBe(10);
    expect(status.get(arg('a')).recentInteractions).toBe(3);
  });

  it('removes all of a user who is no longer there, and goes on when they come back', () => {
    const { storeInteraction, keep, runAll, messages, countActivities, clock, usage, call } = setupHistory();
    for (let i = 0; i < 3; i++) storeInteraction('a');
    clock.now += 2n * DAY;
    keep({ interactions_days: 1, activities_days: 1 });
    runAll();
    expect([messages('a'), countActivities('a')]).toEqual([[], 0]);
    const nothing = { interactions: { used: 0 }, bytes: { used: 0 } };
    expect(usage.get(arg('a'), call())).toMatchObject(nothing);
    storeInteraction('a');
    clock.now += DAY / 2n;
    runAll();
    expect([messages('a'), countActivities('a')]).toEqual([[3], 1]);
  });

  it('keeps the newest of each user, and lets a tenth more come first', () => {
    const { storeInteraction, keep, runAll, messages, countActivities, clock } = setupHistory();
    for (let i = 0; i < 22; i++) storeInteraction('a');
    for (let i = 0; i < 23; i++) storeInteraction('b', i % 2 === 0 ? 'GitHub' : 'Gmail');
    keep({ interactions_newest: 20, activities_newest: 5 });
    runAll();
    expect(messages('a')).toHaveLength(22);
    expect(messages('b')).toEqual(Array.from({ length: 20 }, (_, i) => 25 + i));
    expect([countActivities('a'), countActivities('b')]).toEqual([5, 5]);
    storeInteraction('a');
    clock.now += DAY;
    runAll();
    expect(messages('a')).toEqual([...Array.from({ length: 19 }, (_, i) => 3 + i), 45]);
  });

  it('works in messages of a bounded length, and remembers where it was', () => {
    const { storeInteraction, keep, runAll, messages, countActivities } = setupHistory();
    for (let i = 0; i < 2500; i++) storeInteraction(i % 5 === 0 ? 'b' : 'a');
    keep({ interactions_newest: 300, activities_newest: 100 });
    // A message erases a hundred activities at its end.
    expect(runAll()).toBe(26);
    expect([messages('a').length, messages('b').length]).toEqual([300, 300]);
    expect([countActivities('a'), countActivities('b')]).toEqual([100, 100]);
  });

  for (const [when, stored] of [
    ['while it removes', 1500],
    ['before it removes', 3000],
  ] as const) {
    it(`leaves nothing behind where what is to be kept changes ${when}`, () => {
      const { storeInteraction, keep, retention, runAll, messages, clock, store, usage, call } =
        setupHistory();
      for (let i = 0; i < stored; i++) storeInteraction('a');
      keep({ interactions_newest: stored - 1400 });
      expect(retention.run(workOf(500), causeAt(clock.now))).toBe(true);
      keep({ interactions_newest: 10 });
      runAll();
      clock.now += DAY;
      runAll();
      expect(messages('a')).toEqual(Array.from({ length: 10 }, (_, i) => stored - 10 + i));
      const left = Array.from({ length: stored }, (_, i) => store.interactions.get(i + 1)).filter(Boolean);
      expect(left).toHaveLength(10);
      expect(usage.get(arg('a'), call()).interactions.used).toBe(10);
      keep({ interactions_newest: 0 });
      runAll();
      expect(retention.dueAt()).toBeUndefined();
    });
  }

  it('comes back every day while something is to be removed', () => {
    const { keep, retention, runAll, clock, noted } = setupHistory();
    const start = clock.now;
    keep({ interactions_days: 1 });
    expect([retention.dueAt(), noted]).toEqual([start, [start]]);
    runAll();
    expect(retention.dueAt()).toBe(start + DAY);
    clock.now += DAY - 1n;
    expect(retention.run(WORK, causeAt(clock.now))).toBe(false);
    expect(retention.dueAt()).toBe(start + DAY);
  });

  it('ends a page whose cursor was removed meanwhile, or never was', () => {
    const { storeInteraction, keep, runAll, interactions } = setupHistory();
    const ids = Array.from({ length: 30 }, () => new TextDecoder().decode(storeInteraction('a')));
    keep({ interactions_newest: 5 });
    runAll();
    const page = (cursor: string) =>
      interactions.page(
        {
          user_id: arg('a'),
          agent_type: undefined,
          from: undefined,
          until: undefined,
          limit: undefined,
          session_id: undefined,
          success: undefined,
          cursor: arg(cursor),
        },
        ALL,
        WORK,
      );
    expect(page(ids[3] ?? '')).toEqual({ items: [], nextCursor: undefined });
    expect(page(ids[26] ?? '').items).toHaveLength(2);
    expect(page('int-0000000000000fff')).toEqual({ items: [], nextCursor: undefined });
    expect(interactions.get(arg(ids[3] ?? ''), ALL)).toBeUndefined();
  });

  it('leaves nothing of a user who is erased while their records are being removed', () => {
    const { storeInteraction, keep, retention, erasures, store, clock, call } = setupHistory();
    for (let i = 0; i < 3000; i++) storeInteraction('a');
    keep({ interactions_newest: 100 });
    const self = SELF.toUint8Array();
    // It has passed the newest, removed some, and comes back in another message.
    expect(retention.run(workOf(500), causeAt(clock.now))).toBe(true);
    erasures.erase({ user_id: arg('a') }, call(), { byUser: false, self });
    while (erasures.run(WORK) || retention.run(WORK, causeAt(clock.now)));
    const left = Array.from({ length: 3000 }, (_, i) => store.interactions.stored(i + 1)).filter(Boolean);
    expect(left).toEqual([]);
  });
});
