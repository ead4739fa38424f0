import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { frozenCycles } from '../../../src/replica/execution/world.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReply, i64, replyI32, replyI64 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, START, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

/** Sets the timer to the time that it is told, counts how often it runs, and remembers when. */
const COUNTS = `
  (global $count (mut i32) (i32.const 0)) (global $at (mut i64) (i64.const 0))
  ${update(
    'set',
    `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 8))
     (call $reply_i64 (call $ic0.global_timer_set (i64.load (i32.const 64))))`,
  )}
  ${query('count', '(call $reply_i32 (global.get $count))')}
  ${query('at', '(call $reply_i64 (global.get $at))')}`;
const RUN = `
  (global.set $count (i32.add (global.get $count) (i32.const 1)))
  (global.set $at (call $ic0.time))`;
const TIMER = canister(`${COUNTS} (func (export "canister_global_timer") ${RUN})`);

async function count(network: TestNetwork, id: Uint8Array): Promise<number> {
  return replyI32(await network.query(id, 'count'));
}

describe('the global timer', () => {
  it('runs once when it is due', async () => {
    const network = await setupNetwork();
    const id = await network.install(TIMER);
    const due = START + 5n * SECOND;
    expect(replyI64(await network.call(id, 'set', i64(due)))).toBe(0n);
    await network.network.advanceTime(5n * SECOND - 1n);
    expect(await count(network, id)).toBe(0);
    await network.network.advanceTime(1n);
    expect(await count(network, id)).toBe(1);
    expect(replyI64(await network.query(id, 'at'))).toBe(due);
    await network.network.advanceTime(100n * SECOND);
    expect(await count(network, id)).toBe(1);
    expect(replyI64(await network.call(id, 'set', i64(0n)))).toBe(0n);
  });

  it('is set anew by each setting, which gives the one before; 0 clears it', async () => {
    const network = await setupNetwork();
    const id = await network.install(TIMER);
    const [first, second] = [START + 5n * SECOND, START + 9n * SECOND];
    await network.call(id, 'set', i64(first));
    expect(replyI64(await network.call(id, 'set', i64(second)))).toBe(first);
    await network.network.advanceTime(6n * SECOND);
    expect(await count(network, id)).toBe(0);
    expect(replyI64(await network.call(id, 'set', i64(0n)))).toBe(second);
    await network.network.advanceTime(60n * SECOND);
    expect(await count(network, id)).toBe(0);
  });

  it('runs at once when it is set to the past', async () => {
    const network = await setupNetwork();
    const id = await network.install(TIMER);
    await network.call(id, 'set', i64(1n));
    await network.network.subnet.idle();
    expect(await count(network, id)).toBe(1);
  });

  it.each(['upgrade', 'reinstall'] as const)('does not outlive an %s', async (mode) => {
    const network = await setupNetwork();
    const id = await network.install(TIMER);
    await network.call(id, 'set', i64(START + SECOND));
    expectReply(await network.installCode(id, TIMER, { mode }));
    await network.network.advanceTime(2n * SECOND);
    expect(await count(network, id)).toBe(0);
  });

  it('can be set by init', async () => {
    const network = await setupNetwork();
    const soon = `(drop (call $ic0.global_timer_set (i64.const ${START + SECOND})))`;
    const id = await network.install(
      canister(
        `${COUNTS} (func (export "canister_global_timer") ${RUN}) (func (export "canister_init") ${soon})`,
      ),
    );
    await network.network.advanceTime(SECOND);
    expect(await count(network, id)).toBe(1);
  });

  it('is spent when it traps, and leaves nothing', async () => {
    const network = await setupNetwork();
    const again = '(drop (call $ic0.global_timer_set (i64.const 1)))';
    const id = await network.install(
      canister(`${COUNTS} (func (export "canister_global_timer") ${RUN} ${again} unreachable)`),
    );
    await network.call(id, 'set', i64(START + SECOND));
    await network.network.advanceTime(2n * SECOND);
    expect(await count(network, id)).toBe(0);
    expect(network.canister(id)).toMatchObject({ globalTimer: 0n, callContexts: new Map() });
    expect(network.reports.filter(({ entryPoint }) => entryPoint === 'T')).toHaveLength(1);
  });

  it('waits while the canister is stopped', async () => {
    const network = await setupNetwork();
    const id = await network.install(TIMER);
    const canister_id = Principal.fromUint8Array(id);
    await network.call(id, 'set', i64(START + SECOND));
    expectReply(await network.manage('stop_canister', { canister_id }));
    await network.network.advanceTime(5n * SECOND);
    expect(network.reports.filter(({ entryPoint }) => entryPoint === 'T')).toHaveLength(0);
    expectReply(await network.manage('start_canister', { canister_id }));
    await network.network.subnet.idle();
    expect(await count(network, id)).toBe(1);
  });

  describe('freezing', () => {
    /** A canister with a timer in a second, and then frozen by its threshold or by what is left of its cycles. */
    async function setupFrozen(how: 'threshold' | 'balance', { module = TIMER } = {}) {
      const network = await setupNetwork();
      const id = await network.install(module);
      const canister_id = Principal.fromUint8Array(id);
      await network.call(id, 'set', i64(START + SECOND));
      const freeze = (freezing_threshold: bigint) =>
        network.manage('update_settings', { canister_id, settings: { freezing_threshold } });
      if (how === 'threshold') expectReply(await freeze(2n ** 60n));
      else
        network.canister(id).cycles = frozenCycles(network.network.subnet.world, network.canister(id)) + 5n;
      const thaw = async () => {
        if (how === 'threshold') expectReply(await freeze(0n));
        else
          expectReply(
            await network.manage('provisional_top_up_canister', { canister_id, amount: 10n ** 15n }),
          );
      };
      const timersRun = () => network.reports.filter(({ entryPoint }) => entryPoint === 'T').length;
      return { network, id, thaw, timersRun };
    }

    it.each(['threshold', 'balance'] as const)(
      'keeps a timer that is due while its canister is frozen, and runs it once there are cycles: %s',
      async (how) => {
        const { network, id, thaw, timersRun } = await setupFrozen(how);
        await network.network.advanceTime(60n * SECOND);
        await network.network.subnet.tick();
        expect(timersRun()).toBe(0);
        expect(network.canister(id).globalTimer).toBe(START + SECOND);
        // Nothing waits for what cannot happen: the network is idle.
        expect(network.network.subnet.isIdle).toBe(true);
        await thaw();
        await network.network.subnet.idle();
        expect(await count(network, id)).toBe(1);
        await network.network.advanceTime(60n * SECOND);
        expect(timersRun()).toBe(1);
      },
    );

    it('keeps the timer over the end of the process', async () => {
      const directory = setupDirectory();
      const first = await setupNetwork({ directory });
      const id = await first.install(TIMER);
      const canister_id = Principal.fromUint8Array(id);
      await first.call(id, 'set', i64(START + SECOND));
      const freeze = (freezing_threshold: bigint) => ({ canister_id, settings: { freezing_threshold } });
      expectReply(await first.manage('update_settings', freeze(2n ** 60n)));
      await first.network.advanceTime(60n * SECOND);
      await first.network.close();
      const second = await setupNetwork({ directory, manualTime: START + 120n * SECOND });
      expect(second.canister(id).globalTimer).toBe(START + SECOND);
      expectReply(await second.manage('update_settings', freeze(0n)));
      await second.network.subnet.idle();
      expect(await count(second, id)).toBe(1);
    });

    it('lets heartbeats run again once there are cycles', async () => {
      const module = canister(`${COUNTS} (func (export "canister_heartbeat") ${RUN})`);
      const { network, id, thaw, timersRun } = await setupFrozen('threshold', { module });
      const before = timersRun();
      await network.network.advanceTime(60n * SECOND);
      await network.network.subnet.tick();
      expect(timersRun()).toBe(before);
      await thaw();
      await network.network.subnet.tick();
      expect(await count(network, id)).toBeGreaterThan(0);
    });
  });

  it('stays set in a canister without the function for it', async () => {
    const network = await setupNetwork();
    const id = await network.install(canister(COUNTS));
    await network.call(id, 'set', i64(START + SECOND));
    await network.network.advanceTime(60n * SECOND);
    expect(network.network.subnet.isIdle).toBe(true);
    expect(replyI64(await network.call(id, 'set', i64(0n)))).toBe(START + SECOND);
  });

  it('calls other canisters', async () => {
    const network = await setupNetwork();
    const target = await network.install(canister(update('answer', '(call $reply_empty)')));
    const call = makeCall({ callee: [100, target.length], method: [120, 6], onReject: 0 });
    const id = await network.install(
      canister(`
        ${COUNTS} (table funcref (elem $on_reply)) (func $on_reply (param i32) ${RUN})
        ${data(100, target)} ${data(120, 'answer')} (func (export "canister_global_timer") ${call})`),
    );
    await network.call(id, 'set', i64(START + SECOND));
    await network.network.advanceTime(SECOND);
    expect(await count(network, id)).toBe(1);
    expect(network.canister(id).callContexts.size).toBe(0);
  });
});

describe('a heartbeat', () => {
  const HEARTBEAT = canister(`${COUNTS} (func (export "canister_heartbeat") ${RUN})`);

  it('runs each second, and with each tick', async () => {
    const network = await setupNetwork();
    const id = await network.install(HEARTBEAT);
    await network.network.subnet.tick();
    const first = await count(network, id);
    await network.network.advanceTime(SECOND - 1n);
    expect(await count(network, id)).toBe(first);
    await network.network.advanceTime(1n);
    expect(await count(network, id)).toBe(first + 1);
    await network.network.subnet.tick();
    await network.network.subnet.tick();
    expect(await count(network, id)).toBe(first + 3);
  });

  it('leaves nothing when it traps, and runs again', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`${COUNTS} (func (export "canister_heartbeat") ${RUN} unreachable)`),
    );
    await network.network.subnet.tick();
    const before = network.reports.length;
    await network.network.subnet.tick();
    expect(network.reports.length).toBe(before + 1);
    expect(network.reports.at(-1)).toMatchObject({ entryPoint: 'T', trapped: true });
    expect(await count(network, id)).toBe(0);
  });
});
