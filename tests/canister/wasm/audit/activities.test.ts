import { describe, expect, it } from 'vitest';
import {
  ACTIVITY_TYPES,
  activitiesOf,
  createSession,
  GITHUB,
  GMAIL,
  raiseRates,
  SERVICE_ACTIVITY_TYPES,
  storeCredentials,
  storeInteraction,
} from '../../support/records.ts';
import { AGENT, HOUR, OWNER, START, setupCanister } from '../../support/wasm-canister.ts';

describe('activities', () => {
  it('are logged as they are told, each argument in its place', async () => {
    const canister = await setupCanister({ agents: [AGENT, OWNER] });
    const args = ['user-1', GMAIL, { EmailSent: null }, 'Sent the report', ['{"to":"a@b.c"}']] as const;
    await canister.call('log_agent_activity', [...args] as never, { sender: OWNER });
    const expected = {
      // The first entries of the audit log are the owner and the agents of the installation.
      id: 'act-0000000000000004',
      user_id: 'user-1',
      agent_type: GMAIL,
      activity_type: { EmailSent: null },
      description: 'Sent the report',
      timestamp: START,
      metadata: ['{"to":"a@b.c"}'],
      actor: OWNER,
    };
    expect(await activitiesOf(canister, 'user-1')).toEqual([expected]);
  });

  it('keep every activity type', async () => {
    const canister = await setupCanister();
    for (const type of ACTIVITY_TYPES) {
      await canister.call('log_agent_activity', ['user-1', GITHUB, type, 'd', []]);
    }
    const listed = await activitiesOf(canister, 'user-1');
    expect(listed.map(({ activity_type }) => activity_type)).toEqual(ACTIVITY_TYPES.toReversed());
  });

  it('are not logged by agents where only the service knows that they happened', async () => {
    const canister = await setupCanister();
    for (const type of SERVICE_ACTIVITY_TYPES) {
      const logged = canister.call('log_agent_activity', ['user-1', GITHUB, type, 'd', []]);
      await expect(logged).rejects.toThrow('activity_type is written only by the service itself');
    }
    expect(await activitiesOf(canister, 'user-1')).toEqual([]);
  });

  it('are listed newest first, 100 unless told', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    for (let i = 0; i < 120; i++) {
      await canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, `${i}`, []]);
    }
    await canister.call('log_agent_activity', ['user-2', GITHUB, { TaskCreated: null }, 'theirs', []]);
    const newestFirst = Array.from({ length: 120 }, (_, i) => `${119 - i}`);
    for (const [limit, expected] of [[[], 100] as const, [[1], 1] as const, [[500], 120] as const]) {
      const listed = await canister.query('get_user_agent_activities', ['user-1', [...limit] as [number]]);
      expect(listed.map(({ description }) => description)).toEqual(newestFirst.slice(0, expected));
    }
  });
});

describe('the status', () => {
  it('is all zeros for a user of whom nothing is known, and leaves nothing behind', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    expect(await canister.call('get_agent_status', ['nobody'])).toEqual({
      user_id: 'nobody',
      active_sessions: 0,
      total_sessions: 0,
      connected_agents: 0,
      recent_interactions: 0,
      recent_activities: 0,
      last_activity: 0n,
    });
    expect(canister.stableDigest()).toBe(before);
  });

  it('counts what there is, interactions to 10 and activities to 20', async () => {
    const canister = await setupCanister();
    const ended = await createSession(canister);
    await createSession(canister, { agentType: GMAIL });
    await canister.call('end_agent_session', [ended]);
    await storeCredentials(canister);
    await storeInteraction(canister);
    const status = { user_id: 'user-1', active_sessions: 1, total_sessions: 2, connected_agents: 1 };
    expect(await canister.query('get_agent_status', ['user-1'])).toEqual({
      ...status,
      recent_interactions: 1,
      recent_activities: 5,
      last_activity: START,
    });
    await canister.advance(HOUR);
    for (let i = 0; i < 16; i++) await storeInteraction(canister);
    expect(await canister.query('get_agent_status', ['user-1'])).toEqual({
      ...status,
      recent_interactions: 10,
      recent_activities: 20,
      last_activity: START + HOUR,
    });
  });
});
