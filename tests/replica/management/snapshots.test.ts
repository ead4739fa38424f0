import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { executionFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { decodeReply, managementFee } from '../support/management-types.ts';
import { expectReject, expectReply, replyI32 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, START, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

/** Counts in its heap, in a global, in stable memory, in certified data and by its timer; `count` adds them up. */
const COUNTING = canister(`
  (global $times (mut i32) (i32.const 0))
  ${update(
    'count up',
    `(global.set $times (i32.add (global.get $times) (i32.const 1)))
     (i32.store (i32.const 100) (global.get $times))
     (if (i64.eqz (call $ic0.stable64_size)) (then (drop (call $ic0.stable64_grow (i64.const 1)))))
     (call $ic0.stable64_write (i64.const 8) (i64.const 100) (i64.const 4))
     (call $ic0.certified_data_set (i32.const 100) (i32.const 4))
     (drop (call $ic0.global_timer_set (i64.const ${START + 1_000n * SECOND})))
     (call $reply_empty)`,
  )}
  ${query(
    'count',
    `(i32.store (i32.const 104) (i32.const 0))
     (if (i64.ne (call $ic0.stable64_size) (i64.const 0))
       (then (call $ic0.stable64_read (i64.const 104) (i64.const 8) (i64.const 4))))
     (call $reply_i32 (i32.add (i32.load (i32.const 100))
       (i32.add (global.get $times) (i32.load (i32.const 104)))))`,
  )}`);

interface SnapshotValue {
  readonly id: Uint8Array;
  readonly taken_at_timestamp: bigint;
  readonly total_size: bigint;
}

const named = (id: Uint8Array) => Principal.fromUint8Array(id);

async function take(network: TestNetwork, id: Uint8Array, options: object = {}): Promise<SnapshotValue> {
  const outcome = await network.manage('take_canister_snapshot', { canister_id: named(id), ...options });
  return decodeReply('take_canister_snapshot', expectReply(outcome));
}

async function list(network: TestNetwork, id: Uint8Array, sender?: Uint8Array): Promise<SnapshotValue[]> {
  const outcome = await network.manage('list_canister_snapshots', { canister_id: named(id) }, sender);
  return decodeReply('list_canister_snapshots', expectReply(outcome));
}

async function load(network: TestNetwork, id: Uint8Array, snapshot: SnapshotValue, sender?: Uint8Array) {
  const value = { canister_id: named(id), snapshot_id: snapshot.id };
  return network.manage('load_canister_snapshot', value, sender);
}

async function countUp(network: TestNetwork, id: Uint8Array, times: number): Promise<void> {
  for (let i = 0; i < times; i++) expectReply(await network.call(id, 'count up'));
}

const count = async (network: TestNetwork, id: Uint8Array) => replyI32(await network.query(id, 'count'));

async function setupCounting(options: Parameters<typeof setupNetwork>[0] = {}) {
  const network = await setupNetwork(options);
  const id = await network.install(COUNTING);
  await countUp(network, id, 2);
  return { network, id };
}

describe('a snapshot', () => {
  it('is gone back to with heap, globals, stable memory, certified data, timer and chunks', async () => {
    const { network, id } = await setupCounting();
    expectReply(await network.manage('upload_chunk', { canister_id: named(id), chunk: utf8('chunk') }));
    const { certifiedData, globalTimer, version } = network.canister(id);
    const snapshot = await take(network, id);
    await countUp(network, id, 3);
    expectReply(await network.manage('clear_chunk_store', { canister_id: named(id) }));
    expect(await count(network, id)).toBe(15);

    expectReply(await load(network, id, snapshot));
    expect(await count(network, id)).toBe(6);
    const loaded = network.canister(id);
    expect(loaded).toMatchObject({ certifiedData, globalTimer });
    expect(loaded.chunks.size).toBe(1);
    expect(loaded.version).toBeGreaterThan(version + 3n);
    // It can be gone back to again and again, whatever happens in between.
    await countUp(network, id, 1);
    expectReply(await load(network, id, snapshot));
    expect(await count(network, id)).toBe(6);
  });

  it('of other code brings that code back, and the history says so', async () => {
    const { network, id } = await setupCounting();
    const { code, version } = network.canister(id);
    const snapshot = await take(network, id);
    expectReply(
      await network.installCode(id, canister(query('count', '(call $reply_i32 (i32.const 77))')), {
        mode: 'reinstall',
      }),
    );
    expect(await count(network, id)).toBe(77);
    expectReply(await load(network, id, snapshot));
    expect(network.canister(id).code?.moduleHash).toEqual(code?.moduleHash);
    expect(await count(network, id)).toBe(6);
    expect(network.canister(id).history.changes.at(-1)).toMatchObject({
      canisterVersion: network.canister(id).version,
      details: {
        kind: 'load_snapshot',
        snapshotId: snapshot.id,
        canisterVersion: version,
        takenAt: START,
        fromCanisterId: undefined,
      },
    });
  });

  it('outlives the code, and can be taken with its removal', async () => {
    const { network, id } = await setupCounting();
    const snapshot = await take(network, id, { uninstall_code: true });
    expectReject(await network.query(id, 'count'), 'IC0537');
    expectReply(await load(network, id, snapshot));
    expect(await count(network, id)).toBe(6);
  });

  it('is loaded onto another canister of the same controller, and of no other', async () => {
    const { network, id } = await setupCounting();
    const snapshot = await take(network, id);
    const other = await network.create();
    expectReply(await load(network, other, snapshot));
    expect(await count(network, other)).toBe(6);
    await countUp(network, other, 1);
    expect(await count(network, id)).toBe(6);
    expect(network.canister(other).history.changes.at(-1)?.details).toMatchObject({ fromCanisterId: id });

    const settings = { controllers: [named(stranger)] };
    expectReply(await network.manage('update_settings', { canister_id: named(other), settings }));
    expectReject(await load(network, other, snapshot, stranger), 'IC0512');
    expect(await count(network, other)).toBe(9);
  });

  it('tells its time and size, and is counted in the status', async () => {
    const { network, id } = await setupCounting();
    await network.network.advanceTime(5n * SECOND);
    const snapshot = await take(network, id);
    expect(snapshot.taken_at_timestamp).toBe(START + 5n * SECOND);
    expect(snapshot.total_size).toBe(BigInt(2 * 65_536 + COUNTING.length + 4));
    expect(await list(network, id)).toEqual([snapshot]);
    const status = await network.manage('canister_status', { canister_id: named(id) });
    const { memory_metrics } = decodeReply<{ memory_metrics: { snapshots_size: bigint } }>(
      'canister_status',
      expectReply(status),
    );
    expect(memory_metrics.snapshots_size).toBe(snapshot.total_size);
  });

  it('costs its fee, and is not taken where the cycles do not suffice', async () => {
    const { network, id } = await setupCounting();
    const before = network.canister(id).cycles;
    const { total_size } = await take(network, id);
    const fee = managementFee('take_canister_snapshot', { canister_id: named(id) });
    expect(before - network.canister(id).cycles).toBe(fee + executionFee(2_000_000_000n + total_size));
    network.canister(id).cycles = 1_000_000n;
    expectReject(
      await network.manage('take_canister_snapshot', { canister_id: named(id) }),
      'IC0207',
      'out of cycles',
    );
    expect(network.canister(id).snapshots.size).toBe(1);
  });

  it('is there after the network was opened again', async () => {
    const directory = setupDirectory();
    const { network, id } = await setupCounting({ directory });
    const first = await take(network, id);
    await countUp(network, id, 1);
    const second = await take(network, id);
    await network.network.close();

    const again = await setupNetwork({ directory });
    expect(await list(again, id)).toEqual([first, second]);
    expectReply(await load(again, id, first));
    expect(await count(again, id)).toBe(6);
    expectReply(await load(again, id, second));
    expect(await count(again, id)).toBe(9);
    // Ids go on where they were.
    expect((await take(again, id)).id).not.toEqual(second.id);
  });
});

describe('the snapshots of a canister', () => {
  it('are ten at most; one more takes the place of another', async () => {
    const { network, id } = await setupCounting();
    const snapshots: SnapshotValue[] = [];
    for (let i = 0; i < 10; i++) snapshots.push(await take(network, id));
    const value = { canister_id: named(id) };
    expectReject(await network.manage('take_canister_snapshot', value), 'IC0408', 'has 10 snapshots');
    const [oldest] = snapshots;
    const newest = await take(network, id, { replace_snapshot: oldest?.id });
    expect(await list(network, id)).toEqual([...snapshots.slice(1), newest]);
  });

  it('are deleted one by one, and go with the canister', async () => {
    const { network, id } = await setupCounting();
    const first = await take(network, id);
    const second = await take(network, id);
    const canister_id = named(id);
    expectReply(await network.manage('delete_canister_snapshot', { canister_id, snapshot_id: first.id }));
    expect(await list(network, id)).toEqual([second]);
    expectReject(await load(network, id, first), 'IC0305', 'Could not find the snapshot ID');

    expectReply(await network.manage('stop_canister', { canister_id }));
    expectReply(await network.manage('delete_canister', { canister_id }));
    const other = await network.create();
    expectReject(await load(network, other, second), 'IC0305');
  });

  it.each([
    ['deleted', 'delete_canister_snapshot', 'snapshot_id'],
    ['loaded', 'load_canister_snapshot', 'snapshot_id'],
    ['replaced', 'take_canister_snapshot', 'replace_snapshot'],
  ] as const)('are not %s where there is none of that id', async (_what, method, field) => {
    const { network, id } = await setupCounting();
    const value = { canister_id: named(id), [field]: utf8('none') };
    expectReject(await network.manage(method, value), 'IC0305', 'Could not find the snapshot ID 6e6f6e65');
    expect(await list(network, id)).toEqual([]);
  });

  it('are taken of no canister without code', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    expectReject(await network.manage('take_canister_snapshot', { canister_id: named(id) }), 'IC0537');
  });

  it('are listed for those whom snapshot_visibility allows', async () => {
    const { network, id } = await setupCounting();
    const canister_id = named(id);
    const snapshot = await take(network, id);
    const refused = await network.manage('list_canister_snapshots', { canister_id }, stranger);
    expectReject(refused, 'IC0512', 'not allowed to read the snapshots');
    for (const visibility of [{ public: null }, { allowed_viewers: [named(stranger)] }]) {
      const settings = { snapshot_visibility: visibility };
      expectReply(await network.manage('update_settings', { canister_id, settings }));
      expect(await list(network, id, stranger)).toEqual([snapshot]);
    }
  });
});
