import { describe, expect, it } from 'vitest';
import { AGENT_TYPES, createSession, GITHUB, GMAIL, storeInteraction } from '../../support/records.ts';
import { HOUR, SECOND, START, setupCanister } from '../../support/wasm-canister.ts';

const DAY = 24n * HOUR;

describe('sessions', () => {
  it('are stored as they are created, each argument in its place', async () => {
    const canister = await setupCanister();
    const result = await canister.call('create_agent_session', [
      'user-1',
      GMAIL,
      ['a token'],
      ['a project'],
      ['owner/repo'],
    ]);
    expect(result).toEqual({ Ok: 'ses-0000000000000001' });
    expect(await canister.query('get_agent_session', ['ses-0000000000000001'])).toEqual([
      {
        session_id: 'ses-0000000000000001',
        user_id: 'user-1',
        agent_type: GMAIL,
        token: ['a token'],
        project_id: ['a project'],
        selected_repo: ['owner/repo'],
        created_at: START,
        last_activity: START,
        is_active: true,
        ended_at: [],
        expires_at: START + DAY,
      },
    ]);
  });

  it('carry what is left out as null', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    expect(await canister.query('get_agent_session', [id])).toMatchObject([
      { token: [], project_id: [], selected_repo: [] },
    ]);
  });

  for (const agentType of AGENT_TYPES) {
    it(`keep the agent type ${Object.keys(agentType)[0]}`, async () => {
      const canister = await setupCanister();
      const id = await createSession(canister, { agentType });
      expect(await canister.query('get_agent_session', [id])).toMatchObject([{ agent_type: agentType }]);
    });
  }

  const changes: [string, [] | [string], [] | [string], [] | [string], object][] = [
    ['token', ['new'], [], [], { token: ['new'], project_id: ['p'], selected_repo: ['r'] }],
    ['project_id', [], ['new'], [], { token: ['t'], project_id: ['new'], selected_repo: ['r'] }],
    ['selected_repo', [], [], ['new'], { token: ['t'], project_id: ['p'], selected_repo: ['new'] }],
    ['time alone', [], [], [], { token: ['t'], project_id: ['p'], selected_repo: ['r'] }],
  ];
  for (const [what, token, projectId, repo, expected] of changes) {
    it(`are updated by their ${what}, and keep the rest`, async () => {
      const canister = await setupCanister();
      const args = ['user-1', GITHUB, ['t'], ['p'], ['r']] as const;
      await canister.call('create_agent_session', [...args] as [
        string,
        typeof GITHUB,
        [string],
        [string],
        [string],
      ]);
      await canister.advance(HOUR);
      const id = 'ses-0000000000000001';
      expect(await canister.call('update_agent_session', [id, token, projectId, repo])).toEqual({ Ok: null });
      expect(await canister.query('get_agent_session', [id])).toMatchObject([
        {
          ...expected,
          created_at: START,
          last_activity: START + HOUR,
          expires_at: START + HOUR + DAY,
          is_active: true,
        },
      ]);
    });
  }

  it('are inactive once they are ended, and still readable', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await canister.advance(SECOND);
    expect(await canister.call('end_agent_session', [id])).toEqual({ Ok: null });
    expect(await canister.query('get_agent_session', [id])).toMatchObject([
      { is_active: false, ended_at: [START + SECOND], expires_at: START + DAY },
    ]);
  });

  it('are listed newest first, of one user alone, each with the id that ends it', async () => {
    const canister = await setupCanister();
    const ids = [];
    for (const userId of ['user-1', 'user-2', 'user-1', 'user-1']) {
      ids.push(await createSession(canister, { userId }));
    }
    const listed = await canister.query('get_user_agent_sessions', ['user-1']);
    expect(listed.map(({ session_id }) => session_id)).toEqual([ids[3], ids[2], ids[0]]);
    for (const { session_id } of listed) {
      expect(await canister.call('end_agent_session', [session_id])).toEqual({ Ok: null });
    }
    expect(await canister.query('get_user_agent_sessions', ['nobody'])).toEqual([]);
  });

  it('hold the interactions of their agent type, and live on by them', async () => {
    const canister = await setupCanister();
    const id = await createSession(canister);
    await canister.advance(HOUR);
    const inside = await storeInteraction(canister);
    const outside = await storeInteraction(canister, { agentType: GMAIL });
    expect(await canister.query('get_agent_interaction', [inside])).toMatchObject([{ session_id: [id] }]);
    expect(await canister.query('get_agent_interaction', [outside])).toMatchObject([{ session_id: [] }]);
    expect(await canister.query('get_agent_session', [id])).toMatchObject([
      { last_activity: START + HOUR, expires_at: START + HOUR + DAY },
    ]);
  });

  it('hand the current place to the newest that is still active', async () => {
    const canister = await setupCanister();
    const [first, second, third] = [
      await createSession(canister),
      await createSession(canister),
      await createSession(canister),
    ];
    const current = async () => {
      const id = await storeInteraction(canister);
      return (await canister.query('get_agent_interaction', [id]))[0]?.session_id;
    };
    expect(await current()).toEqual([third]);
    await canister.call('end_agent_session', [second]);
    expect(await current()).toEqual([third]);
    await canister.call('end_agent_session', [third]);
    expect(await current()).toEqual([first]);
    await canister.call('end_agent_session', [first]);
    expect(await current()).toEqual([]);
  });
});
