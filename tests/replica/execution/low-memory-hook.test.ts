import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { frozenCycles } from '../../../src/replica/execution/world.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { managementFee } from '../support/management-types.ts';
import { expectReply, i32, replyI32 } from '../support/outcomes.ts';
import { SECOND, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

const PAGE = 65_536n;

/** Grows as it is told, and counts how often its hook ran; `seen` is how often before the last call of `after`. */
const GROWING = canister(`
  (global $ran (mut i32) (i32.const 0)) (global $seen (mut i32) (i32.const 0))
  (func (export "canister_on_low_wasm_memory") (global.set $ran (i32.add (global.get $ran) (i32.const 1))))
  ${update(
    'grow',
    `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
     (drop (memory.grow (i32.load (i32.const 64)))) (call $reply_i32 (memory.size))`,
  )}
  ${update('after', '(global.set $seen (global.get $ran)) (call $reply_empty)')}
  ${query('ran', '(call $reply_i32 (global.get $ran))')}
  ${query('seen', '(call $reply_i32 (global.get $seen))')}`);

async function setup(threshold: bigint, limit = 10n * PAGE) {
  const network = await setupNetwork();
  const id = await network.install(GROWING);
  await change(network, id, { wasm_memory_limit: limit, wasm_memory_threshold: threshold });
  return { network, id };
}

async function change(network: TestNetwork, id: Uint8Array, settings: object): Promise<void> {
  const value = { canister_id: Principal.fromUint8Array(id), settings };
  expectReply(await network.manage('update_settings', value));
  await network.network.subnet.idle();
}

async function ran(network: TestNetwork, id: Uint8Array): Promise<number> {
  await network.network.subnet.idle();
  return replyI32(await network.query(id, 'ran'));
}

describe('the hook for a heap that is nearly full', () => {
  it('runs once when less than the threshold is left', async () => {
    const { network, id } = await setup(4n * PAGE);
    // Six pages leave just as much as the threshold.
    expect(replyI32(await network.call(id, 'grow', i32(5)))).toBe(6);
    expect(await ran(network, id)).toBe(0);
    await network.call(id, 'grow', i32(1));
    expect(await ran(network, id)).toBe(1);
    await network.call(id, 'grow', i32(1));
    expect(await ran(network, id)).toBe(1);
    expect(network.canister(id).lowMemoryHook).toBe('executed');
    expect(network.reports.filter(({ entryPoint }) => entryPoint === 'T')).toHaveLength(1);
  });

  it('comes before the next message', async () => {
    const { network, id } = await setup(4n * PAGE);
    const messages = [network.message(id, 'grow', i32(7)), network.message(id, 'after')];
    await Promise.all(messages.map((message) => network.submit(message)));
    await network.network.subnet.outcome(messages[1]!.requestId);
    expect(replyI32(await network.query(id, 'seen'))).toBe(1);
  });

  it('runs again once there was enough in between', async () => {
    const { network, id } = await setup(4n * PAGE);
    await network.call(id, 'grow', i32(6));
    expect(await ran(network, id)).toBe(1);
    await change(network, id, { wasm_memory_limit: 20n * PAGE });
    expect(network.canister(id).lowMemoryHook).toBe('condition_not_satisfied');
    await change(network, id, { wasm_memory_limit: 10n * PAGE });
    expect(await ran(network, id)).toBe(2);
  });

  it('never runs with a threshold of zero, and counts from four GiB without a limit', async () => {
    const { network, id } = await setup(0n);
    await network.call(id, 'grow', i32(9));
    expect(await ran(network, id)).toBe(0);
    await change(network, id, { wasm_memory_limit: 0n, wasm_memory_threshold: 2n ** 32n - 10n * PAGE });
    expect(await ran(network, id)).toBe(0);
    await change(network, id, { wasm_memory_threshold: 2n ** 32n - 10n * PAGE + 1n });
    expect(await ran(network, id)).toBe(1);
  });

  it('waits while the canister is stopped or has no cycles', async () => {
    const { network, id } = await setup(0n);
    await network.call(id, 'grow', i32(8));
    const canister_id = Principal.fromUint8Array(id);
    expectReply(await network.manage('stop_canister', { canister_id }));
    await change(network, id, { wasm_memory_threshold: 4n * PAGE });
    expect(network.canister(id).lowMemoryHook).toBe('ready');
    const { cycles } = network.canister(id);
    const fee = managementFee('start_canister', { canister_id });
    network.canister(id).cycles = frozenCycles(network.network.subnet.world, network.canister(id)) + fee;
    expectReply(await network.manage('start_canister', { canister_id }));
    await network.network.subnet.idle();
    expect(network.canister(id).lowMemoryHook).toBe('ready');
    expectReply(await network.manage('provisional_top_up_canister', { canister_id, amount: cycles }));
    expect(await ran(network, id)).toBe(1);
  });

  it('is taken back where it traps, and is not run anew for that', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`(global $ran (mut i32) (i32.const 0)) ${query('ran', '(call $reply_i32 (global.get $ran))')}
        (func (export "canister_on_low_wasm_memory") (global.set $ran (i32.const 1)) unreachable)`),
    );
    await change(network, id, { wasm_memory_limit: PAGE, wasm_memory_threshold: 1n });
    expect(await ran(network, id)).toBe(0);
    expect(network.canister(id).lowMemoryHook).toBe('executed');
    await network.network.advanceTime(5n * SECOND);
    expect(network.reports.filter(({ entryPoint }) => entryPoint === 'T')).toHaveLength(1);
  });
});
