import { gzipSync } from 'node:zlib';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import { canister, livingInHeap, query, update } from '../support/canister-wat.ts';
import { managementFee } from '../support/management-types.ts';
import { expectReject, expectReply, i32, replyI32, replyText } from '../support/outcomes.ts';
import { setupNetwork, stranger } from '../support/setup-network.ts';

/** Keeps a number in its heap, in a global and in stable memory. */
const KEEPER = `
  (global $number (mut i32) (i32.const 0))
  ${update(
    'set',
    `(call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
     (global.set $number (i32.load (i32.const 64)))
     (if (i64.eqz (call $ic0.stable64_size)) (then (drop (call $ic0.stable64_grow (i64.const 1)))))
     (call $ic0.stable64_write (i64.const 0) (i64.const 64) (i64.const 4))
     (call $ic0.certified_data_set (i32.const 64) (i32.const 4))
     (call $reply_empty)`,
  )}
  ${query(
    'get',
    `(i32.store (i32.const 8) (i32.load (i32.const 64))) (i32.store (i32.const 12) (global.get $number))
     (if (call $ic0.stable_size) (then (call $ic0.stable64_read (i64.const 16) (i64.const 0) (i64.const 4))))
     (call $reply (i32.const 8) (i32.const 12))`,
  )}`;
const MODULE = canister(KEEPER);

async function setupKeeper(module = MODULE) {
  const network = await setupNetwork();
  const id = await network.install(module);
  expectReply(await network.call(id, 'set', i32(7)));
  const get = async () => [...new Int32Array(expectReply(await network.query(id, 'get')).slice().buffer)];
  return { network, id, get };
}

describe('install_code', () => {
  it('gives init its argument and its caller', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const module = canister(`
      (global $size (mut i32) (i32.const 0))
      (func (export "canister_init")
        (call $ic0.msg_caller_copy (i32.const 64) (i32.const 0) (call $ic0.msg_caller_size))
        (call $ic0.msg_arg_data_copy (i32.const 69) (i32.const 0) (call $ic0.msg_arg_data_size))
        (global.set $size (i32.add (call $ic0.msg_caller_size) (call $ic0.msg_arg_data_size))))
      ${query('get', '(call $reply (i32.const 64) (global.get $size))')}`);
    expectReply(await network.installCode(id, module, { arg: utf8(' says hello') }));
    expect(replyText(await network.query(id, 'get'))).toBe('owner says hello');
  });

  it('runs the start function before init', async () => {
    const network = await setupNetwork();
    const id = await network.install(
      canister(`
        (global $n (mut i32) (i32.const 1))
        (func $start (global.set $n (i32.add (global.get $n) (i32.const 2)))) (start $start)
        (func (export "canister_init") (global.set $n (i32.mul (global.get $n) (i32.const 10))))
        ${query('n', '(call $reply_i32 (global.get $n))')}`),
    );
    expect(replyI32(await network.query(id, 'n'))).toBe(30);
    await network.query(id, 'n');
    expect(replyI32(await network.query(id, 'n'))).toBe(30);
  });

  it('takes a module that is compressed, and hashes what was uploaded', async () => {
    const network = await setupNetwork();
    const compressed = new Uint8Array(gzipSync(MODULE));
    const id = await network.install(compressed);
    expect(network.canister(id).code?.moduleHash).toEqual(sha256(compressed));
    expectReply(await network.call(id, 'set', i32(1)));
  });

  it.each([
    ['is cut', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 10), 'cannot be decompressed'],
    ['has nothing in it', () => new Uint8Array(gzipSync('nothing')), 'not a WebAssembly module'],
  ])('refuses a compressed module that %s', async (_, damage, message) => {
    const network = await setupNetwork();
    const id = await network.create();
    expectReject(await network.installCode(id, damage(new Uint8Array(gzipSync(MODULE)))), 'IC0505', message);
  });

  it('keeps stable memory and certified data in an upgrade, and drops the heap', async () => {
    const { network, id, get } = await setupKeeper();
    expect(await get()).toEqual([7, 7, 7]);
    expectReply(await network.installCode(id, MODULE, { mode: 'upgrade' }));
    expect(await get()).toEqual([0, 0, 7]);
    expect(network.canister(id).certifiedData).toEqual(i32(7));
  });

  it('keeps nothing in a reinstallation', async () => {
    const { network, id, get } = await setupKeeper();
    expectReply(await network.installCode(id, MODULE, { mode: 'reinstall' }));
    expect(await get()).toEqual([0, 0, 0]);
    expect(network.canister(id)).toMatchObject({ certifiedData: new Uint8Array(), globalTimer: 0n });
    expect(network.canister(id).stable.storedBytes).toBe(0);
  });

  it.each([
    ['keep', { keep: null }, [7, 0, 7]],
    ['replace', { replace: null }, [0, 0, 7]],
  ] as const)(
    'does with the heap of code that lives in it as wasm_memory_persistence says: %s',
    async (_, wasm_memory_persistence, expected) => {
      const module = livingInHeap(MODULE);
      const { network, id, get } = await setupKeeper(module);
      const upgrade = { wasm_memory_persistence };
      expectReply(await network.installCode(id, module, { mode: 'upgrade', upgrade }));
      expect(await get()).toEqual(expected);
    },
  );

  it('keeps what pre_upgrade wrote to the heap that is kept', async () => {
    const write = '(func (export "canister_pre_upgrade") (i32.store (i32.const 64) (i32.const 8)))';
    const module = livingInHeap(canister(`${KEEPER} ${write}`));
    const { network, id, get } = await setupKeeper(module);
    const upgrade = { wasm_memory_persistence: { keep: null } };
    expectReply(await network.installCode(id, module, { mode: 'upgrade', upgrade }));
    expect(await get()).toEqual([8, 0, 7]);
    const skipping = { ...upgrade, skip_pre_upgrade: true };
    expectReply(await network.call(id, 'set', i32(5)));
    expectReply(await network.installCode(id, module, { mode: 'upgrade', upgrade: skipping }));
    expect(await get()).toEqual([5, 0, 5]);
  });

  it('hands what pre_upgrade saved to post_upgrade, unless it is skipped', async () => {
    const save = `(func (export "canister_pre_upgrade")
      (i32.store (i32.const 80) (i32.const 99)) (call $ic0.stable64_write (i64.const 0) (i64.const 80) (i64.const 4)))`;
    const { network, id, get } = await setupKeeper(canister(`${KEEPER} ${save}`));
    const load = `(func (export "canister_post_upgrade")
      (call $ic0.stable64_read (i64.const 64) (i64.const 0) (i64.const 4)))`;
    const next = canister(`${KEEPER} ${save} ${load}`);
    const skip = { mode: 'upgrade', upgrade: { skip_pre_upgrade: true } } as const;
    expectReply(await network.installCode(id, next, skip));
    expect(await get()).toEqual([7, 0, 7]);
    expectReply(await network.installCode(id, next, { mode: 'upgrade' }));
    expect(await get()).toEqual([99, 0, 99]);
  });

  it('is refused to all but controllers', async () => {
    const { network, id } = await setupKeeper();
    const outcome = await network.installCode(id, MODULE, { mode: 'upgrade', sender: stranger });
    expectReject(outcome, 'IC0512', 'Only controllers of canister');
  });

  it('charges the instructions, whether it succeeds or not', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const work = (end: string) => canister(`(func (export "canister_init") nop nop ${end})`);
    for (const [end, kind] of [
      ['unreachable', 'rejected'],
      ['', 'replied'],
    ] as const) {
      const before = network.canister(id).cycles;
      const fee = managementFee('install_code', {
        canister_id: Principal.fromUint8Array(id),
        mode: { install: null },
        wasm_module: work(end),
        arg: new Uint8Array(),
      });
      expect((await network.installCode(id, work(end))).kind).toBe(kind);
      const { instructions } = network.reports.at(-1)!;
      expect(instructions).toBeLessThan(10n);
      expect(before - network.canister(id).cycles).toBe(fee + 5_000_000n + instructions);
    }
  });
});
