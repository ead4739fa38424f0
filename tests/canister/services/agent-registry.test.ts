import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { agent } from '../../../src/canister/api/interface-types.ts';
import { listResult } from '../../../src/canister/api/replies.ts';
import { Access } from '../../../src/canister/policy/access.ts';
import { method } from '../support/candid-interface.ts';
import { arg, CALLER, setupServices } from '../support/service-world.ts';

const BOT = Uint8Array.of(7, 7);
const ANONYMOUS = Principal.anonymous().toUint8Array();

function setupAccess() {
  const world = setupServices();
  const { store } = world;
  const access = new Access({
    owner: () => store.settings.owner,
    isAgent: (principal) => store.agents.has(principal),
  });
  const as = (principal: Uint8Array, isController = false) => ({
    principal,
    isController: () => isController,
  });
  return { ...world, access, as };
}

describe('AgentRegistry', () => {
  it('lists the agents with who let them in', () => {
    const { agents, clock, call } = setupServices();
    agents.add({ agent: BOT, name: arg('Büro-Bot') }, call());
    const [result] = IDL.decode(method('list_agents').retTypes, listResult(agent).encode(agents.list()));
    const bot = {
      agent: Principal.fromUint8Array(BOT),
      name: 'Büro-Bot',
      added_at: clock.now,
      added_by: CALLER,
    };
    expect(result).toEqual({ Ok: [bot] });
  });

  it('refuses an agent twice, a stranger, the anonymous principal and a bad name', () => {
    const { agents, call } = setupServices();
    agents.add({ agent: BOT, name: arg('bot') }, call());
    expect(() => agents.add({ agent: BOT, name: arg('bot') }, call())).toThrow('Conflict');
    expect(() => agents.remove({ agent: Uint8Array.of(8) })).toThrow('NotFound');
    expect(() => agents.add({ agent: ANONYMOUS, name: arg('bot') }, call())).toThrow(
      'InvalidArgument: agent',
    );
    expect(() => agents.add({ agent: Uint8Array.of(8), name: arg('') }, call())).toThrow(
      'InvalidArgument: name',
    );
  });

  it('takes at most a thousand agents', () => {
    const { agents, call } = setupServices();
    for (let i = 0; i < 1000; i++) agents.add({ agent: Uint8Array.of(i >> 8, i), name: arg('bot') }, call());
    expect(() => agents.add({ agent: BOT.slice(1), name: arg('bot') }, call())).toThrow(
      'QuotaExceeded: no more than 1000 agents',
    );
  });

  it('takes at most a thousand agents from the installation, too', () => {
    const { agents, call } = setupServices();
    const many = Array.from({ length: 1001 }, (_, i) => Uint8Array.of(i >> 8, i));
    agents.configure({ agents: [...many.slice(1), ...many.slice(1)] }, call());
    expect(() => agents.configure({ agents: many }, call())).toThrow('QuotaExceeded');
  });

  it('keeps what an upgrade does not name', () => {
    const { agents, store, call } = setupServices();
    agents.configure({ owner: CALLER.toUint8Array(), agents: [BOT] }, call());
    agents.configure({}, call());
    agents.configure({ agents: [Uint8Array.of(8)] }, call());
    expect(store.settings.owner).toEqual(CALLER.toUint8Array());
    expect(store.agents.size()).toBe(2);
  });

  it('refuses the anonymous principal as owner or agent before it changes anything', () => {
    const { agents, store, call } = setupServices();
    expect(() => agents.configure({ owner: BOT, agents: [ANONYMOUS] }, call())).toThrow(
      'InvalidArgument: agents',
    );
    expect(() => agents.configure({ owner: ANONYMOUS }, call())).toThrow('InvalidArgument: owner');
    expect(store.settings.owner).toBeUndefined();
  });
});

describe('Access', () => {
  it('lets agents and the owner use the service, and nobody else', () => {
    const { access, agents, call, as } = setupAccess();
    agents.configure({ owner: CALLER.toUint8Array(), agents: [BOT] }, call());
    access.requireAgent(as(BOT));
    access.requireAgent(as(CALLER.toUint8Array()));
    expect(() => access.requireAgent(as(Uint8Array.of(8)))).toThrow(
      'Unauthorized: the caller is not an agent',
    );
    expect(() => access.requireAgent(as(Uint8Array.of(8), true))).toThrow('Unauthorized');
    expect(() => access.requireAgent(as(ANONYMOUS))).toThrow('Unauthorized: anonymous');
    agents.remove({ agent: BOT });
    expect(() => access.requireAgent(as(BOT))).toThrow('Unauthorized');
  });

  it('lets the owner and controllers name agents, and nobody else', () => {
    const { access, agents, call, as } = setupAccess();
    agents.configure({ owner: CALLER.toUint8Array(), agents: [BOT] }, call());
    access.requireAdmin(as(CALLER.toUint8Array()));
    access.requireAdmin(as(Uint8Array.of(8), true));
    expect(() => access.requireAdmin(as(BOT))).toThrow('Unauthorized: only the owner');
    expect(() => access.requireAdmin(as(ANONYMOUS, true))).toThrow('Unauthorized: anonymous');
  });
});
