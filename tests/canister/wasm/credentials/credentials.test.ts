import { describe, expect, it } from 'vitest';
import { AGENT_TYPES, ASANA, GITHUB, GMAIL, storeCredentials } from '../../support/records.ts';
import { type Args, HOUR, START, setupCanister } from '../../support/wasm-canister.ts';

/** In the order of the interface, each value another. */
const STORED: Args<'store_agent_credentials'> = [
  'user-1',
  ASANA,
  'a token',
  ['{"scope":"all"}'],
  ['a workspace'],
  [
    ['p1', 'Project one'],
    ['p2', 'Project two'],
  ],
  ['owner/repo'],
  [START + HOUR],
];

const READ = {
  user_id: 'user-1',
  agent_type: ASANA,
  token: 'a token',
  token_data: ['{"scope":"all"}'],
  workspace_id: ['a workspace'],
  project_ids: [
    ['p1', 'Project one'],
    ['p2', 'Project two'],
  ],
  selected_repo: ['owner/repo'],
  created_at: START,
  updated_at: START,
  expires_at: [START + HOUR],
};

describe('credentials', () => {
  it('are stored as they are given, each argument in its place', async () => {
    const canister = await setupCanister();
    expect(await canister.call('store_agent_credentials', STORED)).toEqual({ Ok: null });
    expect(await canister.query('get_agent_credentials', ['user-1', ASANA])).toEqual([READ]);
  });

  it('are there for one user and one agent type alone', async () => {
    const canister = await setupCanister();
    await canister.call('store_agent_credentials', STORED);
    expect(await canister.query('get_agent_credentials', ['user-1', GITHUB])).toEqual([]);
    expect(await canister.query('get_agent_credentials', ['user-2', ASANA])).toEqual([]);
    expect(await canister.query('get_user_agent_credentials', ['user-2'])).toEqual([]);
  });

  it('take the place of those before, whole, and keep the time of the first', async () => {
    const canister = await setupCanister();
    await canister.call('store_agent_credentials', STORED);
    await canister.advance(1n);
    await storeCredentials(canister, { agentType: ASANA, token: 'another' });
    expect(await canister.query('get_agent_credentials', ['user-1', ASANA])).toEqual([
      {
        ...READ,
        token: 'another',
        token_data: [],
        workspace_id: [],
        project_ids: [],
        selected_repo: [],
        updated_at: START + 1n,
        expires_at: [],
      },
    ]);
  });

  const none: Args<'update_agent_credentials'> = ['user-1', ASANA, [], [], [], [], [], []];
  const updates: { at: number; value: Args<'update_agent_credentials'>[number]; expected: object }[] = [
    { at: 2, value: ['new'], expected: { token: 'new' } },
    { at: 3, value: ['[]'], expected: { token_data: ['[]'] } },
    { at: 4, value: ['w'], expected: { workspace_id: ['w'] } },
    { at: 5, value: [[['p3', 'Three']]], expected: { project_ids: [['p3', 'Three']] } },
    { at: 5, value: [[]], expected: { project_ids: [] } },
    { at: 6, value: ['r'], expected: { selected_repo: ['r'] } },
    { at: 7, value: [START + 2n * HOUR], expected: { expires_at: [START + 2n * HOUR] } },
  ];
  for (const { at, value, expected } of updates) {
    it(`are updated to ${Object.keys(expected)[0]} ${Object.values(expected)[0]}, and keep the rest`, async () => {
      const canister = await setupCanister();
      await canister.call('store_agent_credentials', STORED);
      await canister.advance(1n);
      const args = none.with(at, value) as Args<'update_agent_credentials'>;
      expect(await canister.call('update_agent_credentials', args)).toEqual({ Ok: null });
      expect(await canister.query('get_agent_credentials', ['user-1', ASANA])).toEqual([
        { ...READ, updated_at: START + 1n, ...expected },
      ]);
    });
  }

  it('cannot be updated where none are stored', async () => {
    const canister = await setupCanister();
    await canister.call('store_agent_credentials', STORED);
    for (const [userId, agentType] of [
      ['user-1', GMAIL],
      ['user-2', ASANA],
    ] as const) {
      const args = none.with(0, userId).with(1, agentType).with(2, ['t']) as Args<'update_agent_credentials'>;
      expect(await canister.call('update_agent_credentials', args)).toEqual({ Err: { NotFound: null } });
    }
  });

  it('are listed for every agent type of a user, and counted in the status', async () => {
    const canister = await setupCanister();
    for (const agentType of AGENT_TYPES.toReversed()) await storeCredentials(canister, { agentType });
    await storeCredentials(canister, { userId: 'user-2', agentType: GMAIL });
    const listed = await canister.query('get_user_agent_credentials', ['user-1']);
    expect(listed.map(({ agent_type }) => agent_type)).toEqual(AGENT_TYPES);
    expect(await canister.query('get_agent_status', ['user-1'])).toMatchObject({ connected_agents: 5 });
    expect(await canister.query('get_agent_status', ['user-2'])).toMatchObject({ connected_agents: 1 });
  });

  it('can be stored with the latest expiry that there is, whatever comes after', async () => {
    const canister = await setupCanister();
    const expiresAt = 2n ** 64n - 1n;
    await storeCredentials(canister, { expiresAt });
    await storeCredentials(canister, { agentType: GMAIL, expiresAt: START + HOUR });
    await canister.advance(2n * HOUR);
    await canister.upgrade();
    expect(await canister.query('get_user_agent_credentials', ['user-1'])).toMatchObject([
      { agent_type: GITHUB, expires_at: [expiresAt] },
    ]);
  });
});
