import { describe, expect, it } from 'vitest';
import { GITHUB, GMAIL, storeInteraction } from '../../support/records.ts';
import { START, setupCanister } from '../../support/wasm-canister.ts';

/** Stores so many interactions, every third with Gmail; their messages count up from 0. */
async function setupInteractions(count: number) {
  const canister = await setupCanister();
  for (let i = 0; i < count; i++) {
    await storeInteraction(canister, { message: `${i}`, agentType: i % 3 === 0 ? GMAIL : GITHUB });
  }
  return canister;
}

function newestFirst(count: number, passes: (i: number) => boolean = () => true): string[] {
  return Array.from({ length: count }, (_, i) => `${count - 1 - i}`).filter((i) => passes(Number(i)));
}

describe('interactions', () => {
  for (const success of [true, false]) {
    it(`are stored as they are given, success ${success}, each argument in its place`, async () => {
      const canister = await setupCanister();
      const result = await canister.call('store_agent_interaction', [
        'user-1',
        GMAIL,
        'What is new? 📬',
        'Nothing',
        success,
        ['{"n":1}'],
      ]);
      expect(result).toEqual({ Ok: 'int-0000000000000001' });
      const stored = {
        id: 'int-0000000000000001',
        user_id: 'user-1',
        agent_type: GMAIL,
        message: 'What is new? 📬',
        response: 'Nothing',
        timestamp: START,
        success,
        metadata: ['{"n":1}'],
        session_id: [],
      };
      expect(await canister.query('get_agent_interaction', ['int-0000000000000001'])).toEqual([stored]);
      expect(await canister.query('get_user_agent_interactions', ['user-1', []])).toEqual([stored]);
      expect(await canister.query('get_agent_type_interactions', ['user-1', GMAIL, []])).toEqual([stored]);
      expect(await canister.query('get_agent_type_interactions', ['user-1', GITHUB, []])).toEqual([]);
    });
  }

  for (const id of ['int-0000000000000002', 'ses-0000000000000001', 'act-0000000000000001', 'anything']) {
    it(`are not found by the id ${id}`, async () => {
      const canister = await setupCanister();
      await storeInteraction(canister);
      expect(await canister.query('get_agent_interaction', [id])).toEqual([]);
    });
  }

  const limits: [[] | [number], number][] = [
    [[], 50],
    [[1], 1],
    [[59], 59],
    [[60], 60],
    [[500], 60],
  ];
  it('are listed newest first, 50 unless told', async () => {
    const canister = await setupInteractions(60);
    for (const [limit, expected] of limits) {
      const listed = await canister.query('get_user_agent_interactions', ['user-1', limit]);
      expect(listed.map(({ message }) => message)).toEqual(newestFirst(60).slice(0, expected));
    }
  });

  it('are listed of one agent type newest first, 50 unless told', async () => {
    const canister = await setupInteractions(90);
    for (const [limit, expected] of limits) {
      const listed = await canister.query('get_agent_type_interactions', ['user-1', GITHUB, limit]);
      expect(listed.map(({ message }) => message)).toEqual(
        newestFirst(90, (i) => i % 3 !== 0).slice(0, expected),
      );
    }
  });

  it('are never those of another user', async () => {
    const canister = await setupInteractions(3);
    await storeInteraction(canister, { userId: 'user-2', message: 'theirs' });
    await storeInteraction(canister, { message: '3' });
    const listed = await canister.query('get_user_agent_interactions', ['user-1', []]);
    expect(listed.map(({ message }) => message)).toEqual(newestFirst(4));
  });

  it('answer a query that is sent as an update call', async () => {
    const canister = await setupInteractions(2);
    expect(await canister.call('get_user_agent_interactions', ['user-1', []])).toEqual(
      await canister.query('get_user_agent_interactions', ['user-1', []]),
    );
  });
});
