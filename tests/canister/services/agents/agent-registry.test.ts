import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../../src/candid/agent_service.did.ts';
import { agent } from '../../../../src/canister/api/interface-types.ts';
import { listResult } from '../../../../src/canister/api/replies.ts';
import { ByteWriter, encodeUtf8 } from '../../../../src/canister/codec/index.ts';
import type { AgentRights } from '../../../../src/canister/services/agents/agent-registry.ts';
import { method } from '../../support/candid-interface.ts';
import { arg, CALLER, setupServices } from '../../support/service-world.ts';
import { ok } from '../../support/wasm-canister.ts';

const BOT = Uint8Array.of(7, 7);
const ANONYMOUS = Principal.anonymous().toUint8Array();

const UNSAID: AgentRights = {
  agent_types: undefined,
  permissions: undefined,
  scope: undefined,
  expires_at: undefined,
};
const BOTS = { agent: BOT, name: arg('Büro-Bot'), ...UNSAID };

const EVERYTHING = {
  agent_types: [{ GitHub: null }, { Asana: null }, { Gmail: null }, { Calendar: null }, { InFoundr: null }],
  permissions: [{ read: null }, { write: null }, { credentials: null }],
  scope: { every_user: null },
  expires_at: [],
};

function setupRegistry() {
  const world = setupServices();
  const list = (): Agent[] => {
    const [result] = IDL.decode(
      method('list_agents').retTypes,
      listResult(agent).encode(world.agents.list()),
    );
    return ok(result as unknown as { Ok: Agent[] });
  };
  return { ...world, list };
}

describe('AgentRegistry', () => {
  it('lets an agent do everything of which nothing is said, and tells who let it in', () => {
    const { agents, clock, call, list } = setupRegistry();
    agents.add(BOTS, call());
    const bot = {
      agent: Principal.fromUint8Array(BOT),
      name: 'Büro-Bot',
      added_at: clock.now,
      added_by: CALLER,
    };
    expect(list()).toEqual([{ ...bot, ...EVERYTHING }]);
  });

  it('lets an agent do what is said, and changes what is said later', () => {
    const { agents, clock, call, list } = setupRegistry();
    const rights: AgentRights = {
      agent_types: ['Gmail', 'Asana'],
      permissions: ['write'],
      scope: 'granted_users',
      expires_at: clock.now + 1n,
    };
    agents.add({ ...BOTS, ...rights }, call());
    const said = {
      agent_types: [{ Asana: null }, { Gmail: null }],
      permissions: [{ write: null }],
      scope: { granted_users: null },
      expires_at: [clock.now + 1n],
    };
    expect(list()).toMatchObject([{ name: 'Büro-Bot', ...said }]);
    agents.update({ ...UNSAID, agent: BOT, name: undefined }, call());
    expect(list()).toMatchObject([{ name: 'Büro-Bot', ...said }]);
    agents.update({ ...UNSAID, agent: BOT, name: arg('b'), expires_at: 0n, scope: 'every_user' }, call());
    expect(list()).toMatchObject([{ ...said, name: 'b', expires_at: [], scope: { every_user: null } }]);
    agents.update({ ...UNSAID, agent: BOT, name: undefined, agent_types: ['GitHub'] }, call());
    agents.update({ ...UNSAID, agent: BOT, name: undefined, permissions: ['read', 'credentials'] }, call());
    expect(list()).toMatchObject([
      { agent_types: [{ GitHub: null }], permissions: [{ read: null }, { credentials: null }] },
    ]);
  });

  it('reads an agent of the first layout as one that may do everything, and keeps the rest of it when it changes', () => {
    const { agents, store, call, list } = setupRegistry();
    const adder = Principal.fromUint8Array(Uint8Array.of(8));
    const stored = new ByteWriter().u8(1).principal(BOT).text(encodeUtf8('old')).u64(5n);
    store.agents.set(BOT, stored.principal(adder.toUint8Array()).finish());
    const old = { agent: Principal.fromUint8Array(BOT), name: 'old', added_at: 5n, added_by: adder };
    expect(list()).toEqual([{ ...old, ...EVERYTHING }]);
    agents.update({ ...UNSAID, agent: BOT, name: undefined, permissions: ['read'] }, call());
    expect(list()).toEqual([{ ...old, ...EVERYTHING, permissions: [{ read: null }] }]);
    expect(store.agents.get(BOT)?.[0]).toBe(2);
  });

  it('refuses an agent twice, a stranger, the anonymous principal and bad arguments', () => {
    const { agents, clock, call } = setupRegistry();
    agents.add(BOTS, call());
    const other = { ...BOTS, agent: Uint8Array.of(8) };
    expect(() => agents.add(BOTS, call())).toThrow('Conflict');
    expect(() => agents.remove(other, call())).toThrow('NotFound');
    expect(() => agents.update(other, call())).toThrow('NotFound');
    expect(() => agents.add({ ...BOTS, agent: ANONYMOUS }, call())).toThrow('InvalidArgument: agent');
    expect(() => agents.add({ ...other, name: arg('') }, call())).toThrow('InvalidArgument: name');
    expect(() => agents.add({ ...other, agent_types: [] }, call())).toThrow('agent_types must not be empty');
    expect(() => agents.update({ ...BOTS, permissions: [] }, call())).toThrow(
      'permissions must not be empty',
    );
    expect(() => agents.add({ ...other, expires_at: clock.now }, call())).toThrow(
      'expires_at must be in the future',
    );
    expect(() => agents.add({ ...other, expires_at: 0n }, call())).toThrow(
      'expires_at must be in the future',
    );
  });

  it('takes at most a thousand agents', () => {
    const { agents, call } = setupRegistry();
    for (let i = 0; i < 1000; i++) agents.add({ ...BOTS, agent: Uint8Array.of(i >> 8, i) }, call());
    expect(() => agents.add({ ...BOTS, agent: BOT.slice(1) }, call())).toThrow(
      'QuotaExceeded: no more than 1000 agents',
    );
  });

  it('takes at most a thousand agents from the installation, too', () => {
    const { agents, call } = setupRegistry();
    const many = Array.from({ length: 1001 }, (_, i) => Uint8Array.of(i >> 8, i));
    agents.configure([...many.slice(1), ...many.slice(1)], call());
    expect(() => agents.configure(many, call())).toThrow('QuotaExceeded');
  });

  it('keeps what an upgrade does not name', () => {
    const { agents, call, list } = setupRegistry();
    agents.add({ ...BOTS, permissions: ['read'] }, call());
    agents.configure([BOT, Uint8Array.of(8)], call());
    expect(list()).toMatchObject([{ permissions: [{ read: null }] }, EVERYTHING]);
  });

  it('refuses the anonymous principal as an agent before it changes anything', () => {
    const { agents, store, call } = setupRegistry();
    expect(() => agents.configure([BOT, ANONYMOUS], call())).toThrow('InvalidArgument: agents');
    expect(store.agents.size()).toBe(0);
  });
});
