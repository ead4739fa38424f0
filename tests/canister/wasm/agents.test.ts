import { describe, expect, it } from 'vitest';
import { GITHUB } from '../support/records.ts';
import { AGENT, CONTROLLER, OWNER, START, STRANGER, setupCanister } from '../support/wasm-canister.ts';

const INSTALLED = { agent: AGENT, name: 'agent', added_at: START, added_by: CONTROLLER };

describe('agents', () => {
  it('are those of the installation at first', async () => {
    const canister = await setupCanister();
    expect(await canister.query('list_agents', [{}], { sender: OWNER })).toEqual({ Ok: [INSTALLED] });
  });

  for (const [who, sender] of [
    ['the owner', OWNER],
    ['a controller', CONTROLLER],
  ] as const) {
    it(`are added and removed by ${who}, and may call in between`, async () => {
      const canister = await setupCanister();
      const tryCall = () =>
        canister.call('create_agent_session', ['u', GITHUB, [], [], []], { sender: STRANGER });
      expect(await tryCall()).toHaveProperty('Err.Unauthorized');
      await canister.advance(5n);
      const add = { agent: STRANGER, name: 'Büro-Bot 🤖' };
      expect(await canister.call('add_agent', [add], { sender })).toEqual({ Ok: null });
      const added = { ...add, added_at: START + 5n, added_by: sender };
      expect(await canister.query('list_agents', [{}], { sender })).toEqual({ Ok: [INSTALLED, added] });
      expect(await tryCall()).toHaveProperty('Ok');
      expect(await canister.call('remove_agent', [{ agent: STRANGER }], { sender })).toEqual({ Ok: null });
      expect(await tryCall()).toHaveProperty('Err.Unauthorized');
      expect(await canister.query('list_agents', [{}], { sender })).toEqual({ Ok: [INSTALLED] });
    });
  }

  it('are not added twice, nor removed where they are none', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    const again = { agent: AGENT, name: 'again' };
    expect(await canister.call('add_agent', [again], { sender: OWNER })).toEqual({
      Err: { Conflict: { message: 'the principal is an agent already' } },
    });
    expect(await canister.call('remove_agent', [{ agent: STRANGER }], { sender: OWNER })).toEqual({
      Err: { NotFound: null },
    });
    expect(canister.stableDigest()).toBe(before);
  });
});
