import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../../src/replica/codec/bytes.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import type { ManagementMethod } from '../../../src/replica/management/management-call.ts';
import { managementCanister } from '../../../src/replica/management/management-canister.ts';
import { RawRandResult } from '../../../src/replica/management/types.ts';
import { canisterIdOf } from '../../../src/replica/state/canister-ids.ts';
import { canister } from '../support/canister-wat.ts';
import type { ManagementMethodName } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { setupNetwork, stranger } from '../support/setup-network.ts';

const MANAGEMENT_CANISTER = new Uint8Array();
const MODULE = canister('');
const noBytes = new Uint8Array();

/** What the methods that only controllers can call are told beside the canister. */
const CONTROLLED: Partial<Record<ManagementMethodName, object>> = {
  update_settings: { settings: {} },
  upload_chunk: { chunk: MODULE },
  stored_chunks: {},
  clear_chunk_store: {},
  install_code: { mode: { reinstall: null }, wasm_module: MODULE, arg: noBytes },
  install_chunked_code: {
    mode: { reinstall: null },
    chunk_hashes_list: [{ hash: sha256(MODULE) }],
    wasm_module_hash: sha256(MODULE),
    arg: noBytes,
  },
  start_canister: {},
  stop_canister: {},
  uninstall_code: {},
  delete_canister: {},
  take_canister_snapshot: {},
  load_canister_snapshot: {},
  delete_canister_snapshot: {},
  upload_canister_snapshot_metadata: {
    wasm_module_size: 8n,
    globals: [],
    wasm_memory_size: 0n,
    stable_memory_size: 0n,
    certified_data: noBytes,
  },
  upload_canister_snapshot_data: { kind: { wasm_module: { offset: 0n } }, chunk: noBytes },
  canister_metrics: {},
};
const CONTROLLED_METHODS = Object.keys(CONTROLLED).filter(
  (name): name is ManagementMethodName => name in CONTROLLED,
);
const CANISTERS_ONLY = [
  'create_canister',
  'deposit_cycles',
  'canister_info',
  'canister_metadata',
  'raw_rand',
  'http_request',
  'fetch_canister_logs',
  'ecdsa_public_key',
  'sign_with_ecdsa',
  'schnorr_public_key',
  'sign_with_schnorr',
  'vetkd_public_key',
  'vetkd_derive_key',
];

/** Methods that give anyone something from nothing. */
const FOR_ANYONE = ['provisional_create_canister_with_cycles', 'provisional_top_up_canister'];
/** Methods that tell those what a setting of the canister lets them see. */
const FOR_VIEWERS = [
  'canister_status',
  'list_canister_snapshots',
  'read_canister_snapshot_metadata',
  'read_canister_snapshot_data',
];

/** The argument for a canister, which `install_chunked_code` names in another field, with the id of its first snapshot or upload. */
function argumentFor(method: ManagementMethodName, id: Uint8Array): object {
  const principal = Principal.fromUint8Array(id);
  const snapshot_id = concatBytes(new Uint8Array(7), Uint8Array.of(method.startsWith('upload') ? 1 : 0), id);
  return { canister_id: principal, target_canister: principal, snapshot_id, ...CONTROLLED[method] };
}

async function setupCanister() {
  const network = await setupNetwork();
  const id = await network.install(MODULE);
  expectReply(await network.manage('upload_chunk', argumentFor('upload_chunk', id)));
  for (const method of ['take_canister_snapshot', 'upload_canister_snapshot_metadata'] as const) {
    expectReply(await network.manage(method, argumentFor(method, id)));
  }
  const { chunks, snapshots } = network.canister(id);
  if (chunks.size !== 1 || snapshots.size !== 2) throw new Error('chunk and snapshots are there');
  return { network, id };
}

describe('the management canister', () => {
  it('has no method of which it is not said here who may call it', () => {
    const callers = (...kinds: (ManagementMethod['callers'] | 'viewers')[]) =>
      [...managementCanister.updates]
        .filter(([, { callers: who }]) => kinds.includes(typeof who === 'object' ? 'viewers' : who))
        .map(([name]) => name);
    expect(callers('controllers', 'controllers and admins').sort()).toEqual([...CONTROLLED_METHODS].sort());
    expect(callers('canisters', 'canisters and admins').sort()).toEqual([...CANISTERS_ONLY].sort());
    expect(callers('anyone').sort()).toEqual([...FOR_ANYONE].sort());
    expect(callers('viewers').sort()).toEqual([...FOR_VIEWERS].sort());
    expect([...managementCanister.queries.keys()].sort()).toEqual([
      'canister_info',
      'canister_metrics',
      'canister_status',
      'fetch_canister_logs',
      'list_canisters',
    ]);
  });

  it.each(CONTROLLED_METHODS)('lets only controllers call %s', async (method) => {
    const { network, id } = await setupCanister();
    if (method === 'delete_canister') {
      expectReply(await network.manage('stop_canister', argumentFor('stop_canister', id)));
    }
    const value = argumentFor(method, id);
    const refused = expectReject(await network.manage(method, value, stranger), 'IC0512');
    expect(refused.message).toBe(
      `Only controllers of canister ${Principal.fromUint8Array(id).toText()} can call ic00 method ${method}`,
    );
    const relay = await installRelay(network);
    expect(await relay.manage(method, value)).toMatchObject({
      kind: 'rejected',
      code: 5,
      message: expect.stringContaining('Only the controllers of the canister'),
    });
    expectReply(await network.manage(method, value));
  });

  it.each(CONTROLLED_METHODS)(
    'refuses %s for a canister that is not there, and an argument that is none',
    async (method) => {
      const network = await setupNetwork();
      const missing = canisterIdOf(99n);
      expectReject(await network.manage(method, argumentFor(method, missing)), 'IC0301', 'not found');
      for (const arg of [new Uint8Array(), new Uint8Array([1, 2, 3]), new TextEncoder().encode('DIDL\0\0')]) {
        expectReject(await network.call(MANAGEMENT_CANISTER, method, arg), 'IC0408', 'Error decoding candid');
      }
    },
  );

  it.each(['provisional_create_canister_with_cycles', 'provisional_top_up_canister', 'canister_status'])(
    'rejects an argument of %s that it cannot decode',
    async (method) => {
      const network = await setupNetwork();
      const outcome = await network.call(MANAGEMENT_CANISTER, method, new Uint8Array([1, 2, 3]));
      expectReject(outcome, 'IC0408', 'Error decoding candid');
    },
  );

  it.each(CANISTERS_ONLY)('lets only canisters call %s', async (method) => {
    const network = await setupNetwork();
    const outcome = await network.call(MANAGEMENT_CANISTER, method, new TextEncoder().encode('DIDL\0\0'));
    expectReject(outcome, 'IC0406', `Only canisters can call ic00 method ${method}`);
  });

  it('knows no other methods', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    expectReject(await network.call(MANAGEMENT_CANISTER, 'nothing'), 'IC0536', "no method 'nothing'");
    expectReject(
      await network.query(MANAGEMENT_CANISTER, 'install_code'),
      'IC0536',
      "no method 'install_code'",
    );
    expectReject(await network.call(MANAGEMENT_CANISTER, 'list_canisters'), 'IC0536');
    expect(await relay.call({ callee: MANAGEMENT_CANISTER, method: 'nothing' })).toMatchObject({ code: 5 });
  });

  it('gives canisters random bytes, each time others', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const draw = async () =>
      relay.call({
        callee: MANAGEMENT_CANISTER,
        method: 'raw_rand',
        arg: new TextEncoder().encode('DIDL\0\0'),
      });
    const random = async () => IDL.decode([RawRandResult], relayedReply(await draw()))[0];
    const [first, second] = [await random(), await random()];
    expect(first).toHaveLength(32);
    expect(first).not.toEqual(second);
    const bad = await relay.call({
      callee: MANAGEMENT_CANISTER,
      method: 'raw_rand',
      arg: new Uint8Array([1]),
    });
    expect(bad).toMatchObject({ kind: 'rejected', code: 4 });
  });

  it('lets a canister use its own chunk store, and not its own code', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    for (const method of ['upload_chunk', 'stored_chunks', 'clear_chunk_store'] as const) {
      expect(await relay.manage(method, argumentFor(method, relay.id))).toMatchObject({ kind: 'replied' });
    }
    const uninstalled = await relay.manage('uninstall_code', argumentFor('uninstall_code', relay.id));
    expect(uninstalled).toMatchObject({ kind: 'rejected', code: 5 });
  });
});
