import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { Network } from '../../../src/replica/network.ts';
import { CheckpointDirectory } from '../../../src/replica/state-folder/checkpoint/checkpoint.ts';
import { canister, data, query, update } from '../support/canister-wat.ts';
import { installHanging, release } from '../support/hanging-canister.ts';
import { expectReject, expectReply, i64, replyI32 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { SECOND, START, setupNetwork, stranger, TestNetwork } from '../support/setup-network.ts';

/** Has state of every kind, that `change` changes and `observe` shows. */
const EVERYTHING = canister(`
  (global $i32 (mut i32) (i32.const 0)) (global $i64 (mut i64) (i64.const 0))
  (global $f32 (mut f32) (f32.const 0)) (global $f64 (mut f64) (f64.const 0))
  (global $function (mut funcref) (ref.null func))
  (table $t 2 funcref) (elem declare func $seven) (data $passive "\\01") (data $other "\\02")
  (type $number (func (result i32))) (func $seven (result i32) (i32.const 7))
  ${update(
    'change',
    `(global.set $i32 (i32.const -1)) (global.set $i64 (i64.const -2))
     (global.set $f32 (f32.const 1.5)) (global.set $f64 (f64.const nan:0x8000000000001))
     (global.set $function (ref.func $seven))
     (drop (table.grow $t (ref.null func) (i32.const 3))) (table.set $t (i32.const 4) (ref.func $seven))
     (drop (memory.grow (i32.const 2))) (i32.store (i32.const 190000) (i32.const 123))
     (data.drop $passive)
     (drop (call $ic0.stable64_grow (i64.const 40)))
     (call $ic0.stable64_write (i64.const 2000000) (i64.const 190000) (i64.const 4))
     (call $ic0.certified_data_set (i32.const 190000) (i32.const 4))
     (call $ic0.debug_print (i32.const 190000) (i32.const 1))
     (call $reply_empty)`,
  )}
  ${query(
    'observe',
    `(i32.store (i32.const 64) (global.get $i32)) (i64.store (i32.const 68) (global.get $i64))
     (f32.store (i32.const 76) (global.get $f32)) (f64.store (i32.const 80) (global.get $f64))
     (i32.store (i32.const 88) (ref.is_null (global.get $function)))
     (i32.store (i32.const 92) (table.size $t))
     (i32.store (i32.const 96) (memory.size))
     (i32.store (i32.const 100) (i32.load (i32.const 190000)))
     (i32.store (i32.const 104) (call_indirect $t (type $number) (i32.const 4)))
     (call $ic0.stable64_read (i64.const 108) (i64.const 2000000) (i64.const 4))
     (memory.init $other (i32.const 112) (i32.const 0) (i32.const 1))
     (call $reply (i32.const 64) (i32.const 52))`,
  )}
  ${query('passive', '(memory.init $passive (i32.const 0) (i32.const 0) (i32.const 1)) (call $reply_empty)')}`);

describe('a network that is opened again', () => {
  it('has the same keys', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const { rootKey, subnet } = first.network;
    await first.network.close();
    const second = await setupNetwork({ directory });
    expect(second.network.rootKey).toEqual(rootKey);
    expect(second.network.subnet.id).toEqual(subnet.id);
  });

  it('keeps no answer longer than it tells it, though nothing else happens', async () => {
    const directory = setupDirectory();
    const isKept = () => readFileSync(join(directory, 'manifest')).includes('a secret answer');
    const first = await Network.open({ directory, clock: () => START });
    const network = new TestNetwork(first, []);
    const id = await network.install(
      canister(
        `${data(100, utf8('a secret answer'))} ${update('tell', '(call $reply (i32.const 100) (i32.const 15))')}`,
      ),
    );
    const message = network.message(id, 'tell');
    expectReply(await network.run(message));
    await first.close();
    expect(isKept()).toBe(true);

    const told = message.ingressExpiry + 300n * SECOND;
    for (const [time, kept] of [
      [told, true],
      [told + 1n, false],
    ] as const) {
      const later = await Network.open({ directory, clock: () => time });
      await later.subnet.idle();
      await later.close();
      expect(isKept()).toBe(kept);
    }
  });

  it('has its canisters, with all that their instances hold', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(EVERYTHING);
    await first.create();
    expectReply(await first.call(id, 'change'));
    const seen = expectReply(await first.query(id, 'observe'));
    expectReject(await first.query(id, 'passive'), 'IC0502');
    const before = first.canister(id);
    await first.network.close();

    const second = await setupNetwork({ directory });
    const after = second.canister(id);
    expect(after).toEqual(before);
    expect(expectReply(await second.query(id, 'observe'))).toEqual(seen);
    expectReject(await second.query(id, 'passive'), 'IC0502');
    expect(after.stable.wasmPages).toBe(40);
    expect(after.log.records).toHaveLength(1);
    expect(after.history.changes).toEqual(before.history.changes);
    expect(after.callIdCounter).toBe(before.callIdCounter);
    expect(second.network.subnet.canisters.size).toBe(2);
    // It goes on: with another change, another id, and another time.
    expectReply(await second.call(id, 'change'));
    expect(second.canister(await second.create()).id).not.toEqual(id);
    await second.network.close();
    expect((await setupNetwork({ directory })).network.subnet.canisters.size).toBe(3);
  });

  it('has settings, chunks and cycles', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.create({ amount: 10n ** 15n });
    const canister_id = Principal.fromUint8Array(id);
    const settings = {
      log_visibility: { allowed_viewers: [Principal.fromUint8Array(stranger)] },
      environment_variables: [{ name: 'a', value: 'b' }],
      compute_allocation: 5n,
    };
    expectReply(await first.manage('update_settings', { canister_id, settings }));
    expectReply(await first.manage('upload_chunk', { canister_id, chunk: utf8('chunk') }));
    const before = first.canister(id);
    await first.network.close();
    const after = (await setupNetwork({ directory })).canister(id);
    expect(after.settings).toEqual(before.settings);
    expect([...after.chunks.values()]).toEqual([utf8('chunk')]);
    expect(after).toMatchObject({ cycles: before.cycles, version: before.version });
    expect(after.history.image()).toEqual(before.history.image());
  });

  it('remembers what it answered', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(canister(update('five', '(call $reply_i32 (i32.const 5))')));
    const message = first.message(id, 'five');
    await first.run(message);
    await first.network.close();
    const second = await setupNetwork({ directory });
    const { sender, effectiveCanisterId } = message;
    expect(second.network.subnet.requester(message.requestId)).toMatchObject({ sender, effectiveCanisterId });
    expect(replyI32(await second.run(message))).toBe(5);
    expect(second.reports).toEqual([]);
  });

  it('executes what was submitted, also what has to wait for another round', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(canister(update('five', '(call $reply_i32 (i32.const 5))')));
    const messages = Array.from({ length: 150 }, () => first.message(id, 'five'));
    await Promise.all(messages.map((message) => first.submit(message)));
    await first.network.close();
    const executed = ({ reports }: typeof first) =>
      reports.filter(({ entryPoint }) => entryPoint === 'U').length;
    expect(executed(first)).toBeLessThan(messages.length);
    const second = await setupNetwork({ directory });
    const outcomes = await Promise.all(
      messages.map(({ requestId }) => second.network.subnet.outcome(requestId)),
    );
    expect(outcomes.map(replyI32)).toEqual(messages.map(() => 5));
    expect(executed(first) + executed(second)).toBe(messages.length);
  });

  it('goes on with calls that wait for others', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await installHanging(first);
    const message = first.message(id, 'hang');
    await first.submit(message);
    await first.network.subnet.idle();
    expect(first.canister(id)).toMatchObject({ runState: 'stopping' });
    await first.network.close();

    const second = await setupNetwork({ directory });
    expect(second.canister(id)).toEqual(first.canister(id));
    expect(second.canister(id).callContexts.size).toBe(1);
    await release(second, id);
    expect(replyI32(await second.network.subnet.outcome(message.requestId))).toBe(42);
  });

  it('runs the timers that were set', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(
      canister(`
        (global $count (mut i32) (i32.const 0))
        (func (export "canister_global_timer") (global.set $count (i32.const 1)))
        ${update(
          'set',
          `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 8))
           (drop (call $ic0.global_timer_set (i64.load (i32.const 64)))) (call $reply_empty)`,
        )}
        ${query('count', '(call $reply_i32 (global.get $count))')}`),
    );
    expectReply(await first.call(id, 'set', i64(START + 5n * SECOND)));
    await first.network.close();
    const second = await setupNetwork({ directory });
    await second.network.advanceTime(5n * SECOND);
    expect(replyI32(await second.query(id, 'count'))).toBe(1);
  });

  it('does not go back in time', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    await first.network.advanceTime(100n * SECOND);
    await first.network.close();
    const second = await setupNetwork({ directory });
    expect(second.network.now()).toBe(START + 100n * SECOND);
    await expect(second.network.advanceTime(-1n)).rejects.toThrow(RangeError);
  });

  it('goes on with what was saved before there was a journal', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const id = await first.install(EVERYTHING);
    await first.network.close();
    rmSync(join(directory, 'journal'), { recursive: true });
    const checkpoint = new CheckpointDirectory<unknown>(directory);
    const { canisters = [], rest } = checkpoint.load() ?? {};
    checkpoint.save({ canisters, rest });
    checkpoint.release();
    const manifest = join(directory, 'manifest');
    const file = readFileSync(manifest);
    file.writeUInt32BE(1, file.indexOf('\n') + 1);
    writeFileSync(manifest, file);

    const second = await setupNetwork({ directory });
    expect(second.network.recovery).toMatchObject({ batches: 0, journalRemoved: false });
    expectReply(await second.call(id, 'change'));
    await second.network.close();
    const third = await setupNetwork({ directory });
    expect(third.canister(id).stable.wasmPages).toBe(40);
  });
});
