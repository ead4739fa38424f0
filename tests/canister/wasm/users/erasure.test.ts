import { describe, expect, it } from 'vitest';
import {
  createSession,
  GITHUB,
  newAgent,
  newGrant,
  raiseRates,
  sessionPage,
  storeCredentials,
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

const ADMIN = { sender: OWNER };

async function entriesOf(canister: WasmCanister) {
  return ok(await canister.query('get_audit_entries', [{ from: [], limit: [] }], ADMIN)).entries;
}

/** Logs activities of a user until there are this many. */
async function fill(canister: WasmCanister, userId: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await canister.call('log_agent_activity', [userId, GITHUB, { TaskCreated: null }, `MARKER-${i}`, []]);
  }
}

describe('erase_user', () => {
  it('leaves nothing of the user, and all of the others', async () => {
    const canister = await setupCanister();
    const session = await createSession(canister, { userId: 'leaver' });
    const interaction = await storeInteraction(canister, { userId: 'leaver' });
    await storeCredentials(canister, { userId: 'leaver' });
    const other = await createSession(canister, { userId: 'other' });
    expect(await canister.call('erase_user', [{ user_id: 'leaver' }], ADMIN)).toEqual({ Ok: null });

    expect(await canister.query('get_agent_session', [session])).toEqual([]);
    expect(await canister.query('get_agent_interaction', [interaction])).toEqual([]);
    expect(await canister.query('get_user_agent_sessions', ['leaver'])).toEqual([]);
    expect(await canister.query('get_user_agent_credentials', ['leaver'])).toEqual([]);
    expect(await canister.query('get_user_agent_activities', ['leaver', []])).toEqual([]);
    expect(await canister.query('get_agent_status', ['leaver'])).toMatchObject({ total_sessions: 0 });
    expect(await canister.call('end_agent_session', [session])).toEqual({ Err: { NotFound: null } });
    expect(await canister.call('erase_user', [{ user_id: 'leaver' }], ADMIN)).toEqual({
      Err: { NotFound: null },
    });
    expect(await canister.query('get_agent_session', [other])).toHaveLength(1);
    // The sessions' queue comes to entries of which there is no session any more.
    await canister.advance(25n * HOUR);
    expect(await canister.query('get_agent_session', [other])).toMatchObject([{ is_active: false }]);
  });

  it('hides at once what it removes in batches, also over an upgrade', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    await fill(canister, 'leaver', 450);
    const session = await createSession(canister, { userId: 'leaver' });
    ok(await canister.call('erase_user', [{ user_id: 'leaver' }], ADMIN));
    const erased = async () =>
      (await entriesOf(canister)).filter(({ erased_by }) => erased_by.length > 0).length;
    const atOnce = await erased();
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(400);
    expect(await canister.query('get_agent_session', [session])).toEqual([]);
    const visible = (await entriesOf(canister)).filter(({ content }) => content[0]?.user_id[0] === 'leaver');
    expect(visible).toEqual([]);
    await canister.upgrade();
    expect(await canister.query('get_user_agent_activities', ['leaver', []])).toEqual([]);
    await canister.advance(HOUR);
    expect(await erased()).toBe(451);
    expect(canister.countInStable('MARKER-449')).toBe(0);
  });

  it('erases several users, one after the other', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    for (const user of ['a', 'b', 'c']) await fill(canister, user, 210);
    for (const user of ['a', 'b', 'c']) ok(await canister.call('erase_user', [{ user_id: user }], ADMIN));
    await canister.advance(HOUR);
    const kept = (await entriesOf(canister)).flatMap(({ content }) => content.map(({ kind }) => kind));
    expect(kept).toEqual(['AdminAdded', 'AgentAdded', 'SettingsChanged']);
    const last = ok(await canister.query('get_audit_entries', [{ from: [634n], limit: [] }], ADMIN));
    expect(last.entries.map(({ content }) => content[0]?.kind)).toEqual([
      'UserErased',
      'UserErased',
      'UserErased',
    ]);
  });

  it('makes another user of whoever comes with the user_id again', async () => {
    const canister = await setupCanister();
    const user = principal(60);
    const user_id = user.toText();
    const bot = principal(61);
    ok(await canister.call('add_agent', [newAgent({ agent: bot, scope: [{ granted_users: null }] })], ADMIN));
    ok(await canister.call('grant_agent', [newGrant({ user_id, agent: bot })], { sender: user }));
    ok(await canister.call('erase_user', [{ user_id }], { sender: user }));
    await createSession(canister, { userId: user_id });
    await expect(canister.query('get_user_agent_sessions', [user_id], { sender: bot })).rejects.toThrow(
      'Unauthorized',
    );
    expect(await canister.query('get_user_agent_sessions', [user_id], { sender: user })).toHaveLength(1);
    expect(await canister.query('list_grants', [{ user_id }], { sender: user })).toEqual({ Ok: [] });
    const told = (await entriesOf(canister)).find(({ content }) => content[0]?.kind === 'UserErased');
    expect(told?.content[0]).toMatchObject({
      actor: canister.id,
      metadata: ['{"by":"user","activities":1}'],
    });
  });

  it('is not for agents', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    expect(await canister.call('erase_user', [{ user_id: 'user-1' }], { sender: AGENT })).toHaveProperty(
      'Err.Unauthorized',
    );
    expect(ok(await canister.query('list_sessions', sessionPage({ user_id: 'user-1' }))).items).toHaveLength(
      1,
    );
  });
});
