import type { PocketIc } from '@dfinity/pic';
import { IDL } from '@icp-sdk/core/candid';
import type { Principal } from '@icp-sdk/core/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { rustModule } from '../../replica/rust/sources.ts';
import { setupPic } from './setup-pic.ts';

const MODULE = rustModule('features');
const createInstance = setupPic();

const fetchInterface: IDL.InterfaceFactory = ({ IDL }) =>
  IDL.Service({ fetch: IDL.Func([IDL.Text], [IDL.Nat64, IDL.Text], []) });

async function install(pic: PocketIc): Promise<Principal> {
  const canisterId = await pic.createCanister();
  await pic.installCode({ canisterId, wasm: MODULE });
  return canisterId;
}

function encode(types: IDL.Type[], values: unknown[]): Uint8Array {
  return new Uint8Array(IDL.encode(types, values));
}

async function counterOf(pic: PocketIc, canisterId: Principal): Promise<unknown> {
  const arg = encode([], []);
  return IDL.decode([IDL.Nat64], await pic.queryCall({ canisterId, method: 'counter', arg }))[0];
}

describe('a canister in Rust', () => {
  it('counts in stable memory, across an upgrade', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic);
    await pic.updateCall({ canisterId, method: 'increment', arg: encode([], []) });
    await pic.upgradeCanister({ canisterId, wasm: MODULE });
    await pic.updateCall({ canisterId, method: 'increment', arg: encode([], []) });
    expect(await counterOf(pic, canisterId)).toBe(2n);
  });

  it('calls another one', async () => {
    const pic = await createInstance();
    const [canisterId, other] = [await install(pic), await install(pic)];
    const arg = encode([IDL.Principal, IDL.Nat32], [other, 10]);
    await pic.updateCall({ canisterId, method: 'increment_elsewhere', arg });
    expect(await counterOf(pic, other)).toBe(1n);
    expect(await counterOf(pic, canisterId)).toBe(0n);
  });

  it('has timers', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic);
    const arg = encode([IDL.Nat64, IDL.Nat64], [5n, 60n]);
    await pic.updateCall({ canisterId, method: 'set_timers', arg });
    await pic.advanceTime(6_000);
    await pic.tick(2);
    const reply = await pic.queryCall({ canisterId, method: 'fired', arg: encode([], []) });
    expect(IDL.decode([IDL.Nat64], reply)).toEqual([100n]);
  });

  it('makes HTTP outcalls, and transforms what they answer', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic);
    const actor = pic.createDeferredActor<{ fetch(url: string): Promise<[bigint, string]> }>(
      fetchInterface,
      canisterId,
    );
    const answer = await actor.fetch('https://example.com/');
    await pic.tick(2);
    const [outcall] = await pic.getPendingHttpsOutcalls();
    await pic.mockPendingHttpsOutcall({
      requestId: outcall!.requestId,
      subnetId: outcall!.subnetId,
      response: { type: 'success', statusCode: 200, headers: [], body: utf8('hello') },
    });
    expect(await answer()).toEqual([200n, 'HELLO!']);
  });
});
