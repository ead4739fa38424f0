import { HttpAgent } from '@dfinity/agent';
import { CanisterCyclesCostSchedule, type PocketIc, SubnetStateType, SubnetType } from '@dfinity/pic';
import { Principal as AgentPrincipal } from '@dfinity/principal';
import type { IDL } from '@icp-sdk/core/candid';
import { Principal } from '@icp-sdk/core/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { askingCanister } from '../../replica/support/asking-canister.ts';
import { encodeArgument } from '../../replica/support/management-types.ts';
import { i32 } from '../../replica/support/outcomes.ts';
import { COUNTER, sendingCanister } from '../../replica/support/plain-canisters.ts';
import { decodeRelayed, encodeRelayedCall, RELAY, type RelayedCall } from '../../replica/support/relay.ts';
import { setupPic } from './setup-pic.ts';

const NEW = { state: { type: SubnetStateType.New } } as const;
const NNS_ID = Principal.fromText('rwlgt-iiaaa-aaaaa-aaaaa-cai');
const MANAGEMENT_CANISTER = new Uint8Array();

const createInstance = setupPic();

function nanosecondsOf(reply: Uint8Array): bigint {
  return new DataView(reply.buffer, reply.byteOffset).getBigUint64(0, true);
}

async function install(pic: PocketIc, wasm: Uint8Array, targetSubnetId?: Principal): Promise<Principal> {
  const where = targetSubnetId === undefined ? {} : { targetSubnetId };
  const canisterId = await pic.createCanister(where);
  await pic.installCode({ canisterId, wasm, ...where });
  return canisterId;
}

async function relay(pic: PocketIc, canisterId: Principal, call: RelayedCall) {
  const reply = await pic.updateCall({ canisterId, method: 'relay', arg: encodeRelayedCall(call) });
  return decodeRelayed({ kind: 'replied', reply });
}

function count(pic: PocketIc, canisterId: Principal): Promise<Uint8Array> {
  return pic.queryCall({ canisterId, method: 'count' });
}

describe('subnets', () => {
  it('have the ids of their kind, and canisters where these say', async () => {
    const pic = await createInstance({
      nns: NEW,
      sns: NEW,
      ii: NEW,
      fiduciary: NEW,
      bitcoin: NEW,
      application: [NEW, NEW],
    });
    const kinds = (await pic.getTopology()).map(({ type }) => type);
    expect(kinds.toSorted()).toEqual(
      [
        SubnetType.Application,
        SubnetType.Application,
        SubnetType.Bitcoin,
        SubnetType.Fiduciary,
        SubnetType.InternetIdentity,
        SubnetType.NNS,
        SubnetType.SNS,
      ].toSorted(),
    );
    const nns = (await pic.getNnsSubnet())!;
    const canisterId = await pic.createCanister({ targetCanisterId: NNS_ID, targetSubnetId: nns.id });
    expect(canisterId.toText()).toBe(NNS_ID.toText());
    expect((await pic.getCanisterSubnetId(canisterId))?.toText()).toBe(nns.id.toText());
    const [, second] = await pic.getApplicationSubnets();
    const other = await pic.createCanister({ targetSubnetId: second!.id });
    expect((await pic.getCanisterSubnetId(other))?.toText()).toBe(second!.id.toText());
    expect(await pic.getCanisterSubnetId(Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai'))).toBeNull();
  });

  it('answer calls of canisters of other subnets, and give back cycles', async () => {
    const pic = await createInstance({ application: [NEW, NEW] });
    const [here, there] = await pic.getApplicationSubnets();
    const caller = await install(pic, RELAY, here!.id);
    const callee = await install(pic, COUNTER, there!.id);
    const call = { callee: callee.toUint8Array(), method: 'add', cycles: 1000n };
    expect(await relay(pic, caller, call)).toEqual({ kind: 'replied', reply: i32(1), refunded: 1000n });
    expect(await relay(pic, caller, { ...call, method: 'missing' })).toMatchObject({
      kind: 'rejected',
      code: 5,
      refunded: 1000n,
    });
  });

  it('take calls of 2 MiB from each other, and of 10 MiB within one', async () => {
    const pic = await createInstance({ application: [NEW, NEW] });
    const [here, there] = await pic.getApplicationSubnets();
    const neighbour = await install(pic, COUNTER, here!.id);
    const far = await install(pic, COUNTER, there!.id);
    const [caller, remote] = await Promise.all(
      [neighbour, far].map((callee) => install(pic, sendingCanister(callee.toUint8Array()), here!.id)),
    );
    const send = (canisterId: Principal, size: number) =>
      pic.updateCall({ canisterId, method: 'send', arg: i32(size) });
    const MIB = 1024 * 1024;
    for (const size of [3 * MIB, 9 * MIB]) expect(await send(caller!, size)).toEqual(i32(1));
    expect(await send(remote!, 2 * MIB - 8)).toEqual(i32(1));
    for (const size of [2 * MIB, 3 * MIB, 9 * MIB]) {
      await expect(send(remote!, size)).rejects.toThrow(/destined to another subnet cannot exceed 2097152/);
    }
    expect(await count(pic, far)).toEqual(i32(1));
  });

  it('manage canisters of other subnets for their controllers', async () => {
    const pic = await createInstance({ application: [NEW, NEW] });
    const [here, there] = await pic.getApplicationSubnets();
    const caller = await install(pic, RELAY, here!.id);
    const managed = await pic.createCanister({ targetSubnetId: there!.id, controllers: [caller] });
    const arg = encodeArgument('stop_canister', {
      canister_id: AgentPrincipal.fromUint8Array(managed.toUint8Array()),
    });
    const stopped = await relay(pic, caller, { callee: MANAGEMENT_CANISTER, method: 'stop_canister', arg });
    expect(stopped).toMatchObject({ kind: 'replied' });
    await expect(pic.updateCall({ canisterId: managed, method: 'x' })).rejects.toThrow(/stopped/);
  });

  it('sign with a key that is theirs', async () => {
    const pic = await createInstance({ nns: NEW, application: [NEW] });
    const keys = await Promise.all((await pic.getTopology()).map(({ id }) => pic.getPubKey(id)));
    expect(keys.map((key) => key.length)).toEqual([133, 133]);
    expect(keys[0]).not.toEqual(keys[1]);
  });
});

describe('time', () => {
  it('stands still until it is moved, and moves timers with it', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic, COUNTER);
    await pic.updateCall({ canisterId, method: 'add_later' });
    await pic.tick(3);
    expect(await count(pic, canisterId)).toEqual(i32(0));
    await pic.advanceTime(10_000);
    await pic.tick(2);
    expect(await count(pic, canisterId)).toEqual(i32(1));
  });

  it('is seen by queries after a tick, and the first round runs at exactly the time that was set', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic, COUNTER);
    const now = async () => nanosecondsOf(await pic.queryCall({ canisterId, method: 'now' }));
    const before = await now();
    const time = Date.UTC(2030, 0, 1);
    await pic.setTime(time);
    expect(await pic.getTime()).toBe(time);
    expect(await now()).toBe(before);
    await pic.tick();
    expect(await now()).toBe(BigInt(time) * 1_000_000n);
    await pic.tick();
    expect(await now()).toBe(BigInt(time) * 1_000_000n + 1n);

    await pic.advanceTime(5000);
    expect(await now()).toBe(BigInt(time) * 1_000_000n + 1n);
    const seen = nanosecondsOf(await pic.updateCall({ canisterId, method: 'now_update' }));
    expect(seen).toBe(BigInt(time + 5000) * 1_000_000n + 1n);
  });

  it('that is certified is seen by queries at once', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic, COUNTER);
    const now = async () => nanosecondsOf(await pic.queryCall({ canisterId, method: 'now' }));
    const time = Date.UTC(2030, 0, 1);
    await pic.setCertifiedTime(time);
    expect(await now()).toBe(BigInt(time) * 1_000_000n);
    await pic.advanceCertifiedTime(1000);
    expect(await now()).toBe(BigInt(time + 1000) * 1_000_000n);
  });

  it('is the same on all subnets, and for what their canisters ask each other', async () => {
    const pic = await createInstance({ application: [NEW, NEW] });
    const [here, there] = await pic.getApplicationSubnets();
    const first = await install(pic, COUNTER, here!.id);
    const second = await install(pic, COUNTER, there!.id);
    await pic.setTime(Date.UTC(2030, 0, 1));
    await pic.tick();
    const times = await Promise.all(
      [first, second].map((canisterId) => pic.queryCall({ canisterId, method: 'now' })),
    );
    expect(times.map(nanosecondsOf)).toEqual(
      [Date.UTC(2030, 0, 1), Date.UTC(2030, 0, 1)].map((ms) => BigInt(ms) * 1_000_000n),
    );
  });

  it('does not go back', async () => {
    const pic = await createInstance();
    const time = await pic.getTime();
    await expect(pic.setTime(time - 1000)).rejects.toThrow(/SettingTimeIntoPast/);
    await pic.setCertifiedTime(time + 60_000);
    expect(await pic.getTime()).toBe(time + 60_000);
  });
});

describe('subnets that a client asks for', () => {
  it('charge nothing by the cost schedule "Free"', async () => {
    const month = 30 * 24 * 60 * 60 * 1000;
    for (const costSchedule of [CanisterCyclesCostSchedule.Normal, CanisterCyclesCostSchedule.Free]) {
      const pic = await createInstance({ application: [{ ...NEW, costSchedule }] });
      const canisterId = await install(pic, COUNTER);
      const before = await pic.getCyclesBalance(canisterId);
      await pic.advanceTime(month);
      await pic.tick(5);
      await pic.updateCall({ canisterId, method: 'add' });
      const after = await pic.getCyclesBalance(canisterId);
      if (costSchedule === CanisterCyclesCostSchedule.Free) expect(after).toBe(before);
      else expect(after).toBeLessThan(before);
    }
  });

  it('can let canisters work as long as benchmarks need', async () => {
    const pic = await createInstance({
      application: [{ ...NEW, enableBenchmarkingInstructionLimits: true }],
    });
    const canisterId = await install(pic, COUNTER);
    expect(await pic.updateCall({ canisterId, method: 'add' })).toEqual(i32(1));
  });

  it('have no management canister of their own', async () => {
    const pic = await createInstance({ nns: NEW, application: [NEW] });
    expect(await pic.getCanisterSubnetId(Principal.managementCanister())).toBeNull();
    expect(await pic.getCanisterSubnetId(Principal.anonymous())).toBeNull();
  });
});

describe('settings', () => {
  it('are those that PocketIC gives a new canister', async () => {
    const pic = await createInstance();
    const canisterId = await pic.createCanister();
    const { settings } = await pic.canisterStatus({ canisterId });
    expect(settings.wasmMemoryLimit).toBe(3_221_225_472n);
    expect(settings.freezingThreshold).toBe(2_592_000n);
  });

  it('are refused where the balance cannot freeze for them', async () => {
    const pic = await createInstance();
    const canisterId = await pic.createCanister({ cycles: 10n ** 13n });
    await expect(pic.updateCanisterSettings({ canisterId, computeAllocation: 1n })).rejects.toThrow(
      /InsufficientCyclesInComputeAllocation/,
    );
    await expect(pic.updateCanisterSettings({ canisterId, memoryAllocation: 2n ** 36n })).rejects.toThrow(
      /InsufficientCyclesInMemoryAllocation/,
    );
    const { settings } = await pic.canisterStatus({ canisterId });
    expect([settings.computeAllocation, settings.memoryAllocation]).toEqual([0n, 0n]);
  });
});

describe('canisters', () => {
  it('have cycles that can be added to', async () => {
    const pic = await createInstance();
    const canisterId = await pic.createCanister({ cycles: 2n ** 80n });
    expect(await pic.getCyclesBalance(canisterId)).toBe(2n ** 80n);
    expect(await pic.addCycles(canisterId, 2n ** 90n)).toBe(2n ** 80n + 2n ** 90n);
  });

  it('have stable memory that can be written and read', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic, COUNTER);
    await pic.setStableMemory(canisterId, utf8('hello'));
    const content = await pic.getStableMemory(canisterId);
    expect(content.length % 65_536).toBe(0);
    expect(content.slice(0, 6)).toEqual(Uint8Array.from([...utf8('hello'), 0]));
  });

  it('have controllers', async () => {
    const pic = await createInstance();
    const controller = Principal.fromUint8Array(Uint8Array.of(7, 1));
    const canisterId = await pic.createCanister({ controllers: [controller] });
    expect((await pic.getControllers(canisterId)).map(String)).toEqual([controller.toText()]);
  });

  it('answer with a reject that says why', async () => {
    const pic = await createInstance();
    const canisterId = await install(pic, COUNTER);
    await expect(pic.updateCall({ canisterId, method: 'missing' })).rejects.toThrow(
      /no update method 'missing'.*CanisterError.*CanisterMethodNotFound.*Certified: true/s,
    );
    await expect(pic.queryCall({ canisterId, method: 'missing' })).rejects.toThrow(
      /CanisterMethodNotFound.*Certified: false/s,
    );
    await pic.stopCanister({ canisterId });
    await expect(pic.updateCall({ canisterId, method: 'add' })).rejects.toThrow(
      /is stopped\..*CanisterStopped.*Certified: false/s,
    );
    await expect(pic.queryCall({ canisterId, method: 'count' })).rejects.toThrow(
      /is stopped and therefore does not have a CallContextManager.*CanisterStopped/s,
    );
  });
});

const askingInterface: IDL.InterfaceFactory = ({ IDL: types }) => {
  const headers = types.Vec(types.Record({ name: types.Text, value: types.Text }));
  const response = types.Record({ status: types.Nat, headers, body: types.Vec(types.Nat8) });
  return types.Service({ ask: types.Func([], [response], []) });
};

describe('an HTTP outcall', () => {
  it('waits for the response that the test makes up', async () => {
    const pic = await createInstance();
    const arg = encodeArgument('http_request', {
      url: 'https://example.org/x',
      method: { get: null },
      headers: [{ name: 'accept', value: 'text/plain' }],
      max_response_bytes: 500n,
    });
    const canisterId = await install(pic, askingCanister(arg, 10n ** 11n));
    const ask = await pic.createDeferredActor<{ ask(): Promise<unknown> }>(askingInterface, canisterId).ask();
    await pic.tick(2);
    const [outcall] = await pic.getPendingHttpsOutcalls();
    expect(outcall).toMatchObject({
      url: 'https://example.org/x',
      httpMethod: 'GET',
      headers: [['accept', 'text/plain']],
      maxResponseBytes: 500,
    });
    await pic.mockPendingHttpsOutcall({
      requestId: outcall!.requestId,
      subnetId: outcall!.subnetId,
      response: { type: 'success', statusCode: 200, headers: [], body: utf8('made up') },
    });
    expect(await ask()).toEqual({ status: 200n, headers: [], body: utf8('made up') });
    expect(await pic.getPendingHttpsOutcalls()).toEqual([]);
  });
});

describe('an instance that goes on by itself', () => {
  it('serves agents, who verify what it says', async () => {
    const pic = await createInstance({ nns: NEW, application: [NEW] });
    const canisterId = await install(pic, COUNTER);
    await pic.resetTime();
    const host = `http://127.0.0.1:${await pic.makeLive()}`;
    const agent = await HttpAgent.create({ host, shouldFetchRootKey: true });
    const target = AgentPrincipal.fromText(canisterId.toText());
    await agent.call(target, { methodName: 'add', arg: new Uint8Array() });
    const answer = async () => agent.query(target, { methodName: 'count', arg: new Uint8Array() });
    await expect.poll(answer, { timeout: 20_000 }).toMatchObject({ reply: { arg: i32(1) } });
    await pic.stopLive();
  });
});
