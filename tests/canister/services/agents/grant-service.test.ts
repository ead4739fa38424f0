import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { Grant } from '../../../../src/candid/agent_service.did.ts';
import { grant } from '../../../../src/canister/api/interface-types.ts';
import { listResult } from '../../../../src/canister/api/replies.ts';
import { method } from '../../support/candid-interface.ts';
import { arg, CALLER, setupServices, trailOf } from '../../support/service-world.ts';
import { ok } from '../../support/wasm-canister.ts';

const USER = arg(CALLER.toText());
const BOT = Uint8Array.of(7, 7);
const OTHER = Uint8Array.of(8);
const UNSAID = { agent_types: undefined, permissions: undefined, expires_at: undefined };
const GRANT = { user_id: USER, agent: BOT, ...UNSAID };

function setupGrants() {
  const world = setupServices();
  for (const agent of [BOT, OTHER]) {
    world.agents.add({ agent, name: arg('bot'), ...UNSAID, scope: 'granted_users' }, world.call());
  }
  const list = (userId = USER): Grant[] => {
    const reply = listResult(grant).encode(world.grants.list(userId));
    return ok(IDL.decode(method('list_grants').retTypes, reply)[0] as unknown as { Ok: Grant[] });
  };
  const trail = () => trailOf(world.activities, USER.value);
  return { ...world, list, trail };
}

describe('GrantService', () => {
  it('grants all of which nothing is said, and lists it', () => {
    const { grants, clock, call, list } = setupGrants();
    expect(list()).toEqual([]);
    grants.grant(GRANT, call());
    expect(list()).toEqual([
      {
        agent: Principal.fromUint8Array(BOT),
        agent_types: ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'].map((name) => ({ [name]: null })),
        permissions: [{ read: null }, { write: null }, { credentials: null }],
        expires_at: [],
        granted_at: clock.now,
      },
    ]);
    expect(list(arg('another'))).toEqual([]);
  });

  it('puts a grant in the place of the one before, beside those to other agents', () => {
    const { grants, clock, call, list } = setupGrants();
    grants.grant(GRANT, call());
    grants.grant({ ...GRANT, agent: OTHER }, call());
    clock.now += 5n;
    const less = { agent_types: ['Gmail'], permissions: ['write'], expires_at: clock.now + 1n } as const;
    grants.grant({ ...GRANT, ...less }, call());
    expect(list()).toMatchObject([
      {
        agent_types: [{ Gmail: null }],
        permissions: [{ write: null }],
        expires_at: [clock.now + 1n],
        granted_at: clock.now,
      },
      { agent: Principal.fromUint8Array(OTHER), granted_at: clock.now - 5n },
    ]);
    grants.withdraw({ user_id: USER, agent: BOT }, call());
    expect(list()).toMatchObject([{ agent: Principal.fromUint8Array(OTHER) }]);
    grants.withdraw({ user_id: USER, agent: OTHER }, call());
    expect(list()).toEqual([]);
  });

  it('tells of each change in the activities of the user', () => {
    const { grants, agents, call, trail } = setupGrants();
    grants.grant({ ...GRANT, agent_types: ['Gmail'], permissions: ['read', 'write'] }, call());
    agents.remove({ agent: BOT }, call());
    grants.withdraw({ user_id: USER, agent: BOT }, call());
    grants.grant({ ...GRANT, agent: OTHER }, call());
    const metadata = `{"agent":"${Principal.fromUint8Array(BOT).toText()}","agent_types":["Gmail"],"permissions":["read","write"]}`;
    expect(trail()).toMatchObject([
      { activity_type: { AgentGranted: null }, agent_type: { InFoundr: null }, actor: CALLER },
      { activity_type: { AgentWithdrawn: null }, agent_type: { Gmail: null }, metadata: [metadata] },
      { activity_type: { AgentGranted: null }, agent_type: { Gmail: null }, metadata: [metadata] },
    ]);
  });

  it('refuses who is no agent, what was not granted, and empty or past terms, before it writes', () => {
    const { grants, clock, call, list, trail } = setupGrants();
    expect(() => grants.grant({ ...GRANT, agent: Uint8Array.of(9) }, call())).toThrow('NotFound');
    expect(() => grants.withdraw({ user_id: USER, agent: BOT }, call())).toThrow('NotFound');
    expect(() => grants.grant({ ...GRANT, agent_types: [] }, call())).toThrow(
      'agent_types must not be empty',
    );
    expect(() => grants.grant({ ...GRANT, permissions: [] }, call())).toThrow(
      'permissions must not be empty',
    );
    expect(() => grants.grant({ ...GRANT, expires_at: clock.now }, call())).toThrow('must be in the future');
    expect([list(), trail()]).toEqual([[], []]);
  });

  it('keeps at most a hundred grants of a user', () => {
    const { agents, grants, call, list } = setupGrants();
    for (let i = 0; i < 100; i++) {
      const agent = Uint8Array.of(1, i);
      agents.add({ agent, name: arg('bot'), ...UNSAID, scope: undefined }, call());
      grants.grant({ ...GRANT, agent }, call());
    }
    expect(() => grants.grant(GRANT, call())).toThrow('QuotaExceeded: no more than 100 grants');
    grants.grant({ ...GRANT, agent: Uint8Array.of(1, 5) }, call());
    expect(list()).toHaveLength(100);
  });
});
