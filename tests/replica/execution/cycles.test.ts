import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import {
  callFee,
  executionFee,
  httpRequestFee,
  idleCyclesPerDay,
  ingressFee,
} from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { managementFee } from '../support/management-types.ts';
import { expectReject, expectReply, replyI32, replyI64 } from '../support/outcomes.ts';
import { installRelay } from '../support/relay.ts';
import { setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

const NOTHING = new Uint8Array();
const MODULE = canister(`
  ${update('u', '(call $reply_empty)')} ${update('trap', 'unreachable')} ${query('q', '(call $reply_empty)')}
  ${update('balance', '(call $reply_i64 (call $ic0.canister_cycle_balance))')}
  ${update(
    'liquid',
    '(call $ic0.canister_liquid_cycle_balance128 (i32.const 64)) (call $reply_i64 (i64.load (i32.const 64)))',
  )}
  ${update(
    'burn all',
    '(call $ic0.cycles_burn128 (i64.const 1) (i64.const 0) (i32.const 64)) (call $reply_i64 (i64.load (i32.const 64)))',
  )}`);
const RESERVE = executionFee(40_000_000_000n);

describe('fees', () => {
  it.each([
    ['an ingress message', ingressFee('name', new Uint8Array(10)), 1_200_000n + 14n * 2_000n],
    ['the bytes of a name', ingressFee('é€', NOTHING), 1_200_000n + 5n * 2_000n],
    ['a call', callFee('name', new Uint8Array(10)), 260_000n + 14n * 1_000n],
    ['an execution', executionFee(123n), 5_000_123n],
    ['an execution with a 64-bit memory', executionFee(123n, true), 5_000_246n],
    ['an HTTP outcall', httpRequestFee(100n, 1000n), 13n * (3_000_000n + 13n * 60_000n + 40_000n + 800_000n)],
    ['a GiB for a day', idleCyclesPerDay(1024n ** 3n, 0n), 127_000n * 86_400n],
    ['a hundredth of a core for a day', idleCyclesPerDay(0n, 1n), 10_000_000n * 86_400n],
    ['a page for a day', idleCyclesPerDay(65_536n, 0n), (127_000n * 86_400n * 65_536n) / 1024n ** 3n],
  ])('are exact for %s', (_, fee, expected) => {
    expect(fee).toBe(expected);
  });

  it.each(['u', 'trap', 'q'])('are charged to the unit for a call of %s', async (method) => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    const before = network.canister(id).cycles;
    await network.call(id, method, new Uint8Array(6));
    const { instructions, cycles } = network.reports.at(-1)!;
    expect(cycles).toBe(executionFee(instructions));
    expect(before - network.canister(id).cycles).toBe(ingressFee(method, new Uint8Array(6)) + cycles);
  });

  it('are not charged for a message that is refused', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    network.canister(id).runState = 'stopped';
    const { cycles } = network.canister(id);
    expectReject(await network.call(id, 'q'), 'IC0508');
    expect(network.canister(id).cycles).toBe(cycles);
  });

  it('are charged for a message that finds no method', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    const { cycles } = network.canister(id);
    expectReject(await network.call(id, 'nothing'), 'IC0536');
    const fee = ingressFee('nothing', new Uint8Array()) + executionFee(0n);
    expect(network.canister(id).cycles).toBe(cycles - fee);
  });

  it('hold back what a message may take while it runs', async () => {
    const network = await setupNetwork();
    const id = await network.install(MODULE);
    const before = network.canister(id).cycles;
    const seen = replyI64(await network.call(id, 'balance'));
    expect(seen).toBe(before - ingressFee('balance', NOTHING) - RESERVE);
  });
});

/** A canister that freezes below a thousand million cycles or so. */
async function setupFreezing(): Promise<{ network: TestNetwork; id: Uint8Array; frozen: bigint }> {
  const network = await setupNetwork();
  const id = await network.install(MODULE);
  const settings = { compute_allocation: 1n, freezing_threshold: 100n };
  const canister_id = Principal.fromUint8Array(id);
  expectReply(await network.manage('update_settings', { canister_id, settings }));
  const liquid = replyI64(await network.call(id, 'liquid'));
  const frozen = network.canister(id).cycles + network.reports.at(-1)!.cycles - RESERVE - liquid;
  expect(frozen).toBeGreaterThan(100n * 10_000_000n);
  return { network, id, frozen };
}

describe('a canister with too few cycles', () => {
  it('refuses messages that it could not execute', async () => {
    const { network, id, frozen } = await setupFreezing();
    const fee = ingressFee('u', NOTHING);
    network.canister(id).cycles = frozen + fee + RESERVE - 1n;
    expectReject(await network.call(id, 'u'), 'IC0207', 'with at least 1 additional cycles');
    expectReject(await network.call(id, 'q'), 'IC0207');
    network.canister(id).cycles += 1n;
    expectReply(await network.call(id, 'u'));
  });

  it('rejects the calls of canisters, and gives their cycles back', async () => {
    const { network, id, frozen } = await setupFreezing();
    const relay = await installRelay(network);
    network.canister(id).cycles = frozen + RESERVE - 1n;
    const relayed = await relay.call({ callee: id, method: 'u', cycles: 99n });
    expect(relayed).toMatchObject({ kind: 'rejected', code: 2, refunded: 99n });
  });

  it('rejects installations', async () => {
    const { network, id, frozen } = await setupFreezing();
    const value = {
      canister_id: Principal.fromUint8Array(id),
      mode: { upgrade: undefined },
      wasm_module: MODULE,
      arg: new Uint8Array(),
    };
    const needed = frozen + managementFee('install_code', value) + executionFee(300_000_000_000n);
    network.canister(id).cycles = needed - 1n;
    expectReject(
      await network.installCode(id, MODULE, { mode: 'upgrade' }),
      'IC0207',
      'at least 1 additional',
    );
    network.canister(id).cycles = needed;
    expectReply(await network.installCode(id, MODULE, { mode: 'upgrade' }));
  });

  it('answers queries until it is frozen', async () => {
    const { network, id, frozen } = await setupFreezing();
    network.canister(id).cycles = frozen;
    expectReply(await network.query(id, 'q'));
    network.canister(id).cycles = frozen - 1n;
    expectReject(await network.query(id, 'q'), 'IC0207', "because it's frozen");
  });

  it('burns what it has above its freezing threshold', async () => {
    const { network, id, frozen } = await setupFreezing();
    const before = network.canister(id).cycles;
    const burned = replyI64(await network.call(id, 'burn all'));
    expect(burned).toBe(before - ingressFee('burn all', NOTHING) - RESERVE - frozen);
  });

  it('lets nobody but its controllers and donors do anything about it', async () => {
    const { network, id } = await setupFreezing();
    network.canister(id).cycles = 0n;
    const canister_id = Principal.fromUint8Array(id);
    expectReject(await network.manage('canister_status', { canister_id }), 'IC0207');
    expectReply(await network.queryManagement('canister_status', { canister_id }));
    expectReply(await network.manage('provisional_top_up_canister', { canister_id, amount: 10n ** 13n }));
    expectReply(await network.call(id, 'u'));
  });
});

describe('an ingress message to the management canister', () => {
  it('is paid for by the canister that it is about, which must not freeze by it', async () => {
    const { network, id, frozen } = await setupFreezing();
    const value = { canister_id: Principal.fromUint8Array(id) };
    const fee = managementFee('stop_canister', value);
    network.canister(id).cycles = frozen + fee - 1n;
    expectReject(await network.manage('stop_canister', value), 'IC0207', 'with at least 1 additional cycles');
    network.canister(id).cycles += 1n;
    const { ingress_induction } = network.canister(id).consumed;
    expectReply(await network.manage('stop_canister', value));
    expect(network.canister(id).cycles).toBe(frozen);
    expect(network.canister(id).consumed.ingress_induction).toBe(ingress_induction + fee);
  });

  it('that nobody may send costs nothing', async () => {
    const { network, id } = await setupFreezing();
    const { cycles } = network.canister(id);
    const value = { canister_id: Principal.fromUint8Array(id) };
    expectReject(await network.manage('stop_canister', value, stranger), 'IC0512');
    expectReject(await network.manage('canister_status', value, stranger), 'IC0542');
    expectReject(await network.manage('list_canister_snapshots', value, stranger), 'IC0512');
    expect(network.canister(id).cycles).toBe(cycles);
  });

  it('is free where it gives cycles', async () => {
    const { network, id } = await setupFreezing();
    network.canister(id).cycles = 0n;
    const value = { canister_id: Principal.fromUint8Array(id), amount: 5n };
    expectReply(await network.manage('provisional_top_up_canister', value));
    expect(network.canister(id).cycles).toBe(5n);
  });

  it('thaws a frozen canister by its settings, and is paid for after that as far as there are cycles', async () => {
    const { network, id } = await setupFreezing();
    const value = { canister_id: Principal.fromUint8Array(id), settings: { freezing_threshold: 0n } };
    const fee = managementFee('update_settings', value);
    network.canister(id).cycles = fee + 7n;
    expectReply(await network.manage('update_settings', value));
    expect(network.canister(id).cycles).toBe(7n);
    expectReply(await network.manage('update_settings', value));
    expect(network.canister(id).cycles).toBe(7n);
  });

  it('with long settings is paid for ahead', async () => {
    const { network, id, frozen } = await setupFreezing();
    const variables = [
      { name: 'n'.repeat(128), value: 'v'.repeat(128) },
      { name: 'm', value: 'v'.repeat(128) },
    ];
    const value = {
      canister_id: Principal.fromUint8Array(id),
      settings: { freezing_threshold: 0n, environment_variables: variables },
    };
    network.canister(id).cycles = frozen;
    expectReject(await network.manage('update_settings', value), 'IC0207');
  });
});

describe('two fresh networks', () => {
  it('count the same instructions and cycles for the same messages', async () => {
    const run = async () => {
      const network = await setupNetwork();
      const worker = await network.install(
        canister(
          `(global $n (mut i32) (i32.const 0))
           ${update(
             'work',
             `(memory.fill (i32.const 64) (global.get $n) (i32.const 5000))
              (if (i64.eqz (call $ic0.stable64_size)) (then (drop (call $ic0.stable64_grow (i64.const 9)))))
              (call $ic0.stable64_write (i64.extend_i32_u (i32.mul (global.get $n) (i32.const 3000))) (i64.const 64) (i64.const 5000))
              (drop (memory.grow (i32.const 1)))
              (global.set $n (i32.add (global.get $n) (i32.const 1)))
              (if (i32.eq (global.get $n) (i32.const 4)) (then unreachable))
              (call $reply_i32 (global.get $n))`,
           )}
           ${query('n', '(call $reply_i32 (global.get $n))')}`,
        ),
      );
      const relay = await installRelay(network);
      for (let i = 0; i < 6; i++) {
        await network.call(worker, 'work');
        await network.query(worker, 'n');
        await relay.call({ callee: worker, method: 'work', cycles: 5n });
      }
      expect(replyI32(await network.query(worker, 'n'))).toBe(3);
      return {
        reports: network.reports,
        cycles: [worker, relay.id].map((id) => network.canister(id).cycles),
      };
    };
    const [first, second] = [await run(), await run()];
    expect(first.reports.length).toBeGreaterThan(20);
    expect(second).toEqual(first);
  });
});
