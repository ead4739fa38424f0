import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { canister, query, update } from '../support/canister-wat.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { base64, managementCall, message, NEW, setupServer, type TestServer } from './setup-server.ts';

const FREE = { ...NEW, cost_schedule: 'Free' };
const BENCHMARKING = { ...NEW, instruction_config: 'Benchmarking' };

/** Tells what things cost; `work` takes a little more than production allows a query. */
const MODULE = canister(`
  ${update('answer', '(call $reply_empty)')}
  ${query(
    'work',
    `(local $left i32) (local.set $left (i32.const 80000))
     (loop $again
       (memory.fill (i32.const 64) (i32.const 1) (i32.const 65000))
       (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
     (call $reply_empty)`,
  )}
  ${update('grow', '(drop (call $ic0.stable64_grow (i64.const 1000))) (call $reply_empty)')}
  ${query(
    'cost',
    `(call $ic0.cost_call (i64.const 1) (i64.const 1) (i32.const 64))
     (call $ic0.cost_create_canister (i32.const 80))
     (call $ic0.cost_http_request (i64.const 1) (i64.const 1) (i32.const 96)) (call $reply (i32.const 64) (i32.const 48))`,
  )}`);

const DAY_NS = 86_400_000_000_000n;

async function cycles(server: TestServer, instance: string, canister_id: string): Promise<bigint> {
  return BigInt((await server.post(`${instance}/read/get_cycles`, { canister_id })).body.cycles);
}

/** Moves the time ahead by thirty days, and runs a round. */
async function passAMonth(server: TestServer, instance: string): Promise<void> {
  const { nanos_since_epoch } = (await server.get(`${instance}/read/get_time`)).body;
  const time = BigInt(nanos_since_epoch) + 30n * DAY_NS;
  await server.post(`${instance}/update/set_time`, { nanos_since_epoch: time });
  await server.post(`${instance}/update/tick`, {});
}

async function install(server: TestServer, instance: string): Promise<string> {
  const id = await server.install(instance, MODULE);
  expect((await server.call(instance, message(id, 'grow'))).Ok).toBeDefined();
  return id;
}

describe('other: a subnet that charges nothing', () => {
  it.each([
    ['by its cost schedule', { application: [FREE] }],
    ['as a system subnet', { system: [NEW] }],
    ['as the NNS', { nns: NEW }],
  ])('%s, neither for messages nor for what canisters hold', async (_how, set) => {
    const server = setupServer();
    const instance = await server.createInstance(set);
    const id = await install(server, instance);
    const before = await cycles(server, instance, id);
    expect(before).toBe(10n ** 15n);
    await passAMonth(server, instance);
    await server.call(instance, message(id, 'answer'));
    expect(await cycles(server, instance, id)).toBe(before);
    const told = (await server.post(`${instance}/read/query`, message(id, 'cost'))).body;
    expect(Buffer.from(told.Ok, 'base64')).toEqual(Buffer.alloc(48));
  });

  it('runs a canister without cycles, which is never frozen and never runs out', async () => {
    const server = setupServer();
    const instance = await server.createInstance({ application: [FREE] });
    const settings = { compute_allocation: 100n, memory_allocation: 2n ** 36n };
    const created = await server.call(
      instance,
      managementCall('provisional_create_canister_with_cycles', { amount: 0n, settings }),
    );
    expect(created.Ok).toBeDefined();
    const id = Buffer.from(created.Ok, 'base64').subarray(-10);
    const canister_id = Principal.fromUint8Array(new Uint8Array(id));
    const installed = await server.call(
      instance,
      managementCall('install_code', {
        canister_id,
        mode: { install: null },
        wasm_module: MODULE,
        arg: new Uint8Array(),
      }),
    );
    expect(installed.Ok).toBeDefined();
    await passAMonth(server, instance);
    expect((await server.call(instance, message(base64(id), 'answer'))).Ok).toBeDefined();
    expect(await cycles(server, instance, base64(id))).toBe(0n);
  });

  it('charges by its nodes where it does charge', async () => {
    const server = setupServer();
    const fees = await Promise.all(
      [{ application: [NEW] }, { sns: NEW }].map(async (set) => {
        const instance = await server.createInstance(set);
        const id = await server.install(instance, MODULE);
        const before = await cycles(server, instance, id);
        await server.call(instance, message(id, 'answer'));
        return before - (await cycles(server, instance, id));
      }),
    );
    const [small = 0n, large = 0n] = fees;
    // 34 nodes and 13; each part is rounded down.
    expect(Number(large) / Number(small)).toBeCloseTo(34 / 13, 5);
  });

  it('says so in the topology, and after the instance was opened again', async () => {
    const server = setupServer();
    const state_dir = setupDirectory();
    const instance = await server.createInstance({ application: [FREE, BENCHMARKING] }, { state_dir });
    const asked = async (at: string) => {
      const { subnet_configs } = (await server.get(`${at}/read/topology`)).body;
      return Object.values<Record<string, unknown>>(subnet_configs).map((config) => [
        config['cost_schedule'],
        config['instruction_config'],
      ]);
    };
    const expected = [
      ['Free', 'Production'],
      ['Normal', 'Benchmarking'],
    ];
    expect(await asked(instance)).toEqual(expected);
    const id = await install(server, instance);
    await server.request('DELETE', instance);
    const again = await server.createInstance({}, { state_dir });
    expect(await asked(again)).toEqual(expected);
    await passAMonth(server, again);
    expect(await cycles(server, again, id)).toBe(10n ** 15n);
  });
});

describe('other: limits of instructions', () => {
  it.each([
    ['an application subnet', { application: [NEW] }, /limit of 5000000000 instructions/],
    ['a subnet for benchmarks', { application: [BENCHMARKING] }, undefined],
    ['a system subnet for benchmarks', { system: [BENCHMARKING] }, undefined],
  ])('are those of %s', async (_what, set, refusal) => {
    const server = setupServer();
    const instance = await server.createInstance(set);
    const id = await server.install(instance, MODULE);
    const { Ok, Err } = (await server.post(`${instance}/read/query`, message(id, 'work'))).body;
    if (refusal === undefined) expect(Ok).toBe('');
    else expect(Err.reject_message).toMatch(refusal);
  });
});
