import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  AGENT_TYPES,
  ASANA,
  activitiesOf,
  activityPage,
  createSession,
  GITHUB,
  GMAIL,
  interactionPage,
  newAgent,
  sessionPage,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  encodeArgs,
  encodeInit,
  HOUR,
  type MethodName,
  OWNER,
  ok,
  START,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

/** The stable memory after the calls of `setupFilled` to a canister of before roles, which kept agents by their name alone. */
const FIRST_LAYOUT = resolve(import.meta.dirname, '../../fixtures/first-layout.stable.gz');

const USERS = ['user-1', 'ümlaut', '😀'.repeat(128)];

/** A canister with records of every kind, in every state. */
async function setupFilled(): Promise<WasmCanister> {
  const canister = await setupCanister();
  for (const userId of USERS) {
    const expiring = await createSession(canister, { userId });
    await canister.advance(20n * HOUR);
    const ended = await createSession(canister, { userId, agentType: GMAIL });
    await canister.call('end_agent_session', [ended]);
    await canister.advance(5n * HOUR);
    await canister.call('create_agent_session', [userId, ASANA, ['t'], ['p'], ['r']]);
    await canister.call('store_agent_credentials', [
      userId,
      GITHUB,
      'a token',
      ['{"scope":"all"}'],
      ['w'],
      [
        ['p1', 'One'],
        ['p2', 'Zwei 🙂'],
      ],
      ['r'],
      [canister.now() + 1000n * HOUR],
    ]);
    await storeCredentials(canister, { userId, agentType: GMAIL });
    await canister.call('store_agent_interaction', [userId, ASANA, 'm', 'r', true, ['{"n":1}']]);
    await storeInteraction(canister, { userId, message: 'x'.repeat(200_000), success: false });
    await canister.call('log_agent_activity', [userId, GITHUB, { IssueCreated: null }, 'd', ['[1]']]);
    expect(await canister.query('get_agent_session', [expiring])).toMatchObject([{ is_active: false }]);
  }
  await canister.call('add_agent', [newAgent({ agent: STRANGER, name: 'another' })], { sender: OWNER });
  return canister;
}

/** Every answer that can be read, as bytes in hex. */
async function readAll(canister: WasmCanister): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  const read = async (name: MethodName, args: unknown[], sender = AGENT) => {
    const outcome = await canister.rawQuery(name, encodeArgs(name, args as never), { sender });
    if (outcome.kind === 'rejected') throw new Error(outcome.reject.message);
    answers[`${name} ${JSON.stringify(args)}`] = Buffer.from(outcome.reply).toString('hex');
  };
  for (const user of USERS) {
    await read('get_user_agent_sessions', [user]);
    await read('get_user_agent_credentials', [user]);
    await read('get_user_agent_interactions', [user, []]);
    await read('get_user_agent_activities', [user, []]);
    await read('get_agent_status', [user]);
    await read('list_sessions', sessionPage({ user_id: user, limit: [2] }));
    await read('list_interactions', interactionPage({ user_id: user, limit: [1] }));
    await read('list_activities', activityPage({ user_id: user, limit: [3] }));
    for (const type of AGENT_TYPES) {
      await read('get_agent_credentials', [user, type]);
      await read('get_agent_type_interactions', [user, type, []]);
    }
  }
  for (let i = 1; i <= 9; i++) {
    await read('get_agent_session', [`ses-000000000000000${i}`]);
    await read('get_agent_interaction', [`int-000000000000000${i}`]);
  }
  await read('list_agents', [{}], OWNER);
  return answers;
}

/** As `readAll`, for a layout in which what was done to the service was no activity and took no number. */
async function readAllButActivityIds(canister: WasmCanister): Promise<Record<string, string>> {
  const id = new RegExp(`(${Buffer.from('act-').toString('hex')})[0-9a-f]{32}`, 'g');
  const answers = Object.entries(await readAll(canister));
  return Object.fromEntries(answers.map(([call, answer]) => [call, answer.replaceAll(id, '$1')]));
}

describe('an upgrade', () => {
  it('leaves every answer as it was, to the byte', async () => {
    const canister = await setupFilled();
    const before = await readAll(canister);
    expect(Object.keys(before).length).toBeGreaterThan(70);
    for (let i = 0; i < 2; i++) {
      await canister.upgrade();
      expect(await readAll(canister)).toEqual(before);
    }
  });

  it('reads what the first layout stored as if it was stored today, and goes on from there', async () => {
    const today = await setupFilled();
    const canister = await setupCanister();
    await canister.advance(today.now() - canister.now());
    await canister.upgradeFrom(readFileSync(FIRST_LAYOUT));
    expect(await readAllButActivityIds(canister)).toEqual(await readAllButActivityIds(today));
    // Bytes were not counted then; the rest was.
    const usage = ok(await canister.query('get_usage', [{ user_id: 'user-1' }]));
    const counted = ok(await today.query('get_usage', [{ user_id: 'user-1' }]));
    expect(usage).toEqual({ ...counted, bytes: { ...counted.bytes, used: 0n } });
    const admin = { admin: OWNER, added_at: canister.now(), added_by: OWNER };
    expect(await canister.query('list_admins', [{}], { sender: OWNER })).toEqual({ Ok: [admin] });
    for (const each of [today, canister]) {
      await createSession(each);
      await storeInteraction(each);
      await storeCredentials(each);
      const rights = { ...newAgent({ agent: STRANGER, permissions: [[{ read: null }]] }), name: [] as [] };
      expect(await each.call('update_agent', [rights], { sender: OWNER })).toEqual({ Ok: null });
      await each.advance(1100n * HOUR);
    }
    expect(await readAllButActivityIds(canister)).toEqual(await readAllButActivityIds(today));
  });

  it('that fails leaves all as it was', async () => {
    const canister = await setupFilled();
    const before = await readAll(canister);
    const digest = canister.stableDigest();
    const arg = encodeInit({ owner: [STRANGER], agents: [[STRANGER, ANONYMOUS]] });
    await expect(canister.upgrade(arg)).rejects.toThrow('agents must not be the anonymous principal');
    expect(canister.stableDigest()).toBe(digest);
    expect(await readAll(canister)).toEqual(before);
    await createSession(canister);
  });

  it('lets ids go on, and none come twice', async () => {
    const canister = await setupCanister();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.push(await createSession(canister), await storeInteraction(canister));
      await canister.upgrade();
    }
    expect(ids).toEqual([1, 2, 3].flatMap((n) => [`ses-000000000000000${n}`, `int-000000000000000${n}`]));
    const activities = await activitiesOf(canister, 'user-1');
    // The owner and the agent of the installation are the first two entries of the audit log.
    expect(activities.map(({ id }) => id)).toEqual([8, 7, 6, 5, 4, 3].map((n) => `act-000000000000000${n}`));
  });

  it('lets work go on where it was: the current session, credentials, limits of agents', async () => {
    const canister = await setupCanister();
    const session = await createSession(canister);
    await storeCredentials(canister, { expiresAt: START + 100n * HOUR });
    await canister.upgrade();
    const id = await storeInteraction(canister);
    expect(await canister.query('get_agent_interaction', [id])).toMatchObject([{ session_id: [session] }]);
    const update = ['user-1', GITHUB, ['new'], [], [], [], [], []] as const;
    expect(await canister.call('update_agent_credentials', [...update] as never)).toEqual({ Ok: null });
    expect(await canister.call('end_agent_session', [session])).toEqual({ Ok: null });
  });
});
