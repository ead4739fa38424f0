import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { createSession } from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  CONTROLLER,
  encodeInit,
  OWNER,
  ok,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

/** Whether the service knows a principal as an agent that writes. */
async function isAgent(canister: WasmCanister, sender: Principal): Promise<boolean> {
  return (
    'Ok' in (await canister.call('create_agent_session', ['u', { GitHub: null }, [], [], []], { sender }))
  );
}

async function adminsOf(canister: WasmCanister, sender = CONTROLLER): Promise<string[]> {
  const admins = ok(await canister.query('list_admins', [{}], { sender }));
  return admins.map(({ admin }) => admin.toText());
}

async function agentsOf(canister: WasmCanister): Promise<string[]> {
  const agents = ok(await canister.query('list_agents', [{}], { sender: CONTROLLER }));
  return agents.map(({ agent }) => agent.toText());
}

describe('an installation', () => {
  const forInstaller: [string, Uint8Array][] = [
    ['no bytes', new Uint8Array()],
    ['no arguments', IDL.encode([], [])],
    ['null', encodeInit(undefined)],
    ['an empty record', encodeInit({})],
    ['a record of other fields', IDL.encode([IDL.Opt(IDL.Record({ x: IDL.Nat }))], [[{ x: 1n }]])],
    ['a plain record', IDL.encode([IDL.Record({})], [{}])],
  ];
  for (const [what, initArg] of forInstaller) {
    it(`by ${what} makes the installer an admin, and nobody an agent`, async () => {
      const canister = await setupCanister({ initArg });
      expect(await adminsOf(canister)).toEqual([CONTROLLER.toText()]);
      expect(await isAgent(canister, CONTROLLER)).toBe(false);
      expect(await agentsOf(canister)).toEqual([]);
    });
  }

  it('takes an owner and agents, each once', async () => {
    const canister = await setupCanister({ owner: OWNER, agents: [AGENT, STRANGER, AGENT] });
    expect(await adminsOf(canister)).toEqual([OWNER.toText()]);
    expect(await isAgent(canister, AGENT)).toBe(true);
    expect(await isAgent(canister, OWNER)).toBe(false);
    expect((await agentsOf(canister)).sort()).toEqual([AGENT.toText(), STRANGER.toText()].sort());
  });

  const refused: [string, Parameters<typeof setupCanister>[0], RegExp][] = [
    ['the anonymous owner', { owner: ANONYMOUS }, /owner must not be the anonymous principal/],
    ['an anonymous agent', { agents: [AGENT, ANONYMOUS] }, /agents must not be the anonymous principal/],
    [
      'an anonymous installer, where no owner is named',
      { controller: ANONYMOUS, initArg: encodeInit(undefined) },
      /owner must not be the anonymous principal, which installs the service: give owner in the argument/,
    ],
    ['bytes that are not Candid', { initArg: Uint8Array.of(1, 2, 3) }, /does not begin with DIDL/],
    [
      'a cut argument',
      { initArg: encodeInit({ owner: [OWNER] }).slice(0, -1) },
      /argument init: .*ends too early/,
    ],
  ];
  for (const [what, options, message] of refused) {
    it(`is refused with ${what}`, async () => {
      const refusal = setupCanister(options);
      await expect(refusal).rejects.toThrow(message);
      await expect(refusal).rejects.not.toThrow(/TrapError|_execute|<eval>|at .*:\d/);
    });
  }

  it('by an anonymous installer works where an owner is named', async () => {
    const canister = await setupCanister({ controller: ANONYMOUS, owner: OWNER });
    expect(await adminsOf(canister, OWNER)).toEqual([OWNER.toText()]);
    await expect(adminsOf(canister, ANONYMOUS)).rejects.toThrow('Unauthorized');
  });
});

describe('the argument of an upgrade', () => {
  for (const [what, arg] of [
    ['no bytes', new Uint8Array()],
    ['null', encodeInit(undefined)],
    ['an empty record', encodeInit({})],
  ] as const) {
    it(`keeps admins and agents by ${what}`, async () => {
      const canister = await setupCanister();
      await canister.upgrade(arg);
      expect(await adminsOf(canister)).toEqual([OWNER.toText()]);
      expect(await agentsOf(canister)).toEqual([AGENT.toText()]);
    });
  }

  it('names another admin, and more agents', async () => {
    const canister = await setupCanister();
    await canister.upgrade(encodeInit({ owner: [STRANGER], agents: [[STRANGER]] }));
    expect(await adminsOf(canister)).toEqual([OWNER.toText(), STRANGER.toText()]);
    expect(await agentsOf(canister)).toEqual([AGENT.toText(), STRANGER.toText()]);
    expect(await isAgent(canister, STRANGER)).toBe(true);
  });

  it('leaves all as it was where it is refused', async () => {
    const canister = await setupCanister({ uninspected: true });
    const id = await createSession(canister);
    const before = canister.stableDigest();
    for (const arg of [
      encodeInit({ owner: [ANONYMOUS], agents: [[STRANGER]] }),
      encodeInit({ owner: [STRANGER], agents: [[STRANGER, ANONYMOUS]] }),
      Uint8Array.of(1),
    ]) {
      await expect(canister.upgrade(arg)).rejects.toThrow(/anonymous|DIDL/);
    }
    expect(canister.stableDigest()).toBe(before);
    expect(await canister.query('get_agent_session', [id])).toHaveLength(1);
    expect(await canister.call('end_agent_session', [id])).toEqual({ Ok: null });
    expect(await isAgent(canister, STRANGER)).toBe(false);
  });
});
