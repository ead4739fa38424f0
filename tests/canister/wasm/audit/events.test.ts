import { describe, expect, it } from 'vitest';
import type { EventPage, GetEventsArgs } from '../../../../src/candid/agent_service.did.ts';
import {
  createSession,
  eventsAfter,
  GITHUB,
  GMAIL,
  newActivity,
  newAgent,
  newSettings,
  optionOf,
  someRetention,
  storeInteraction,
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

async function pageOf(canister: WasmCanister, args: GetEventsArgs, sender = AGENT): Promise<EventPage> {
  return ok(await canister.query('get_events', [args], { sender }));
}

/** Reads page by page until there is no more; returns the descriptions. */
async function follow(canister: WasmCanister, args: GetEventsArgs, sender = AGENT): Promise<string[]> {
  const found: string[] = [];
  for (let after = args.after, more = true; more; ) {
    const page = await pageOf(canister, { ...args, after }, sender);
    found.push(...page.events.map(({ activity }) => activity.description));
    after = [page.next];
    more = page.more;
  }
  return found;
}

async function log(canister: WasmCanister, description: string, request = {}): Promise<void> {
  ok(await canister.call('log_activity', [newActivity({ description, ...request })]));
}

describe('get_events', () => {
  it('gives the activities of all users in the order in which they came, with their numbers', async () => {
    const canister = await setupCanister();
    for (const [i, user_id] of ['a', 'b', 'a', 'c'].entries()) await log(canister, `${i}`, { user_id });
    const { events, next, more, end } = await pageOf(canister, eventsAfter());
    expect(events.map(({ index, activity }) => [index, activity.user_id, activity.description])).toEqual([
      [3n, 'a', '0'],
      [4n, 'b', '1'],
      [5n, 'a', '2'],
      [6n, 'c', '3'],
    ]);
    expect({ next, more, end }).toEqual({ next: 6n, more: false, end: 6n });
  });

  it('begins with what comes from now on where no place is named', async () => {
    const canister = await setupCanister();
    await log(canister, 'before');
    const from = await pageOf(canister, eventsAfter({}, { after: [] }));
    expect(from).toEqual({ events: [], next: 3n, more: false, end: 3n });
    await log(canister, 'after');
    expect(await follow(canister, eventsAfter({}, { after: [from.next] }))).toEqual(['after']);
  });

  it('loses and repeats nothing over pages, upgrades, and filters', async () => {
    const canister = await setupCanister();
    const all = Array.from({ length: 60 }, (_, i) => `${i}`);
    for (const i of all) {
      const request = {
        user_id: Number(i) % 3 === 0 ? 'a' : 'b',
        agent_type: Number(i) % 2 === 0 ? GITHUB : GMAIL,
      };
      await log(canister, i, request);
      if (i === '30') await canister.upgrade();
    }
    for (const limit of [1, 7, 60, 500]) {
      const one: { limit: [number] } = { limit: [limit] };
      expect(await follow(canister, eventsAfter({}, one))).toEqual(all);
      expect(await follow(canister, eventsAfter({ user_id: 'a' }, one))).toEqual(
        all.filter((i) => Number(i) % 3 === 0),
      );
      const both = eventsAfter({ user_id: 'b', agent_type: GMAIL }, one);
      expect(await follow(canister, both)).toEqual(all.filter((i) => Number(i) % 3 > 0 && Number(i) % 2 > 0));
    }
  });

  it('gives those activity types alone that the filter names', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await storeInteraction(canister);
    const filter = { activity_types: [{ InteractionCompleted: null }, { TaskCreated: null }] };
    const { events } = await pageOf(canister, eventsAfter(filter));
    expect(events.map(({ activity }) => optionOf(activity.activity_type))).toEqual(['InteractionCompleted']);
  });

  it('keeps a place that lies behind the end, and says where the log ends', async () => {
    const canister = await setupCanister();
    for (const after of [2n, 9n, 2n ** 64n - 1n]) {
      expect(await pageOf(canister, eventsAfter({}, { after: [after] }))).toEqual({
        events: [],
        next: after,
        more: false,
        end: 2n,
      });
    }
  });

  it('shows agents the types alone that they may see, and admins those of all users', async () => {
    const canister = await setupCanister();
    const mailer = principal(30);
    const request = newAgent({ agent: mailer, agent_types: [[GMAIL]] });
    ok(await canister.call('add_agent', [request], { sender: OWNER }));
    await log(canister, 'code');
    await log(canister, 'mail', { user_id: 'b', agent_type: GMAIL });
    expect(await follow(canister, eventsAfter(), mailer)).toEqual(['mail']);
    expect(await follow(canister, eventsAfter({ agent_type: GITHUB }), mailer)).toEqual([]);
    expect(await follow(canister, eventsAfter(), OWNER)).toEqual(['code', 'mail']);
  });

  it('refuses users and agents of some users who name no user', async () => {
    const canister = await setupCanister();
    const user = principal(20);
    const granted = principal(31);
    const request = newAgent({ agent: granted, scope: [{ granted_users: null }] });
    ok(await canister.call('add_agent', [request], { sender: OWNER }));
    const refusal = {
      Err: { Unauthorized: { message: expect.stringContaining('name a user_id') as string } },
    };
    for (const sender of [user, granted, principal(32)]) {
      for (const args of [eventsAfter(), eventsAfter({}, { filter: [] })]) {
        expect(await canister.query('get_events', [args], { sender })).toEqual(refusal);
      }
    }
    expect(await follow(canister, eventsAfter({ user_id: user.toText() }), user)).toEqual([]);
  });

  it('passes over what was erased and what was removed for its age', async () => {
    const canister = await setupCanister();
    await log(canister, 'old');
    await log(canister, 'gone', { user_id: 'leaver' });
    ok(await canister.call('erase_user', [{ user_id: 'leaver' }], { sender: OWNER }));
    expect(await follow(canister, eventsAfter())).toEqual(['old']);
    const kept = newSettings({ retention: [someRetention({ activities_days: 1n })] });
    ok(await canister.call('update_settings', [kept], { sender: OWNER }));
    await canister.advance(49n * HOUR);
    await log(canister, 'new');
    expect(await follow(canister, eventsAfter())).toEqual(['new']);
    expect(await follow(canister, eventsAfter({ user_id: 'user-1' }))).toEqual(['new']);
  });
});
