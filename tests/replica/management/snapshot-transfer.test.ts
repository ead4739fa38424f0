import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../../src/replica/codec/bytes.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import { Network } from '../../../src/replica/network.ts';
import { readPart } from '../../../src/replica/state/uploaded-snapshot.ts';
import { executionFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { decodeReply, managementFee } from '../support/management-types.ts';
import { expectReject, expectReply, replyI32, replyI64 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { owner, SECOND, START, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

const PAGE = 65_536n;
const TIMER = START + 1_000n * SECOND;

/** Has globals of all types, of which it changes some, a heap, stable memory, certified data, and a timer. */
const MODULE = canister(
  `(global $i (mut i32) (i32.const -1)) (global $hidden i32 (i32.const 3)) (global $l (mut i64) (i64.const 1))
   (global $end (export "end") i32 (i32.const 77)) (global $f (mut f32) (f32.const 0.5)) (global $d (mut f64) (f64.const 0))
   (global $v (mut v128) (v128.const i64x2 0 0)) (table 2 funcref)
   ${update(
     'work',
     `(global.set $i (i32.const -5)) (global.set $l (i64.const -7)) (global.set $d (f64.const 2.25))
      (global.set $v (v128.const i64x2 1 2)) (i32.store (i32.const 70000) (i32.const 42))
      (drop (call $ic0.stable64_grow (i64.const 3)))
      (call $ic0.stable64_write (i64.const 130000) (i64.const 70000) (i64.const 4))
      (call $ic0.certified_data_set (i32.const 70000) (i32.const 4))
      (drop (call $ic0.global_timer_set (i64.const ${TIMER}))) (call $reply_empty)`,
   )}
   ${query('i', '(call $reply_i32 (global.get $i))')} ${query('l', '(call $reply_i64 (global.get $l))')}
   ${query('d', '(call $reply_i64 (i64.reinterpret_f64 (global.get $d)))')}
   ${query('v', '(call $reply_i64 (i64x2.extract_lane 1 (global.get $v)))')}
   ${query('heap', '(call $reply_i32 (i32.load (i32.const 70000)))')}
   ${query(
     'stable',
     '(call $ic0.stable64_read (i64.const 64) (i64.const 130000) (i64.const 4)) (call $reply_i32 (i32.load (i32.const 64)))',
   )}`,
  { memory: '(memory 2)' },
);

interface Metadata {
  readonly source: object;
  readonly taken_at_timestamp: bigint;
  readonly wasm_module_size: bigint;
  readonly globals: readonly object[];
  readonly wasm_memory_size: bigint;
  readonly stable_memory_size: bigint;
  readonly wasm_chunk_store: readonly { hash: Uint8Array }[];
  readonly canister_version: bigint;
  readonly certified_data: Uint8Array;
  readonly global_timer: [] | [object];
  readonly on_low_wasm_memory_hook_status: [] | [object];
}

const named = (id: Uint8Array) => Principal.fromUint8Array(id);

async function metadata(network: TestNetwork, id: Uint8Array, snapshot_id: Uint8Array, sender = owner) {
  const value = { canister_id: named(id), snapshot_id };
  const outcome = await network.manage('read_canister_snapshot_metadata', value, sender);
  return decodeReply<Metadata>('read_canister_snapshot_metadata', expectReply(outcome));
}

async function read(network: TestNetwork, id: Uint8Array, snapshot_id: Uint8Array, kind: object) {
  return network.manage('read_canister_snapshot_data', { canister_id: named(id), snapshot_id, kind });
}

async function take(network: TestNetwork, id: Uint8Array): Promise<Uint8Array> {
  const outcome = await network.manage('take_canister_snapshot', { canister_id: named(id) });
  return decodeReply<{ id: Uint8Array }>('take_canister_snapshot', expectReply(outcome)).id;
}

async function setupTaken(options: Parameters<typeof setupNetwork>[0] = {}) {
  const network = await setupNetwork(options);
  const id = await network.install(MODULE);
  expectReply(await network.call(id, 'work'));
  expectReply(await network.manage('upload_chunk', { canister_id: named(id), chunk: utf8('a chunk') }));
  return { network, id, taken: await take(network, id) };
}

/** What an upload says of a snapshot that was read. */
function uploadOf(told: Metadata) {
  const [global_timer] = told.global_timer;
  const [on_low_wasm_memory_hook_status] = told.on_low_wasm_memory_hook_status;
  return { ...told, global_timer, on_low_wasm_memory_hook_status };
}

async function begin(network: TestNetwork, id: Uint8Array, told: object) {
  return network.manage('upload_canister_snapshot_metadata', { canister_id: named(id), ...told });
}

async function begun(network: TestNetwork, id: Uint8Array, told: object): Promise<Uint8Array> {
  const reply = expectReply(await begin(network, id, told));
  return decodeReply<{ snapshot_id: Uint8Array }>('upload_canister_snapshot_metadata', reply).snapshot_id;
}

async function put(
  network: TestNetwork,
  id: Uint8Array,
  snapshot_id: Uint8Array,
  kind: object,
  chunk: Uint8Array,
  sender = owner,
) {
  const value = { canister_id: named(id), snapshot_id, kind, chunk };
  return network.manage('upload_canister_snapshot_data', value, sender);
}

/** Carries a snapshot from one canister to another by what anybody can read of it. */
async function carry(
  from: TestNetwork,
  id: Uint8Array,
  taken: Uint8Array,
  to: TestNetwork,
  target: Uint8Array,
) {
  const told = await metadata(from, id, taken);
  const uploaded = await begun(to, target, uploadOf(told));
  const parts = [
    ['wasm_module', told.wasm_module_size],
    ['wasm_memory', told.wasm_memory_size],
    ['stable_memory', told.stable_memory_size],
  ] as const;
  for (const [part, bytes] of parts) {
    for (let offset = 0n; offset < bytes; offset += 50_000n) {
      const size = bytes - offset < 50_000n ? bytes - offset : 50_000n;
      const outcome = await read(from, id, taken, { [part]: { offset, size } });
      const { chunk } = decodeReply<{ chunk: Uint8Array }>(
        'read_canister_snapshot_data',
        expectReply(outcome),
      );
      expectReply(await put(to, target, uploaded, { [part]: { offset } }, chunk));
    }
  }
  for (const { hash } of told.wasm_chunk_store) {
    const outcome = await read(from, id, taken, { wasm_chunk: { hash } });
    const { chunk } = decodeReply<{ chunk: Uint8Array }>('read_canister_snapshot_data', expectReply(outcome));
    expectReply(await put(to, target, uploaded, { wasm_chunk: null }, chunk));
  }
  return uploaded;
}

async function load(network: TestNetwork, id: Uint8Array, snapshot_id: Uint8Array) {
  return network.manage('load_canister_snapshot', { canister_id: named(id), snapshot_id });
}

async function expectWorked(network: TestNetwork, id: Uint8Array): Promise<void> {
  const numbers = ['i', 'heap', 'stable'].map(async (name) => replyI32(await network.query(id, name)));
  expect(await Promise.all(numbers)).toEqual([-5, 42, 42]);
  expect(BigInt.asIntN(64, replyI64(await network.query(id, 'l')))).toBe(-7n);
  expect(replyI64(await network.query(id, 'd'))).toBe(0x4002_0000_0000_0000n);
  expect(replyI64(await network.query(id, 'v'))).toBe(2n);
}

describe('read_canister_snapshot_metadata', () => {
  it('tells sizes, globals, chunks, certified data and timer', async () => {
    const { network, id, taken } = await setupTaken();
    expect(await metadata(network, id, taken)).toMatchObject({
      source: { taken_from_canister: null },
      taken_at_timestamp: START,
      wasm_module_size: BigInt(MODULE.length),
      // In the order of the module: the mutable ones and the one that is exported.
      globals: [
        { i32: -5 },
        { i64: -7n },
        { i32: 77 },
        { f32: 0.5 },
        { f64: 2.25 },
        { v128: (2n << 64n) | 1n },
      ],
      wasm_memory_size: 2n * PAGE,
      stable_memory_size: 3n * PAGE,
      wasm_chunk_store: [{ hash: sha256(utf8('a chunk')) }],
      certified_data: new Uint8Array([42, 0, 0, 0]),
      global_timer: [{ active: TIMER }],
      on_low_wasm_memory_hook_status: [{ condition_not_satisfied: null }],
    });
  });

  it('is for those whom snapshot_visibility allows, and for the canister itself', async () => {
    const { network, id, taken } = await setupTaken();
    const canister_id = named(id);
    const ask = () =>
      network.manage('read_canister_snapshot_metadata', { canister_id, snapshot_id: taken }, stranger);
    expectReject(await ask(), 'IC0512', 'not allowed to read the snapshots');
    const kind = { wasm_module: { offset: 0n, size: 1n } };
    const data = { canister_id, snapshot_id: taken, kind };
    expectReject(await network.manage('read_canister_snapshot_data', data, stranger), 'IC0512');
    for (const visibility of [{ public: null }, { allowed_viewers: [named(stranger)] }]) {
      const settings = { snapshot_visibility: visibility };
      expectReply(await network.manage('update_settings', { canister_id, settings }));
      expectReply(await ask());
      expectReply(await network.manage('read_canister_snapshot_data', data, stranger));
    }
  });

  it('refuses a snapshot that is not there, and takes its fee', async () => {
    const { network, id, taken } = await setupTaken();
    const value = { canister_id: named(id), snapshot_id: utf8('none') };
    expectReject(await network.manage('read_canister_snapshot_metadata', value), 'IC0305');
    const { cycles } = network.canister(id);
    const wanted = { canister_id: named(id), snapshot_id: taken };
    const fee = managementFee('read_canister_snapshot_metadata', wanted);
    await metadata(network, id, taken);
    expect(cycles - network.canister(id).cycles).toBe(fee + executionFee(5_000_000n));
  });
});

describe('read_canister_snapshot_data', () => {
  it.each([
    ['past the end', { wasm_module: { offset: BigInt(MODULE.length), size: 1n } }, 'module'],
    ['past the end', { wasm_memory: { offset: 0n, size: 2n * PAGE + 1n } }, 'heap'],
    ['past the end', { stable_memory: { offset: 2n ** 64n - 1n, size: 1n } }, 'stable'],
    ['too much', { stable_memory: { offset: 0n, size: 2_000_001n } }, '2000000 at most'],
    ['a chunk that is not there', { wasm_chunk: { hash: utf8('no') } }, 'is not in the snapshot'],
  ])('refuses %s: %o', async (_what, kind, message) => {
    const { network, id, taken } = await setupTaken();
    expectReject(await read(network, id, taken, kind), 'IC0408', message);
  });
});

describe('a snapshot that is read and uploaded', () => {
  it('is the same on another network, and can be loaded there', async () => {
    const { network, id, taken } = await setupTaken();
    const other = await setupNetwork();
    const target = await other.create();
    await other.network.advanceTime(SECOND);
    const uploaded = await carry(network, id, taken, other, target);
    expect(await metadata(other, target, uploaded)).toEqual({
      ...(await metadata(network, id, taken)),
      source: { metadata_upload: null },
      taken_at_timestamp: START + SECOND,
      canister_version: other.canister(target).version,
    });
    expectReply(await load(other, target, uploaded));
    await expectWorked(other, target);
    expect(other.canister(target)).toMatchObject({
      globalTimer: TIMER,
      certifiedData: new Uint8Array([42, 0, 0, 0]),
    });
    expect(other.canister(target).code?.moduleHash).toEqual(sha256(MODULE));
    expect(other.canister(target).chunks.size).toBe(1);
    expect(other.canister(target).history.changes.at(-1)?.details).toMatchObject({ uploaded: true });
    // It goes on changing as itself, and the snapshot stays what it was.
    expectReply(await other.call(target, 'work'));
    expectReply(await load(other, target, uploaded));
    await expectWorked(other, target);
  });

  it('is still there, half uploaded, after the network was opened again', async () => {
    const directory = setupDirectory();
    const { network, id, taken } = await setupTaken({ directory });
    const uploaded = await carry(network, id, taken, network, id);
    expectReply(await put(network, id, uploaded, { wasm_memory: { offset: 70_000n } }, new Uint8Array(4)));
    await network.network.close();
    const again = await setupNetwork({ directory });
    expectReply(await load(again, id, uploaded));
    expect(replyI32(await again.query(id, 'heap'))).toBe(0);
    const heap = { wasm_memory: { offset: 70_000n } };
    expectReply(await put(again, id, uploaded, heap, new Uint8Array([42, 0, 0, 0])));
    expectReply(await load(again, id, uploaded));
    await expectWorked(again, id);
  });

  it('goes on changing in one network and not in its fork', async () => {
    const { network, id, taken } = await setupTaken();
    const uploaded = await carry(network, id, taken, network, id);
    const fork = Network.restore(network.network.snapshot());
    for (const kind of ['wasm_module', 'wasm_memory', 'stable_memory']) {
      expectReply(await put(network, id, uploaded, { [kind]: { offset: 0n } }, new Uint8Array(8).fill(255)));
    }
    const snapshotIn = ({ subnet }: Network) => subnet.canisters.get(id)!.snapshots.get(toHex(uploaded))!;
    for (const part of ['module', 'heap', 'stable'] as const) {
      const start = (one: Network) => readPart(snapshotIn(one), part, 0, 8);
      expect(start(network.network)).toEqual(new Uint8Array(8).fill(255));
      expect(start(fork)).not.toEqual(new Uint8Array(8).fill(255));
    }
    await fork.close();
  });

  it('leaves timer and hook as they are where it says nothing of them', async () => {
    const { network, id, taken } = await setupTaken();
    const told = await metadata(network, id, taken);
    const { global_timer: _t, on_low_wasm_memory_hook_status: _h, ...rest } = uploadOf(told);
    const uploaded = await begun(network, id, rest);
    expect(await metadata(network, id, uploaded)).toMatchObject({
      global_timer: [],
      on_low_wasm_memory_hook_status: [],
    });
    expectReply(await put(network, id, uploaded, { wasm_module: { offset: 0n } }, MODULE));
    expectReply(await load(network, id, uploaded));
    expect(network.canister(id).globalTimer).toBe(TIMER);
  });
});

describe('an upload', () => {
  it.each([
    ['wasm_module_size', { wasm_module_size: 2n ** 40n }],
    ['wasm_memory_size', { wasm_memory_size: 7n * 1024n ** 3n }],
    ['wasm_memory_size', { wasm_memory_size: PAGE + 1n }],
    ['stable_memory_size', { stable_memory_size: 1024n ** 4n }],
    ['certified_data', { certified_data: new Uint8Array(33) }],
    ['v128', { globals: [{ v128: 2n ** 128n }] }],
  ])('refuses what no canister can have: %s', async (name, wrong) => {
    const { network, id, taken } = await setupTaken();
    const told = uploadOf(await metadata(network, id, taken));
    expectReject(await begin(network, id, { ...told, ...wrong }), 'IC0408', name);
    expect(network.canister(id).snapshots.size).toBe(1);
  });

  it('is refused where the canister could not pay for it', async () => {
    const { network, id, taken } = await setupTaken();
    const told = uploadOf(await metadata(network, id, taken));
    network.canister(id).cycles = 10n ** 12n;
    expectReject(await begin(network, id, { ...told, stable_memory_size: 100n * 1024n ** 3n }), 'IC0207');
    expect(network.canister(id).snapshots.size).toBe(1);
  });

  it('counts among the ten that a canister may have, and can replace one', async () => {
    const { network, id, taken } = await setupTaken();
    const told = uploadOf(await metadata(network, id, taken));
    for (let i = 0; i < 9; i++) await begun(network, id, told);
    expectReject(await begin(network, id, told), 'IC0408', 'has 10 snapshots');
    expectReject(await begin(network, id, { ...told, replace_snapshot: utf8('none') }), 'IC0305');
    await begun(network, id, { ...told, replace_snapshot: taken });
    expect(network.canister(id).snapshots.size).toBe(10);
  });

  it('puts data only where there is a place, and into no snapshot that was taken', async () => {
    const { network, id, taken } = await setupTaken();
    const uploaded = await begun(network, id, uploadOf(await metadata(network, id, taken)));
    const chunk = utf8('data');
    for (const [kind, message] of [
      [{ wasm_module: { offset: BigInt(MODULE.length) - 3n } }, 'module'],
      [{ wasm_memory: { offset: 2n * PAGE } }, 'heap'],
      [{ stable_memory: { offset: 2n ** 63n } }, 'stable'],
    ] as const) {
      expectReject(await put(network, id, uploaded, kind, chunk), 'IC0408', message);
    }
    const large = await put(network, id, uploaded, { wasm_chunk: null }, new Uint8Array(1_048_577));
    expectReject(large, 'IC0408', '1048576 at most');
    const place = { wasm_memory: { offset: 0n } };
    expectReject(await put(network, id, taken, place, chunk), 'IC0408', 'was taken from a canister');
    expectReject(await put(network, id, utf8('none'), place, chunk), 'IC0305');
    expectReject(await put(network, id, uploaded, place, chunk, stranger), 'IC0512');
  });

  it.each([
    ['whose module is not whole', {}, 0, 'module is not valid'],
    ['whose globals are too few', { globals: [] }, MODULE.length, 'globals of the snapshot'],
    [
      'whose globals are of other types',
      { globals: new Array(6).fill({ i32: 1 }) },
      MODULE.length,
      'globals',
    ],
    ['whose memory is smaller than its module says', { wasm_memory_size: PAGE }, MODULE.length, 'memory'],
    [
      'whose hook contradicts the settings',
      { on_low_wasm_memory_hook_status: { ready: null } },
      MODULE.length,
      'not low',
    ],
  ])('%s is not loaded, and the canister stays as it was', async (_what, wrong, bytes, message) => {
    const { network, id, taken } = await setupTaken();
    const told = uploadOf(await metadata(network, id, taken));
    const uploaded = await begun(network, id, { ...told, ...wrong });
    const module = MODULE.slice(0, bytes);
    expectReply(await put(network, id, uploaded, { wasm_module: { offset: 0n } }, module));
    const { version } = network.canister(id);
    const outcome = await load(network, id, uploaded);
    if (outcome.kind === 'replied') throw new Error('it was loaded');
    expect(outcome.reject.message).toContain(message);
    expect(network.canister(id).version).toBe(version);
    await expectWorked(network, id);
  });
});
