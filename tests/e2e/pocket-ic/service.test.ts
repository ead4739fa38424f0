import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Actor, PocketIc } from '@dfinity/pic';
import { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { describe, expect, it } from 'vitest';
import { idlFactory, init } from '../../../src/candid/agent_service.did.ts';
import { setupPic } from './setup-pic.ts';

const WASM = resolve(import.meta.dirname, '../../../.azle/agent_service/agent_service.wasm.gz');
const CONTROLLER = principal(1);
const AGENT = principal(2);
const STRANGER = principal(3);
const SECOND_MS = 1_000;
const DAY_MS = 24 * 3_600 * SECOND_MS;
const GITHUB = { GitHub: null };

/** The methods that are called here; the arguments are those of the interface. */
interface Service {
  create_agent_session(...args: unknown[]): Promise<{ Ok: string } | { Err: unknown }>;
  store_agent_interaction(...args: unknown[]): Promise<{ Ok: string } | { Err: unknown }>;
  get_agent_session(id: string): Promise<[] | [{ is_active: boolean; expires_at: bigint }]>;
  get_agent_status(userId: string): Promise<{ active_sessions: number; total_interactions: number }>;
}

function principal(number: number): Principal {
  return Principal.fromUint8Array(Uint8Array.of(number, 1));
}

/** The factories make types out of the IDL that they are given; this package's differs from the client's by name only. */
function initArgument(value: unknown): Uint8Array {
  return new Uint8Array(IDL.encode(init({ IDL } as never) as never, [value]));
}

const createInstance = setupPic();

/** The built canister in an instance of its own. */
async function setupService(): Promise<{ pic: PocketIc; actor: Actor<Service>; canisterId: Principal }> {
  const pic = await createInstance();
  const arg = initArgument([{ owner: [CONTROLLER], agents: [[AGENT]] }]);
  const fixture = await pic.setupCanister<Service>({
    idlFactory: idlFactory as never,
    wasm: WASM,
    arg,
    sender: CONTROLLER,
  });
  fixture.actor.setPrincipal(AGENT);
  return { pic, ...fixture };
}

async function upgrade(pic: PocketIc, canisterId: Principal): Promise<void> {
  const arg = initArgument([]);
  await pic.upgradeCanister({ canisterId, wasm: WASM, arg, sender: CONTROLLER });
}

async function createSession(actor: Actor<Service>): Promise<string> {
  const created = await actor.create_agent_session('user-1', GITHUB, [], [], []);
  if ('Err' in created) throw new Error(JSON.stringify(created.Err));
  return created.Ok;
}

describe('the Agent Service in PocketIC', () => {
  it('answers agents, and nobody else', async () => {
    const { actor } = await setupService();
    const id = await createSession(actor);
    expect(await actor.get_agent_session(id)).toMatchObject([{ is_active: true }]);
    actor.setPrincipal(STRANGER);
    expect(await actor.create_agent_session('user-1', GITHUB, [], [], [])).toMatchObject({
      Err: { Unauthorized: { message: expect.stringContaining('not an agent') } },
    });
  });

  it('keeps what it stores over an upgrade', async () => {
    const { pic, actor, canisterId } = await setupService();
    const id = await createSession(actor);
    await upgrade(pic, canisterId);
    expect(await actor.get_agent_session(id)).toMatchObject([{ is_active: true }]);
    expect(await actor.get_agent_status('user-1')).toMatchObject({ active_sessions: 1 });
  });

  it('ends a session by its timer, a day after anything happened in it, also after an upgrade', async () => {
    const { pic, actor, canisterId } = await setupService();
    const id = await createSession(actor);
    await upgrade(pic, canisterId);
    await pic.advanceTime(DAY_MS - 60 * SECOND_MS);
    await pic.tick(2);
    expect(await actor.get_agent_session(id)).toMatchObject([{ is_active: true }]);
    await pic.advanceTime(180 * SECOND_MS);
    await pic.tick(3);
    expect(await actor.get_agent_session(id)).toMatchObject([{ is_active: false }]);
  });

  it('is upgraded in parts where its module is larger than a message', async () => {
    const { pic, actor, canisterId } = await setupService();
    const id = await createSession(actor);
    const wasm = new Uint8Array(gunzipSync(readFileSync(WASM)));
    expect(wasm.length).toBeGreaterThan(2 * 1024 ** 2);
    await pic.upgradeCanister({ canisterId, wasm, arg: initArgument([]), sender: CONTROLLER });
    expect(await actor.get_agent_session(id)).toMatchObject([{ is_active: true }]);
  });

  it('refuses an upgrade by whom it does not belong to', async () => {
    const { pic, canisterId } = await setupService();
    await expect(pic.upgradeCanister({ canisterId, wasm: WASM, sender: STRANGER })).rejects.toThrow(
      /[Oo]nly (the )?controllers/,
    );
  });
});
