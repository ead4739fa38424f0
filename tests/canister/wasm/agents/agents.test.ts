import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { AGENT_TYPES, GITHUB, newAgent } from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  CONTROLLER,
  OWNER,
  START,
  STRANGER,
  setupCanister,
} from '../../support/wasm-canister.ts';

const EVERYTHING = {
  agent_types: AGENT_TYPES,
  permissions: [{ read: null }, { write: null }, { credentials: null }],
  scope: { every_user: null },
  expires_at: [],
};
const INSTALLED = { agent: AGENT, name: 'agent', added_at: START, added_by: CONTROLLER, ...EVERYTHING };

describe('agents', () => {
  it('are those of the installation at first', async () => {
    const canister = await setupCanister();
    expect(await canister.query('list_agents', [{}], { sender: OWNER })).toEqual({ Ok: [INSTALLED] });
  });

  for (const [who, sender] of [
    ['an admin', OWNER],
    ['a controller', CONTROLLER],
  ] as const) {
    it(`are added and removed by ${who}, and may call in between`, async () => {
      const canister = await setupCanister({ uninspected: true });
      const tryCall = () =>
        canister.call('create_agent_session', ['u', GITHUB, [], [], []], { sender: STRANGER });
      expect(await tryCall()).toHaveProperty('Err.Unauthorized');
      await canister.advance(5n);
      const add = newAgent({ agent: STRANGER, name: 'Büro-Bot 🤖' });
      expect(await canister.call('add_agent', [add], { sender })).toEqual({ Ok: null });
      const added = { ...add, ...EVERYTHING, added_at: START + 5n, added_by: sender };
      expect(await canister.query('list_agents', [{}], { sender })).toEqual({ Ok: [INSTALLED, added] });
      expect(await tryCall()).toHaveProperty('Ok');
      expect(await canister.call('remove_agent', [{ agent: STRANGER }], { sender })).toEqual({ Ok: null });
      expect(await tryCall()).toHaveProperty('Err.Unauthorized');
      expect(await canister.query('list_agents', [{}], { sender })).toEqual({ Ok: [INSTALLED] });
    });
  }

  it('are told by name to everybody who says who they are, 100 at once', async () => {
    const canister = await setupCanister();
    const names = (agents: readonly Principal[], sender = STRANGER) =>
      canister.query('get_agent_names', [{ agents: [...agents] }], { sender });
    const named = { agent: AGENT, name: 'agent' };
    expect(await names([OWNER, AGENT, STRANGER, AGENT])).toEqual({ Ok: [named, named] });
    expect(await names([])).toEqual({ Ok: [] });
    expect(await names(Array.from({ length: 100 }, () => OWNER))).toEqual({ Ok: [] });
    const message = 'must have at most 100 entries, has 101';
    expect(await names(Array.from({ length: 101 }, () => AGENT))).toEqual({
      Err: { InvalidArgument: { field: 'agents', message } },
    });
    expect(await names([AGENT], ANONYMOUS)).toHaveProperty('Err.Unauthorized');
  });

  it('are not added twice, nor removed where they are none', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    const again = newAgent({ agent: AGENT, name: 'again' });
    expect(await canister.call('add_agent', [again], { sender: OWNER })).toEqual({
      Err: { Conflict: { message: 'the principal is an agent already' } },
    });
    expect(await canister.call('remove_agent', [{ agent: STRANGER }], { sender: OWNER })).toEqual({
      Err: { NotFound: null },
    });
    expect(canister.stableDigest()).toBe(before);
  });

  it('get no right that the canister does not know: left out it would mean all', async () => {
    const canister = await setupCanister();
    const before = canister.stableDigest();
    for (const field of ['agent_types', 'permissions', 'scope']) {
      const unknown = IDL.Variant({ Slack: IDL.Null });
      const type = field === 'scope' ? IDL.Opt(unknown) : IDL.Opt(IDL.Vec(unknown));
      const value = field === 'scope' ? [{ Slack: null }] : [[{ Slack: null }]];
      const request = IDL.Record({ agent: IDL.Principal, name: IDL.Text, [field]: type });
      const arg = IDL.encode([request], [{ agent: STRANGER, name: 'n', [field]: value }]);
      expect(await canister.rawCall('add_agent', arg, { sender: OWNER })).toMatchObject({
        kind: 'rejected',
        reject: { message: expect.stringContaining(field) as string },
      });
    }
    const bare = IDL.encode(
      [IDL.Record({ agent: IDL.Principal, name: IDL.Text })],
      [{ agent: STRANGER, name: 'n' }],
    );
    expect(canister.stableDigest()).toBe(before);
    expect(await canister.rawCall('add_agent', bare, { sender: OWNER })).toMatchObject({ kind: 'replied' });
  });
});
