import { describe, expect, it } from 'vitest';
import {
  newActivity,
  newAgent,
  newCredentials,
  newGrant,
  newSettings,
  optionOf,
  someLimits,
} from '../../support/records.ts';
import { AGENT, OWNER, ok, principal, setupCanister } from '../../support/wasm-canister.ts';

const USER = principal(20);
const user_id = USER.toText();
const AS_USER = { sender: USER };
const BOT = principal(30);

describe('an agent that a user blocked', () => {
  it('the last word: does nothing for the user from the next message on, though it acts for every user', async () => {
    const canister = await setupCanister();
    ok(await canister.call('store_credentials', [newCredentials({ user_id })]));
    ok(await canister.call('block_agent', [{ user_id, agent: AGENT }], AS_USER));
    const refused = { Err: { Unauthorized: expect.anything() } };
    expect(await canister.call('log_activity', [newActivity({ user_id })])).toEqual(refused);
    expect(await canister.call('create_link_code', [{ user_id }])).toEqual(refused);
    const after = { after: [0n], limit: [], filter: [] };
    const { events } = ok(await canister.query('get_events', [after as never]));
    expect(events).toEqual([]);
    // Others are served as before.
    ok(await canister.call('log_activity', [newActivity()]));
    await canister.upgrade();
    expect(await canister.call('log_activity', [newActivity({ user_id })])).toEqual(refused);
    const blocked = ok(await canister.query('list_blocked_agents', [{ user_id }], AS_USER));
    expect(blocked.map(({ agent }) => agent.toText())).toEqual([AGENT.toText()]);
    ok(await canister.call('unblock_agent', [{ user_id, agent: AGENT }], AS_USER));
    ok(await canister.call('log_activity', [newActivity({ user_id })]));
  });

  it('the last word: wins over a grant, over one that is given later, and over being added anew', async () => {
    const canister = await setupCanister();
    const add = () =>
      canister.call('add_agent', [newAgent({ agent: BOT, scope: [{ granted_users: null }] })], {
        sender: OWNER,
      });
    ok(await add());
    ok(await canister.call('block_agent', [{ user_id, agent: BOT }], AS_USER));
    ok(await canister.call('grant_agent', [newGrant({ user_id, agent: BOT })], AS_USER));
    const log = () => canister.call('log_activity', [newActivity({ user_id })], { sender: BOT });
    expect(await log()).toHaveProperty('Err.Unauthorized');
    ok(await canister.call('remove_agent', [{ agent: BOT }], { sender: OWNER }));
    ok(await add());
    expect(await log()).toHaveProperty('Err.Unauthorized');
  });

  it('is told in the log once, and nobody but the owner decides', async () => {
    const canister = await setupCanister();
    const block = { user_id, agent: AGENT };
    ok(await canister.call('block_agent', [block], AS_USER));
    ok(await canister.call('block_agent', [block], AS_USER));
    for (const sender of [OWNER, AGENT, principal(21)]) {
      expect(await canister.call('unblock_agent', [block], { sender })).toHaveProperty('Err.Unauthorized');
    }
    expect(await canister.call('block_agent', [{ user_id, agent: BOT }], AS_USER)).toEqual({
      Err: { NotFound: null },
    });
    ok(await canister.call('unblock_agent', [block], AS_USER));
    expect(await canister.call('unblock_agent', [block], AS_USER)).toEqual({ Err: { NotFound: null } });
    const request = {
      user_id,
      agent_type: [],
      activity_type: [],
      from: [],
      until: [],
      limit: [],
      cursor: [],
    };
    const { items } = ok(await canister.query('list_activities', [request as never], AS_USER));
    expect(items.map(({ activity_type, metadata }) => [optionOf(activity_type), metadata])).toEqual(
      ['AgentUnblocked', 'AgentBlocked'].map((type) => [type, [JSON.stringify({ agent: AGENT.toText() })]]),
    );
  });

  it('is bound by the quota on bytes where it is taken back, and never where it stops', async () => {
    const canister = await setupCanister();
    ok(await canister.call('block_agent', [{ user_id, agent: AGENT }], AS_USER));
    const request = newSettings({ limits: [someLimits({ bytes: 1n })] });
    ok(await canister.call('update_settings', [request], { sender: OWNER }));
    const unblocked = await canister.call('unblock_agent', [{ user_id, agent: AGENT }], AS_USER);
    expect(unblocked).toEqual({ Err: { QuotaExceeded: { resource: 'bytes', limit: 1n } } });
    const added = await canister.call('add_agent', [newAgent({ agent: BOT })], { sender: OWNER });
    expect(added).toEqual({ Ok: null });
    ok(await canister.call('block_agent', [{ user_id, agent: BOT }], AS_USER));
    const blocked = ok(await canister.query('list_blocked_agents', [{ user_id }], AS_USER));
    expect(blocked).toHaveLength(2);
  });

  it('goes with the user who is erased', async () => {
    const canister = await setupCanister();
    ok(await canister.call('block_agent', [{ user_id, agent: AGENT }], AS_USER));
    ok(await canister.call('erase_user', [{ user_id }], AS_USER));
    expect(ok(await canister.query('list_blocked_agents', [{ user_id }], AS_USER))).toEqual([]);
  });
});
