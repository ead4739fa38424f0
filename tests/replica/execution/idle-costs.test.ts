import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { frozenCycles } from '../../../src/replica/execution/world.ts';
import { memoryUse, totalBytes } from '../../../src/replica/state/memory-use.ts';
import { computeFee, storageFee } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { installHanging, release } from '../support/hanging-canister.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

const HOLDING = canister(
  `${update('u', '(call $reply_empty)')} ${query('q', '(call $reply_empty)')}
   (func (export "canister_init") (drop (call $ic0.stable64_grow (i64.const 16000))))`,
);

/** What ten seconds cost the canister now. */
function periodFee(network: TestNetwork, id: Uint8Array): bigint {
  const { memoryAllocation, computeAllocation } = network.canister(id).settings;
  const used = totalBytes(memoryUse(network.canister(id)));
  const bytes = used > memoryAllocation ? used : memoryAllocation;
  return storageFee(bytes, 10n) + computeFee(computeAllocation, 10n);
}

describe('a canister pays while time passes', () => {
  it('for its memory and its compute allocation, every ten seconds', async () => {
    const network = await setupNetwork();
    const id = await network.install(HOLDING);
    const settings = { compute_allocation: 3n };
    const canister_id = Principal.fromUint8Array(id);
    expectReply(await network.manage('update_settings', { canister_id, settings }));
    const { cycles } = network.canister(id);
    const fee = periodFee(network, id);
    expect(fee).toBeGreaterThan(300_000_000n + 1_200_000n);
    await network.network.advanceTime(10n * SECOND - 1n);
    expect(network.canister(id).cycles).toBe(cycles);
    await network.network.advanceTime(1n);
    expect(network.canister(id).cycles).toBe(cycles - fee);
    await network.network.advanceTime(3600n * SECOND);
    expect(network.canister(id).cycles).toBe(cycles - 361n * fee);
  });

  it('the same in one step as in many', async () => {
    const balances: bigint[] = [];
    for (const steps of [1n, 7n, 60n]) {
      const network = await setupNetwork();
      const id = await network.install(HOLDING);
      const whole = 4200n * SECOND;
      for (let i = 0n; i < steps; i++) await network.network.advanceTime(whole / steps);
      balances.push(network.canister(id).cycles);
    }
    expect(new Set(balances).size).toBe(1);
  });

  it('the same in one step as in many when it runs out', async () => {
    const after: object[] = [];
    for (const steps of [1n, 9n]) {
      const network = await setupNetwork();
      const id = await network.install(HOLDING);
      network.canister(id).cycles = periodFee(network, id) * 4n + 7n;
      for (let i = 0n; i < steps; i++) await network.network.advanceTime((90n / steps) * SECOND);
      const { cycles, consumed, paidUntil, version, code } = network.canister(id);
      after.push({ cycles, consumed, paidUntil, version, code });
    }
    expect(after[0]).toMatchObject({ cycles: 0n, code: undefined, consumed: { uninstall: 7n } });
    expect(after[1]).toEqual(after[0]);
  });

  it('for what is reserved for it, if that is more than it uses', async () => {
    const network = await setupNetwork();
    const id = await network.create({ amount: 10n ** 12n, settings: { memory_allocation: 1024n ** 3n } });
    await network.network.advanceTime(10n * SECOND);
    expect(network.canister(id).cycles).toBe(10n ** 12n - 1_270_000n);
  });

  it('until it freezes: it answers no query then, and goes on when it has cycles again', async () => {
    const network = await setupNetwork();
    const id = await network.install(HOLDING);
    network.canister(id).cycles = frozenCycles(network.network.subnet.world, network.canister(id)) + 5n;
    expectReply(await network.query(id, 'q'));
    await network.network.advanceTime(10n * SECOND);
    expectReject(await network.query(id, 'q'), 'IC0207', "because it's frozen");
    expectReject(await network.call(id, 'u'), 'IC0207');
    const value = { canister_id: Principal.fromUint8Array(id), amount: 10n ** 12n };
    expectReply(await network.manage('provisional_top_up_canister', value));
    expectReply(await network.query(id, 'q'));
  });

  it('and is uninstalled when it cannot: code, snapshots, history and allocations go, controllers stay', async () => {
    const network = await setupNetwork();
    const id = await network.install(HOLDING);
    const canister_id = Principal.fromUint8Array(id);
    expectReply(await network.manage('take_canister_snapshot', { canister_id }));
    const settings = { compute_allocation: 1n, memory_allocation: 1n };
    expectReply(await network.manage('update_settings', { canister_id, settings }));
    const { version, history } = network.canister(id);
    const { total } = history;
    network.canister(id).cycles = periodFee(network, id) * 2n - 1n;
    await network.network.advanceTime(20n * SECOND);
    const after = network.canister(id);
    expect(after).toMatchObject({ code: undefined, cycles: 0n, version: version + 1n });
    expect(after.settings).toMatchObject({ computeAllocation: 0n, memoryAllocation: 0n });
    expect([after.snapshots.size, after.history.changes.length, after.history.total]).toEqual([0, 0, total]);
    expectReject(await network.query(id, 'q'), 'IC0537');
    expectReply(await network.queryManagement('canister_status', { canister_id }));
    // With cycles again it is an empty canister like others.
    expectReply(await network.manage('provisional_top_up_canister', { canister_id, amount: 10n ** 13n }));
    expectReply(await network.installCode(id, HOLDING));
    expectReply(await network.call(id, 'u'));
  });

  it('and rejects the calls that it works on when it is uninstalled', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(
      canister(`(table funcref (elem $done)) (func $done (param i32)) ${data(100, hanging)} ${data(120, 'hang')}
        ${update('wait', makeCall({ callee: [100, 10], method: [120, 4], onReject: 0 }))}`),
    );
    const message = network.message(id, 'wait');
    await network.submit(message);
    await network.network.subnet.idle();
    network.canister(id).cycles = 0n;
    await network.network.advanceTime(10n * SECOND);
    expectReject(await network.network.subnet.outcome(message.requestId), 'IC0406', 'has been uninstalled');
    await release(network, hanging);
    // What was set aside for the response comes back all the same.
    expect(network.canister(id).cycles).toBeGreaterThan(0n);
    expect(network.canister(id)).toMatchObject({ callbacks: new Map(), callContexts: new Map() });
  });

  it('and goes on where it was after a restart', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(HOLDING);
    await first.network.advanceTime(15n * SECOND);
    const { cycles, paidUntil, consumed } = first.canister(id);
    const fee = periodFee(first, id);
    await first.network.close();
    const again = await setupNetwork({ directory });
    expect(again.canister(id)).toMatchObject({ cycles, paidUntil, consumed });
    await again.network.advanceTime(5n * SECOND);
    expect(again.canister(id).cycles).toBe(cycles - fee);
  });
});
