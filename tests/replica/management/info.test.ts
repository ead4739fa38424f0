import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../../src/replica/codec/bytes.ts';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import { canister } from '../support/canister-wat.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { owner, SECOND, START, setupNetwork } from '../support/setup-network.ts';

const MODULE = canister('');

describe('canister_info', () => {
  it('tells any canister the newest changes, with who made them and when', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const id = await network.create();
    const canister_id = Principal.fromUint8Array(id);
    const controllers = [Principal.fromUint8Array(owner), Principal.fromUint8Array(relay.id)];
    await network.network.advanceTime(SECOND);
    expectReply(await network.manage('update_settings', { canister_id, settings: { controllers } }));
    // A change of other settings is none of the history.
    expectReply(
      await network.manage('update_settings', { canister_id, settings: { compute_allocation: 1n } }),
    );
    const { version } = network.canister(relay.id);
    const installed = await relay.manage('install_code', {
      canister_id,
      mode: { install: null },
      wasm_module: MODULE,
      arg: new Uint8Array(),
      sender_canister_version: version,
    });
    expect(installed.kind).toBe('replied');
    expectReply(await network.installCode(id, MODULE, { mode: 'upgrade' }));
    expectReply(await network.manage('uninstall_code', { canister_id }));

    const info = async (num_requested_changes?: bigint) => {
      const value =
        num_requested_changes === undefined ? { canister_id } : { canister_id, num_requested_changes };
      return decodeReply<{ recent_changes: readonly object[] }>(
        'canister_info',
        relayedReply(await relay.manage('canister_info', value)),
      );
    };
    const byOwner = { from_user: { user_id: Principal.fromUint8Array(owner) } };
    const byRelay = {
      from_canister: { canister_id: Principal.fromUint8Array(relay.id), canister_version: [version] },
    };
    const module_hash = sha256(MODULE);
    const change = (timestamp_nanos: bigint, canister_version: bigint, origin: object, details: object) => ({
      timestamp_nanos,
      canister_version,
      origin,
      details: [details],
    });
    const later = START + SECOND;
    const all = [
      change(START, 0n, byOwner, {
        creation: { controllers: [Principal.fromUint8Array(owner)], environment_variables_hash: [] },
      }),
      change(later, 1n, byOwner, { controllers_change: { controllers } }),
      change(later, 3n, byRelay, { code_deployment: { mode: { install: null }, module_hash } }),
      change(later, 4n, byOwner, { code_deployment: { mode: { upgrade: null }, module_hash } }),
      change(later, 5n, byOwner, { code_uninstall: null }),
    ];
    expect(network.canister(id).history).toMatchObject({ createdAt: START, installedAt: later });
    expect(await info()).toEqual({ total_num_changes: 5n, recent_changes: [], module_hash: [], controllers });
    expect((await info(2n)).recent_changes).toEqual(all.slice(3));
    expect((await info(100n)).recent_changes).toEqual(all);
  });

  it('is told to anyone by a query', async () => {
    const network = await setupNetwork();
    const canister_id = Principal.fromUint8Array(await network.create());
    const reply = expectReply(
      await network.queryManagement('canister_info', { canister_id }, Uint8Array.of(4)),
    );
    expect(decodeReply('canister_info', reply)).toMatchObject({ total_num_changes: 1n, recent_changes: [] });
    expectReject(await network.manage('canister_info', { canister_id }), 'IC0406', 'Only canisters');
  });

  it('tells with which environment variables a canister was created, by their hash', async () => {
    const network = await setupNetwork();
    const settings = { environment_variables: [{ name: 'a', value: 'b' }] };
    const canister_id = Principal.fromUint8Array(await network.create({ settings }));
    const value = { canister_id, num_requested_changes: 1n };
    const reply = expectReply(await network.queryManagement('canister_info', value));
    const hash = sha256(concatBytes(sha256(utf8('a')), sha256(utf8('b'))));
    expect(decodeReply('canister_info', reply)).toMatchObject({
      recent_changes: [{ details: [{ creation: { environment_variables_hash: [hash] } }] }],
    });
  });

  it('keeps the newest twenty changes, and counts all', async () => {
    const network = await setupNetwork();
    const id = await network.create();
    const canister_id = Principal.fromUint8Array(id);
    for (let i = 0; i < 25; i++) expectReply(await network.manage('uninstall_code', { canister_id }));
    const { history } = network.canister(id);
    expect(history.total).toBe(26n);
    expect(history.changes).toHaveLength(20);
    expect(history.changes.at(-1)?.canisterVersion).toBe(25n);
  });
});
