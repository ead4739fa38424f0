import { describe, expect, it } from 'vitest';
import type { NotificationRule } from '../../../../src/candid/agent_service.did.ts';
import {
  newActivity,
  newAgent,
  newGrant,
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
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const USER = principal(20);
const user_id = USER.toText();
const AS_USER = { sender: USER };

async function pageOf(canister: WasmCanister, request: { limit?: [number]; cursor?: [] | [string] } = {}) {
  return ok(
    await canister.query('list_notifications', [{ user_id, limit: [], cursor: [], ...request }], AS_USER),
  );
}

async function log(canister: WasmCanister, type: object, request = {}): Promise<void> {
  const activity = newActivity({ user_id, activity_type: type as never, ...request });
  ok(await canister.call('log_activity', [activity]));
}

function update(canister: WasmCanister, rules: NotificationRule[]) {
  return canister.call('update_notification_settings', [{ user_id, rules }], AS_USER);
}

function rule(types: object[] | undefined, request: Partial<NotificationRule> = {}): NotificationRule {
  const activity_types = (types === undefined ? [] : [types]) as NotificationRule['activity_types'];
  return { activity_types, agent_type: [], channels: [], ...request };
}

describe('notifications', () => {
  it('are of what matters where the user never said', async () => {
    const canister = await setupCanister();
    await log(canister, { TaskCreated: null });
    await log(canister, { ErrorOccurred: null });
    ok(await canister.call('grant_agent', [newGrant({ user_id, agent: AGENT })], AS_USER));
    const { items, unread } = await pageOf(canister);
    expect(
      items.map(({ activity, unread, channels }) => [optionOf(activity.activity_type), unread, channels]),
    ).toEqual([
      ['AgentGranted', true, [{ toast: null }]],
      ['ErrorOccurred', true, [{ toast: null }]],
    ]);
    expect(unread).toBe(2);
  });

  it('follow the rules that the user set, each with the channels of all that name it', async () => {
    const canister = await setupCanister();
    const rules = [
      rule(undefined, { agent_type: [{ Gmail: null }] }),
      rule([{ EmailSent: null }, { EmailSent: null }], { channels: [{ browser: null }] }),
      rule([{ EmailSent: null }, { TaskCreated: null }], { channels: [{ toast: null }] }),
    ];
    const stored = {
      rules: [rules[0], rule([{ EmailSent: null }], { channels: [{ browser: null }] }), rules[2]],
    };
    expect(await update(canister, rules)).toEqual({ Ok: stored });
    await canister.upgrade();
    expect(await canister.query('get_notification_settings', [{ user_id }], AS_USER)).toEqual({ Ok: stored });
    await log(canister, { TaskUpdated: null }, { agent_type: { Gmail: null } });
    await log(canister, { EmailSent: null });
    await log(canister, { TaskCreated: null });
    await log(canister, { ErrorOccurred: null });
    const { items } = await pageOf(canister);
    expect(
      items.map(({ activity, channels }) => [optionOf(activity.activity_type), channels.map(optionOf)]),
    ).toEqual([
      ['TaskCreated', ['toast']],
      ['EmailSent', ['toast', 'browser']],
      ['TaskUpdated', []],
    ]);
    expect(await update(canister, [])).toEqual({ Ok: { rules: [] } });
    expect(await pageOf(canister)).toEqual({ items: [], unread: 0, next_cursor: [] });
  });

  it('silent failures: a failed interaction is told by default, and the error that names it is not told again', async () => {
    const canister = await setupCanister();
    const failed = ok(
      await canister.call('store_interaction', [newInteraction({ user_id, success: false })]),
    );
    ok(await canister.call('store_interaction', [newInteraction({ user_id, success: true })]));
    await log(canister, { ErrorOccurred: null }, { metadata: [JSON.stringify({ interaction_id: failed })] });
    await log(canister, { ErrorOccurred: null });
    const told = (await pageOf(canister)).items.map(({ activity }) => [
      optionOf(activity.activity_type),
      activity.metadata,
    ]);
    expect(told).toEqual([
      ['ErrorOccurred', []],
      ['InteractionCompleted', [JSON.stringify({ interaction_id: failed })]],
    ]);
  });

  it('are unread until they are marked, and stay read', async () => {
    const canister = await setupCanister();
    for (let i = 0; i < 4; i++) await log(canister, { TokenExpired: null });
    const read = (up_to: bigint) => canister.call('mark_notifications_read', [{ user_id, up_to }], AS_USER);
    const unread = async () => {
      const page = await pageOf(canister);
      return [page.unread, page.items.map((item) => item.unread)];
    };
    const index = (await pageOf(canister)).items[2]?.index ?? 0n;
    expect(await read(index)).toEqual({ Ok: null });
    expect(await unread()).toEqual([2, [true, true, false, false]]);
    expect(await read(1n)).toEqual({ Ok: null });
    await canister.upgrade();
    expect(await unread()).toEqual([2, [true, true, false, false]]);
    expect(await update(canister, [rule(undefined)])).toHaveProperty('Ok');
    expect(await unread()).toEqual([2, [true, true, false, false]]);
    await log(canister, { TokenExpired: null });
    expect((await pageOf(canister)).unread).toBe(3);
  });

  it('are paged, and counted to 100', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    for (let i = 0; i < 120; i++) {
      await log(canister, i % 10 === 0 ? { TaskCreated: null } : { TokenExpired: null }, {
        description: `${i}`,
      });
    }
    const found: string[] = [];
    for (let cursor: [] | [string] = [], more = true; more; ) {
      const page = await pageOf(canister, { limit: [25], cursor });
      expect(page.unread).toBe(100);
      found.push(...page.items.map(({ activity }) => activity.description));
      cursor = page.next_cursor;
      more = cursor.length > 0;
    }
    const errors = Array.from({ length: 120 }, (_, i) => i).filter((i) => i % 10 !== 0);
    expect(found).toEqual(errors.reverse().map(String));
  });

  it('group failures of one kind, agent type and agent in an hour, and count them', async () => {
    const canister = await setupCanister();
    const other = principal(31);
    ok(await canister.call('add_agent', [newAgent({ agent: other })], { sender: OWNER }));
    // The next hour of UTC begins.
    await canister.advance(HOUR - (canister.now() % HOUR));
    const fail = async (request = {}, sender = AGENT) =>
      ok(
        await canister.call('store_interaction', [newInteraction({ user_id, success: false, ...request })], {
          sender,
        }),
      );
    const succeed = () => fail({ success: true });
    const shown = async (request = {}) => {
      const { items, unread, next_cursor } = await pageOf(canister, request);
      return {
        items: items.map(({ activity, count }) => [
          optionOf(activity.activity_type),
          optionOf(activity.agent_type),
          activity.actor.toText() === other.toText() ? 'other' : 'agent',
          count[0],
        ]),
        unread,
        next_cursor,
      };
    };
    for (let i = 0; i < 20; i++) {
      await fail();
      await succeed();
    }
    await log(canister, { ErrorOccurred: null });
    await fail({ agent_type: { Gmail: null } });
    await fail({}, other);
    await log(canister, { ErrorOccurred: null });
    const newest = await fail();
    expect(await shown()).toEqual({
      items: [
        ['InteractionCompleted', 'GitHub', 'agent', 21],
        ['ErrorOccurred', 'GitHub', 'agent', 2],
        ['InteractionCompleted', 'GitHub', 'other', 1],
        ['InteractionCompleted', 'Gmail', 'agent', 1],
      ],
      unread: 4,
      next_cursor: [],
    });
    const [first] = (await pageOf(canister)).items;
    expect(first?.activity.metadata).toEqual([JSON.stringify({ interaction_id: newest })]);

    // A full page goes on to the end of its groups, as far as nothing else is to be told.
    const start = await shown({ limit: [2] });
    expect(start.items.map((item) => item[3])).toEqual([1, 1]);
    const rest = await shown({ limit: [500], cursor: start.next_cursor });
    expect(rest.items).toEqual([
      ['InteractionCompleted', 'GitHub', 'other', 1],
      ['InteractionCompleted', 'Gmail', 'agent', 1],
      ['ErrorOccurred', 'GitHub', 'agent', 1],
      ['InteractionCompleted', 'GitHub', 'agent', 20],
    ]);
    expect((await shown({ limit: [4] })).items).toHaveLength(4);
    expect((await shown({ limit: [4] })).next_cursor).toEqual([]);

    // What is read is told apart from what came since, and what came in another hour too.
    const up_to = first?.index ?? 0n;
    ok(await canister.call('mark_notifications_read', [{ user_id, up_to }], AS_USER));
    await fail();
    await fail();
    const counts = async () => (await shown()).items.map((item) => item[3]);
    expect([await counts(), (await shown()).unread]).toEqual([[2, 21, 2, 1, 1], 1]);
    await canister.advance(HOUR);
    await fail();
    ok(await canister.call('grant_agent', [newGrant({ user_id, agent: AGENT })], AS_USER));
    expect([await counts(), (await shown()).unread]).toEqual([[undefined, 1, 2, 21, 2, 1, 1], 3]);
  });

  it('refuse a rule with an option that the service does not know', async () => {
    const canister = await setupCanister();
    await expect(update(canister, [rule([{ TaskCreated: null }]), rule([])])).resolves.toHaveProperty(
      'Err.InvalidArgument',
      { field: 'rules.activity_types', message: 'must not be empty' },
    );
  });

  it('go with the user who is erased', async () => {
    const canister = await setupCanister();
    ok(await update(canister, []));
    ok(await canister.call('erase_user', [{ user_id }], AS_USER));
    const settings = ok(await canister.query('get_notification_settings', [{ user_id }], AS_USER));
    expect(settings.rules).toHaveLength(1);
  });
});

describe('list_users', () => {
  it('tells of each user what is held, newest first, page by page', async () => {
    const canister = await setupCanister();
    const agent = principal(30);
    ok(await canister.call('add_agent', [newAgent({ agent })], { sender: OWNER }));
    for (const user of ['a', 'b', 'c'])
      ok(await canister.call('create_agent_session', [user, { GitHub: null }, [], [], []]));
    await log(canister, { TaskCreated: null }, { user_id: 'b' });
    const { code } = ok(await canister.call('create_link_code', [{ user_id: 'b' }]));
    ok(await canister.call('redeem_link_code', [{ code }], AS_USER));
    ok(await canister.call('erase_user', [{ user_id: 'a' }], { sender: OWNER }));
    const list = async (cursor: [] | [string]) =>
      ok(await canister.query('list_users', [{ limit: [1], cursor }], { sender: OWNER }));
    const first = await list([]);
    expect(first).toMatchObject({
      items: [{ user_id: 'c', owner: [], active_sessions: 1, total_sessions: 1 }],
    });
    const second = await list(first.next_cursor);
    const status = await canister.query('get_agent_status', ['b']);
    const usage = ok(await canister.query('get_usage', [{ user_id: 'b' }]));
    expect(second.items).toEqual([
      {
        user_id: 'b',
        owner: [USER],
        active_sessions: 1,
        total_sessions: 1,
        credentials: 0,
        interactions: 0n,
        bytes: usage.bytes.used,
        last_activity: status.last_activity,
      },
    ]);
    expect(await list(second.next_cursor)).toEqual({ items: [], next_cursor: [] });
  });
});
