import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { ListCanistersResult } from '../../../src/replica/management/types.ts';
import { canisterIdOf } from '../../../src/replica/state/canister-ids.ts';
import { canister } from '../support/canister-wat.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

const admin = utf8('admin');
const NOTHING = utf8('DIDL\0\0');
const MANAGEMENT_CANISTER = new Uint8Array();

async function list(network: TestNetwork) {
  const reply = expectReply(await network.query(MANAGEMENT_CANISTER, 'list_canisters', NOTHING, admin));
  return IDL.decode([ListCanistersResult], reply.slice())[0];
}

describe('the admins of a subnet', () => {
  it.each([
    'stop_canister',
    'start_canister',
    'uninstall_code',
    'canister_status',
    'canister_metrics',
  ] as const)('can call %s of any canister', async (method) => {
    const network = await setupNetwork({ subnetAdmins: [admin] });
    const value = { canister_id: Principal.fromUint8Array(await network.install(canister(''))) };
    expectReply(await network.manage(method, value, admin));
    expectReject(
      await network.manage(method, value, stranger),
      method === 'canister_status' ? 'IC0542' : 'IC0512',
    );
  });

  it('can delete a canister that has stopped, and not change it', async () => {
    const network = await setupNetwork({ subnetAdmins: [admin] });
    const canister_id = Principal.fromUint8Array(await network.install(canister('')));
    for (const [method, more] of [
      ['update_settings', { settings: {} }],
      ['install_code', { mode: { reinstall: null }, wasm_module: canister(''), arg: new Uint8Array() }],
      ['take_canister_snapshot', {}],
    ] as const) {
      expectReject(await network.manage(method, { canister_id, ...more }, admin), 'IC0512');
    }
    expectReply(await network.manage('stop_canister', { canister_id }, admin));
    expectReply(await network.manage('delete_canister', { canister_id }, admin));
  });
});

describe('create_canister on a subnet with admins', () => {
  it('is for its admins by an ingress message, and for nobody else', async () => {
    const network = await setupNetwork({ subnetAdmins: [admin] });
    const created = decodeReply<{ canister_id: Principal }>(
      'create_canister',
      expectReply(await network.manage('create_canister', {}, admin)),
    );
    expect(network.canister(created.canister_id.toUint8Array())).toMatchObject({
      cycles: 0n,
      settings: { controllers: [admin] },
    });
    expectReject(await network.manage('create_canister', {}, stranger), 'IC0406', 'Only canisters');
    expectReject(await (await setupNetwork()).manage('create_canister', {}, admin), 'IC0406');
  });

  it('takes no cycles of canisters', async () => {
    const network = await setupNetwork({ subnetAdmins: [admin] });
    const relay = await installRelay(network);
    const created = relayedReply(await relay.manage('create_canister', {}, 5n));
    const { canister_id } = decodeReply<{ canister_id: Principal }>('create_canister', created);
    expect(network.canister(canister_id.toUint8Array()).cycles).toBe(5n);
  });
});

describe('list_canisters', () => {
  it('gives the ids in ranges that are as long as they can be', async () => {
    const network = await setupNetwork({ subnetAdmins: [admin] });
    expect(await list(network)).toEqual({ canisters: [] });
    const ids = [
      await network.create(),
      await network.create(),
      await network.create(),
      await network.create(),
    ];
    await network.manage('provisional_create_canister_with_cycles', {
      specified_id: Principal.fromUint8Array(canisterIdOf(5n)),
    });
    const canister_id = Principal.fromUint8Array(ids[1]!);
    expectReply(await network.manage('stop_canister', { canister_id }));
    expectReply(await network.manage('delete_canister', { canister_id }));
    const range = (start: Uint8Array, end: Uint8Array) => ({
      start: Principal.fromUint8Array(start),
      end: Principal.fromUint8Array(end),
    });
    expect(await list(network)).toEqual({
      canisters: [
        range(canisterIdOf(5n), canisterIdOf(5n)),
        range(ids[0]!, ids[0]!),
        range(ids[2]!, ids[3]!),
      ],
    });
  });

  it('is for admins only, who a subnet need not have, and for queries only', async () => {
    const network = await setupNetwork();
    const refused = await network.query(MANAGEMENT_CANISTER, 'list_canisters', NOTHING, admin);
    expectReject(refused, 'IC0406', 'Only subnet admins');
    const other = await setupNetwork({ subnetAdmins: [admin] });
    expectReject(await other.query(MANAGEMENT_CANISTER, 'list_canisters', NOTHING, stranger), 'IC0410');
    expectReject(await other.query(MANAGEMENT_CANISTER, 'list_canisters', utf8('no'), admin), 'IC0408');
    expectReject(await other.call(MANAGEMENT_CANISTER, 'list_canisters', NOTHING, admin), 'IC0536');
  });
});
