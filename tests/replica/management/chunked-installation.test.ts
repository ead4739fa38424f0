import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import { canister, update } from '../support/canister-wat.ts';
import { expectReject, expectReply, replyI32 } from '../support/outcomes.ts';
import { owner, setupNetwork, stranger } from '../support/setup-network.ts';

const MODULE = canister(update('five', '(call $reply_i32 (i32.const 5))'));

describe('install_chunked_code', () => {
  const half = Math.floor(MODULE.length / 2);
  const chunks = [MODULE.slice(0, half), MODULE.slice(half)];

  async function setupChunks() {
    const network = await setupNetwork();
    const id = await network.create();
    const canister_id = Principal.fromUint8Array(id);
    for (const chunk of chunks) expectReply(await network.manage('upload_chunk', { canister_id, chunk }));
    const value = {
      mode: { install: null },
      target_canister: canister_id,
      chunk_hashes_list: chunks.map((chunk) => ({ hash: sha256(chunk) })),
      wasm_module_hash: sha256(MODULE),
      arg: new Uint8Array(),
    };
    return { network, id, canister_id, value };
  }

  it('installs the module that the chunks make', async () => {
    const { network, id, value } = await setupChunks();
    expectReply(await network.manage('install_chunked_code', value));
    expect(network.canister(id).code?.moduleHash).toEqual(sha256(MODULE));
    expect(replyI32(await network.call(id, 'five'))).toBe(5);
  });

  it('takes the chunks from the store of another canister', async () => {
    const { network, canister_id, value } = await setupChunks();
    const target = await network.create();
    const target_canister = Principal.fromUint8Array(target);
    const elsewhere = { ...value, target_canister, store_canister: canister_id };
    expectReply(await network.manage('install_chunked_code', elsewhere));
    expect(replyI32(await network.call(target, 'five'))).toBe(5);
    expectReject(
      await network.manage('install_chunked_code', { ...value, target_canister }),
      'IC0408',
      'not in the store',
    );
  });

  it('refuses chunks that make another module', async () => {
    const { network, id, value } = await setupChunks();
    const reversed = { ...value, chunk_hashes_list: value.chunk_hashes_list.toReversed() };
    expectReject(await network.manage('install_chunked_code', reversed), 'IC0408', 'wasm_module_hash says');
    const wrong = { ...value, wasm_module_hash: new Uint8Array(32) };
    expectReject(await network.manage('install_chunked_code', wrong), 'IC0408', 'wasm_module_hash says');
    expectReject(await network.manage('install_chunked_code', value, stranger), 'IC0512');
    expect(network.canister(id).code).toBeUndefined();
  });

  it('needs control of the store, too', async () => {
    const { network, canister_id, value } = await setupChunks();
    const settings = { controllers: [Principal.fromUint8Array(stranger)] };
    const other = await network.create();
    const store_canister = Principal.fromUint8Array(other);
    expectReply(await network.manage('update_settings', { canister_id: store_canister, settings }));
    const outcome = await network.manage('install_chunked_code', { ...value, store_canister }, owner);
    expectReject(outcome, 'IC0512', store_canister.toText());
    expect(canister_id).not.toEqual(store_canister);
  });
});
