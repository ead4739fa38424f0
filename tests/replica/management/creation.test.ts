import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { canisterIdOf, FIRST_ORDINARY_NUMBER } from '../../../src/replica/state/canister-ids.ts';
import { CANISTER_CREATION_FEE } from '../../../src/replica/system-api/cycle-costs.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { owner, setupNetwork, stranger } from '../support/setup-network.ts';

const create = 'provisional_create_canister_with_cycles';

describe('provisional_create_canister_with_cycles', () => {
  it('gives ids in turn, cycles from nothing, and control to its sender', async () => {
    const network = await setupNetwork();
    const ids = [await network.create(), await network.create({ amount: 17n }), await network.create()];
    expect(ids).toEqual([0n, 1n, 2n].map((n) => canisterIdOf(FIRST_ORDINARY_NUMBER + n)));
    expect(ids.map((id) => network.canister(id).cycles)).toEqual([10n ** 14n, 17n, 10n ** 14n]);
    expect(network.canister(ids[0]!).settings.controllers).toEqual([owner]);
  });

  it('takes settings', async () => {
    const network = await setupNetwork();
    const controllers = [Principal.fromUint8Array(stranger)];
    const id = await network.create({ settings: { controllers, freezing_threshold: 5n } });
    expect(network.canister(id).settings).toMatchObject({ controllers: [stranger], freezingThreshold: 5n });
  });

  it('gives the id that is asked for, once, and goes around it', async () => {
    const network = await setupNetwork();
    const system = canisterIdOf(7n);
    const next = canisterIdOf(FIRST_ORDINARY_NUMBER);
    for (const id of [system, next]) {
      const specified_id = Principal.fromUint8Array(id);
      const reply = expectReply(await network.manage(create, { specified_id }));
      expect(decodeReply<{ canister_id: Principal }>(create, reply).canister_id.toUint8Array()).toEqual(id);
      expectReject(await network.manage(create, { specified_id }), 'IC0538', 'already installed');
    }
    expect(await network.create()).toEqual(canisterIdOf(FIRST_ORDINARY_NUMBER + 1n));
  });

  it.each([
    ['outside of the ranges', canisterIdOf(0x10_0000n)],
    ['of another form', new Uint8Array([1, 2, 3])],
    ['of the management canister', new Uint8Array()],
  ])('refuses an id %s', async (_, id) => {
    const network = await setupNetwork();
    const specified_id = Principal.fromUint8Array(id);
    expectReject(await network.manage(create, { specified_id }), 'IC0408', 'none of this subnet');
  });

  it('creates nothing where a setting is refused', async () => {
    const network = await setupNetwork();
    expectReject(await network.manage(create, { settings: { compute_allocation: 101n } }), 'IC0408');
    expect(network.network.subnet.canisters.size).toBe(0);
    expect(await network.create()).toEqual(canisterIdOf(FIRST_ORDINARY_NUMBER));
  });
});

describe('provisional_top_up_canister', () => {
  it('adds cycles from nothing, for anyone', async () => {
    const network = await setupNetwork();
    const id = await network.create({ amount: 5n });
    const canister_id = Principal.fromUint8Array(id);
    expectReply(await network.manage('provisional_top_up_canister', { canister_id, amount: 7n }, stranger));
    expect(network.canister(id).cycles).toBe(12n);
    const missing = { canister_id: Principal.fromUint8Array(canisterIdOf(9n)), amount: 7n };
    expectReject(await network.manage('provisional_top_up_canister', missing), 'IC0301');
  });
});

describe('create_canister', () => {
  it('creates a canister of a canister, with the cycles that come beyond the fee', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const created = await relay.manage('create_canister', {}, CANISTER_CREATION_FEE + 99n);
    expect(created).toMatchObject({ kind: 'replied', refunded: 0n });
    const { canister_id } = decodeReply<{ canister_id: Principal }>('create_canister', relayedReply(created));
    expect(network.canister(canister_id.toUint8Array())).toMatchObject({
      cycles: 99n,
      settings: { controllers: [relay.id] },
    });
  });

  it('refuses, and gives all cycles back, where they are too few', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const amount = CANISTER_CREATION_FEE - 1n;
    const created = await relay.manage('create_canister', {}, amount);
    expect(created).toMatchObject({ kind: 'rejected', code: 4, refunded: amount });
    const settings = { compute_allocation: 101n };
    const refused = await relay.manage('create_canister', { settings }, CANISTER_CREATION_FEE);
    expect(refused).toMatchObject({ kind: 'rejected', code: 4, refunded: CANISTER_CREATION_FEE });
    expect(network.network.subnet.canisters.size).toBe(1);
  });
});

describe('deposit_cycles', () => {
  it('adds the cycles that come with the call, of any canister to any', async () => {
    const network = await setupNetwork();
    const relay = await installRelay(network);
    const id = await network.create({ amount: 1n });
    const canister_id = Principal.fromUint8Array(id);
    const deposited = await relay.manage('deposit_cycles', { canister_id }, 40n);
    expect(deposited).toMatchObject({ kind: 'replied', refunded: 0n });
    expect(network.canister(id).cycles).toBe(41n);
    const missing = { canister_id: Principal.fromUint8Array(canisterIdOf(9n)) };
    expect(await relay.manage('deposit_cycles', missing, 40n)).toMatchObject({ code: 3, refunded: 40n });
  });
});
