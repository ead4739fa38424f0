import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { owner, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

interface Status {
  readonly status: object;
  readonly ready_for_migration: boolean;
  readonly version: bigint;
  readonly module_hash: [] | [Uint8Array];
  readonly memory_size: bigint;
  readonly memory_metrics: Readonly<Record<string, bigint>>;
  readonly cycles: bigint;
  readonly reserved_cycles: bigint;
  readonly idle_cycles_burned_per_day: bigint;
  readonly query_stats: Readonly<Record<string, bigint>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

async function statusOf(network: TestNetwork, id: Uint8Array): Promise<Status> {
  const canister_id = Principal.fromUint8Array(id);
  return decodeReply(
    'canister_status',
    expectReply(await network.queryManagement('canister_status', { canister_id })),
  );
}

const PAGE = 65_536n;
const MODULE = canister(
  `(global (mut i32) (i32.const 0)) (global (mut i64) (i64.const 0))
   ${update('grow', '(drop (call $ic0.stable64_grow (i64.const 3))) (call $reply_empty)')}
   ${query('five', '(call $reply_i32 (i32.const 5))')}`,
  { memory: '(memory 2)' },
);

describe('canister_status', () => {
  it('tells how an empty canister is', async () => {
    const network = await setupNetwork();
    const id = await network.create({ amount: 1000n });
    const status = await statusOf(network, id);
    expect(status).toMatchObject({
      status: { running: null },
      ready_for_migration: false,
      version: 0n,
      module_hash: [],
      cycles: 1000n,
      reserved_cycles: 0n,
      query_stats: { num_calls_total: 0n },
    });
    expect(status.settings).toEqual({
      controllers: [Principal.fromUint8Array(owner)],
      compute_allocation: 0n,
      memory_allocation: 0n,
      freezing_threshold: 2_592_000n,
      reserved_cycles_limit: 5_000_000_000_000n,
      minimum_incoming_canister_call_cycles: 0n,
      log_visibility: { controllers: null },
      snapshot_visibility: { controllers: null },
      status_visibility: { controllers: null },
      log_memory_limit: 4096n,
      wasm_memory_limit: 3_221_225_472n,
      wasm_memory_threshold: 0n,
      environment_variables: [],
    });
  });

  it('tells module, memory and cycles', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    const before = await statusOf(network, id);
    expectReply(await network.call(id, 'grow'));
    const { instructions } = network.reports.at(-1)!;
    const after = await statusOf(network, id);
    expect(after.module_hash).toEqual([sha256(MODULE)]);
    expect(after.memory_metrics).toMatchObject({
      wasm_memory_size: 2n * PAGE,
      stable_memory_size: 3n * PAGE,
      global_memory_size: 16n,
      wasm_binary_size: BigInt(MODULE.length),
      wasm_chunk_store_size: 0n,
      snapshots_size: 0n,
    });
    const sum = Object.values(after.memory_metrics).reduce((total, size) => total + size, 0n);
    expect(after.memory_size).toBe(sum);
    expect(after.version).toBe(before.version + 1n);
    // Ingress, execution, and one cycle for each instruction.
    expect(before.cycles - after.cycles).toBe(1_200_000n + 4n * 2_000n + 5_000_000n + instructions);
    expect(after.idle_cycles_burned_per_day).toBe((127_000n * 86_400n * after.memory_size) / 1024n ** 3n);
  });

  it('tells what reserved memory and computation cost', async () => {
    const network = await setupNetwork();
    const settings = { memory_allocation: 1024n ** 3n, compute_allocation: 2n };
    const id = await network.create({ settings });
    const { idle_cycles_burned_per_day } = await statusOf(network, id);
    expect(idle_cycles_burned_per_day).toBe(86_400n * (127_000n + 2n * 10_000_000n));
  });

  it('counts queries', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    await network.query(id, 'five', new Uint8Array(10));
    const { query_stats } = await statusOf(network, id);
    expect(query_stats).toEqual({
      num_calls_total: 1n,
      num_instructions_total: network.reports.at(-1)!.instructions,
      request_payload_bytes_total: 10n,
      response_payload_bytes_total: 4n,
    });
  });

  it('says when a stopped canister could move', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    expectReply(await network.manage('stop_canister', { canister_id: Principal.fromUint8Array(id) }));
    expect(await statusOf(network, id)).toMatchObject({
      status: { stopped: null },
      ready_for_migration: true,
    });
  });

  it.each([
    ['controllers', { controllers: null }, false],
    ['everyone', { public: null }, true],
    ['those who are named', { allowed_viewers: [Principal.fromUint8Array(stranger)] }, true],
    ['others who are named', { allowed_viewers: [Principal.anonymous()] }, false],
  ])('is told to %s as status_visibility says', async (_, status_visibility, seen) => {
    const network = await setupNetwork();
    const id = await network.create({ settings: { status_visibility } });
    const canister_id = Principal.fromUint8Array(id);
    for (const ask of ['manage', 'queryManagement'] as const) {
      expectReply(await network[ask]('canister_status', { canister_id }));
      const outcome = await network[ask]('canister_status', { canister_id }, stranger);
      if (seen) expectReply(outcome);
      else expectReject(outcome, 'IC0542', 'can call canister_status');
    }
  });

  it('is told to the canister itself, and not to other canisters', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const own = await relay.manage('canister_status', { canister_id: Principal.fromUint8Array(relay.id) });
    expect(decodeReply<Status>('canister_status', relayedReply(own)).status).toEqual({ running: null });
    const other = await relay.manage('canister_status', {
      canister_id: Principal.fromUint8Array(await network.create()),
    });
    expect(other).toMatchObject({ kind: 'rejected', code: 5 });
  });
});
