import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { responseReserve } from '../../../src/replica/system-api/cycle-costs.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { installHanging, release } from '../support/hanging-canister.ts';
import { managementFee } from '../support/management-types.ts';
import { expectReject, expectReply, replyI32 } from '../support/outcomes.ts';
import { SECOND, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

const MODULE = canister(
  `${update('answer', '(call $reply_empty)')} ${query('five', '(call $reply_i32 (i32.const 5))')}`,
);

async function setupCanister(module = MODULE) {
  const network = await setupNetwork();
  const id = await network.install(module);
  return { network, id, canister_id: Principal.fromUint8Array(id) };
}

/** Has a canister work on a call that does not end. */
async function hang(network: TestNetwork, id: Uint8Array, method = 'hang') {
  const message = network.message(id, method);
  await network.submit(message);
  await network.network.subnet.idle();
  return message;
}

/** A canister whose method waits for `hang` of another, and then answers 1. */
const waiting = (hanging: Uint8Array) =>
  canister(`
    (table funcref (elem $on_response)) (func $on_response (param i32) (call $reply_i32 (i32.const 1)))
    ${data(100, hanging)} ${data(120, 'hang')} ${update('answer', '(call $reply_empty)')}
    ${update('wait', makeCall({ callee: [100, hanging.length], method: [120, 4], onReject: 0 }))}
    ${update('answer and wait', `(call $reply_i32 (i32.const 2)) ${makeCall({ callee: [100, hanging.length], method: [120, 4], onReject: 0 })}`)}`);

describe('stop_canister', () => {
  it('stops a canister, which answers nothing then; start_canister starts it', async () => {
    const { network, id, canister_id } = await setupCanister();
    const { version } = network.canister(id);
    expectReply(await network.manage('stop_canister', { canister_id }));
    expect(network.canister(id)).toMatchObject({ runState: 'stopped', version: version + 1n });
    expectReject(await network.call(id, 'answer'), 'IC0508', 'is stopped');
    expectReject(await network.query(id, 'five'), 'IC0508', 'is stopped');
    // Once more does nothing.
    expectReply(await network.manage('stop_canister', { canister_id }));
    expectReply(await network.manage('start_canister', { canister_id }));
    expect(network.canister(id)).toMatchObject({ runState: 'running', version: version + 2n });
    expectReply(await network.manage('start_canister', { canister_id }));
    expect(network.canister(id).version).toBe(version + 2n);
    expectReply(await network.call(id, 'answer'));
  });

  it('answers once the calls have ended that the canister works on', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(waiting(hanging));
    const call = await hang(network, id, 'wait');
    const canister_id = Principal.fromUint8Array(id);
    const stops = [
      network.manage('stop_canister', { canister_id }),
      network.manage('stop_canister', { canister_id }),
    ];
    await network.network.subnet.idle();
    expect(network.canister(id).runState).toBe('stopping');
    expectReject(await network.call(id, 'answer'), 'IC0509', 'is stopping');
    expectReject(await network.query(id, 'answer'), 'IC0509', 'is not running');
    expectReject(await network.manage('delete_canister', { canister_id }), 'IC0510', 'must be stopped');
    await release(network, hanging);
    expect(replyI32(await network.network.subnet.outcome(call.requestId))).toBe(1);
    for (const stop of stops) expectReply(await stop);
    expect(network.canister(id).runState).toBe('stopped');
  });

  it('waits for the calls, too, that were answered and go on', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(waiting(hanging));
    const call = await hang(network, id, 'answer and wait');
    expect(replyI32(await network.network.subnet.outcome(call.requestId))).toBe(2);
    const stop = network.manage('stop_canister', { canister_id: Principal.fromUint8Array(id) });
    await network.network.subnet.idle();
    expect(network.canister(id).runState).toBe('stopping');
    // Its callback replies again, which is a trap, and ends the call all the same.
    await release(network, hanging);
    expectReply(await stop);
  });

  it('is rejected when the canister is started before it has stopped', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(waiting(hanging));
    await hang(network, id, 'wait');
    const canister_id = Principal.fromUint8Array(id);
    const stop = network.manage('stop_canister', { canister_id });
    await network.network.subnet.idle();
    expectReply(await network.manage('start_canister', { canister_id }));
    expectReject(await stop, 'IC0511', 'started again');
    expectReply(await network.call(id, 'answer'));
    expect(network.canister(id)).toMatchObject({ runState: 'running', stopWaiters: [] });
  });
});

describe('delete_canister', () => {
  it('needs a canister that is stopped, and leaves nothing of it', async () => {
    const { network, id, canister_id } = await setupCanister();
    expectReject(await network.manage('delete_canister', { canister_id }), 'IC0510', 'must be stopped');
    expectReply(await network.manage('stop_canister', { canister_id }));
    expectReply(await network.manage('delete_canister', { canister_id }));
    expectReject(await network.call(id, 'answer'), 'IC0301');
    expectReject(await network.manage('start_canister', { canister_id }), 'IC0301');
    expect(network.network.subnet.controllers(id)).toBeUndefined();
    expect(await network.create()).not.toEqual(id);
  });

  it('drops what is on its way to the canister', async () => {
    const { network, id, canister_id } = await setupCanister();
    expectReply(await network.manage('stop_canister', { canister_id }));
    network.canister(id).runState = 'running';
    const message = network.message(id, 'answer');
    await network.submit(message);
    network.canister(id).runState = 'stopped';
    network.network.subnet.canisters.remove(id);
    expectReject(await network.network.subnet.outcome(message.requestId), 'IC0301');
  });
});

describe('uninstall_code', () => {
  it('removes code and state, and keeps cycles, settings and history', async () => {
    const { network, id, canister_id } = await setupCanister(
      canister(`
        (func (export "canister_init")
          (drop (call $ic0.stable64_grow (i64.const 3)))
          (call $ic0.debug_print (i32.const 64) (i32.const 4))
          (call $ic0.certified_data_set (i32.const 64) (i32.const 4))
          (drop (call $ic0.global_timer_set (i64.const -1))))`),
    );
    expectReply(await network.manage('upload_chunk', { canister_id, chunk: new Uint8Array(9) }));
    const { cycles, settings, history, version } = network.canister(id);
    expectReply(await network.manage('uninstall_code', { canister_id }));
    const after = network.canister(id);
    expect(after).toMatchObject({
      code: undefined,
      certifiedData: new Uint8Array(),
      globalTimer: 0n,
      chunks: new Map(),
      cycles: cycles - managementFee('uninstall_code', { canister_id }),
      settings,
      version: version + 1n,
    });
    expect(after.stable.wasmPages).toBe(0);
    expect(after.log.records).toEqual([]);
    expect(history.changes.at(-1)?.details).toEqual({ kind: 'code_uninstall' });
    expectReject(await network.call(id, 'answer'), 'IC0537');
    expectReply(await network.installCode(id, MODULE));
  });

  it('rejects the call that the canister works on; a response that comes later runs nothing', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(waiting(hanging));
    const call = await hang(network, id, 'wait');
    const canister_id = Principal.fromUint8Array(id);
    expectReply(await network.manage('uninstall_code', { canister_id }));
    expectReject(await network.network.subnet.outcome(call.requestId), 'IC0406', 'has been uninstalled');
    // Its new code is not entered by the old call's response.
    expectReply(await network.installCode(id, canister('(table 1 funcref)')));
    const { cycles } = network.canister(id);
    const executed = network.reports.length;
    await release(network, hanging);
    expect(
      network.reports.slice(executed).filter(({ canisterId }) => canisterId === network.canister(id).id),
    ).toEqual([]);
    const after = network.canister(id);
    expect(after).toMatchObject({ callContexts: new Map(), callbacks: new Map() });
    // What was set aside for the response came back, but for what its four bytes cost.
    expect(after.cycles - cycles).toBe(responseReserve() - 4_000n);
    expectReply(await network.manage('stop_canister', { canister_id }));
  });

  it('lets a stop end that waited for those calls', async () => {
    const network = await setupNetwork();
    const hanging = await installHanging(network);
    const id = await network.install(waiting(hanging));
    await hang(network, id, 'wait');
    const canister_id = Principal.fromUint8Array(id);
    const stop = network.manage('stop_canister', { canister_id });
    await network.network.subnet.idle();
    expectReply(await network.manage('uninstall_code', { canister_id }));
    expect(network.canister(id).runState).toBe('stopping');
    await release(network, hanging);
    expectReply(await stop);
    await network.network.advanceTime(SECOND);
    expect(network.canister(id).runState).toBe('stopped');
  });
});
