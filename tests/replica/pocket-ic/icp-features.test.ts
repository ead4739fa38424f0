import { join } from 'node:path';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { INTENTS, subaccountOf } from '../../../src/replica/system-canisters/icp-payment.ts';
import { IcpTransferResult } from '../../../src/replica/system-canisters/icp-transfer.ts';
import {
  CreateCanisterFromCyclesArg,
  CreateCanisterFromCyclesResult,
  DepositArg,
  WithdrawArg,
  WithdrawResult,
} from '../../../src/replica/system-canisters/ledger-types.ts';
import {
  NotifyCreateCanisterArg,
  NotifyCreateCanisterResult,
} from '../../../src/replica/system-canisters/minting-types.ts';
import {
  balanceArgument,
  CYCLES_LEDGER,
  CYCLES_PER_ICP,
  decodeNat,
  ICP,
  ICP_LEDGER,
  MINTING_CANISTER,
  paymentArgument,
} from '../support/ledgers.ts';
import { decodeRelayed, encodeRelayedCall, RELAY } from '../support/relay.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { base64, message, NEW, setupServer, type TestServer } from './setup-server.ts';

const ANONYMOUS: Uint8Array = Uint8Array.of(4);
const ALL = { icp_token: 'DefaultConfig', cycles_token: 'DefaultConfig', cycles_minting: 'DefaultConfig' };
const CREATION_FEE = 500_000_000_000n;
const CYCLES_FEE = 100_000_000n;
const NO_DETAILS = { from_subaccount: [], created_at_time: [] };

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

/** Calls a canister of the network as nobody in particular; `result` is what it answers. */
async function ask(
  server: TestServer,
  instance: string,
  [canister, method, type, value, result]: readonly [Uint8Array, string, IDL.Type, unknown, IDL.Type],
): Promise<unknown> {
  const arg = new Uint8Array(IDL.encode([type], [value]));
  const { Ok } = await server.call(instance, message(base64(canister), method, arg));
  return IDL.decode([result], bytes(Ok))[0];
}

async function balance(server: TestServer, instance: string, ledger: Uint8Array, owner: Uint8Array) {
  const query = message(base64(ledger), 'icrc1_balance_of', balanceArgument(owner));
  return decodeNat(bytes((await server.post(`${instance}/read/query`, query)).body.Ok));
}

async function cyclesOf(server: TestServer, instance: string, id: Uint8Array): Promise<bigint> {
  return BigInt((await server.post(`${instance}/read/get_cycles`, { canister_id: base64(id) })).body.cycles);
}

async function subnetOf(server: TestServer, instance: string, id: Uint8Array): Promise<string> {
  const { body } = await server.post(`${instance}/read/get_subnet`, { canister_id: base64(id) });
  const { subnet_configs } = (await server.get(`${instance}/_/topology`)).body;
  return String(subnet_configs[Principal.fromUint8Array(bytes(body.subnet_id)).toText()].subnet_kind);
}

describe('icp_features', () => {
  it('are on their subnets, which are there for them, with what PocketIC gives', async () => {
    const server = setupServer();
    const instance = await server.createInstance({ application: [NEW] }, { icp_features: ALL });
    expect(await subnetOf(server, instance, ICP_LEDGER)).toBe('NNS');
    expect(await subnetOf(server, instance, MINTING_CANISTER)).toBe('NNS');
    expect(await subnetOf(server, instance, CYCLES_LEDGER)).toBe('II');
    expect(await balance(server, instance, ICP_LEDGER, ANONYMOUS)).toBe(10n ** 17n);
    expect(await balance(server, instance, CYCLES_LEDGER, ANONYMOUS)).toBe(2n ** 127n - 1n);
    expect((await server.get(`${instance}/read/get_time`)).body).toEqual({
      nanos_since_epoch: 1_620_633_601_000_000_000n,
    });
  });

  it('are not there unless they are asked for', async () => {
    const server = setupServer();
    const instance = await server.createInstance(
      { nns: NEW, ii: NEW, application: [NEW] },
      { icp_features: { icp_token: 'DefaultConfig', registry: null } },
    );
    const refusal = async (canister: Uint8Array): Promise<unknown> =>
      (
        await server.call(
          instance,
          message(base64(canister), 'icrc1_fee', new Uint8Array(IDL.encode([], []))),
        )
      ).Err;
    expect(await refusal(ICP_LEDGER)).toBeUndefined();
    expect(await refusal(CYCLES_LEDGER)).toMatchObject({ error_code: 'CanisterNotFound' });
    expect(await refusal(MINTING_CANISTER)).toMatchObject({ error_code: 'CanisterNotFound' });
    const asked = { canister_id: base64(CYCLES_LEDGER) };
    expect((await server.post(`${instance}/read/get_subnet`, asked)).body).toBeNull();
  });

  it('move cycles between the ledger and canisters of other subnets', async () => {
    const server = setupServer();
    const instance = await server.createInstance(
      { application: [NEW] },
      { icp_features: { cycles_token: 'DefaultConfig' } },
    );
    const id = bytes(await server.install(instance, RELAY));
    const to = { owner: Principal.fromUint8Array(id), subaccount: [] };
    const call = {
      callee: CYCLES_LEDGER,
      method: 'deposit',
      arg: new Uint8Array(IDL.encode([DepositArg], [{ to, memo: [] }])),
      cycles: 10n ** 12n,
    };
    const { Ok } = await server.call(instance, message(base64(id), 'relay', encodeRelayedCall(call)));
    expect(decodeRelayed({ kind: 'replied', reply: bytes(Ok) })).toMatchObject({
      kind: 'replied',
      refunded: 0n,
    });
    expect(await balance(server, instance, CYCLES_LEDGER, id)).toBe(10n ** 12n - CYCLES_FEE);

    const before = await cyclesOf(server, instance, id);
    const withdrawal = { ...NO_DETAILS, to: Principal.fromUint8Array(id), amount: 10n ** 15n };
    expect(
      await ask(server, instance, [CYCLES_LEDGER, 'withdraw', WithdrawArg, withdrawal, WithdrawResult]),
    ).toHaveProperty('Ok');
    expect(await cyclesOf(server, instance, id)).toBe(before + 10n ** 15n);
  });

  it('create canisters on an application subnet, or where it is asked for', async () => {
    const server = setupServer();
    const instance = await server.createInstance({ application: [NEW] }, { icp_features: ALL });
    const create = async (amount: bigint, creation_args: unknown[]): Promise<Uint8Array> => {
      const value = { ...NO_DETAILS, amount, creation_args };
      const answer = await ask(server, instance, [
        CYCLES_LEDGER,
        'create_canister',
        CreateCanisterFromCyclesArg,
        value,
        CreateCanisterFromCyclesResult,
      ]);
      return (answer as { Ok: { canister_id: Principal } }).Ok.canister_id.toUint8Array();
    };
    const ordinary = await create(10n ** 13n, []);
    expect(await subnetOf(server, instance, ordinary)).toBe('Application');
    expect(await cyclesOf(server, instance, ordinary)).toBe(10n ** 13n - CREATION_FEE);
    const { body } = await server.post(`${instance}/read/get_subnet`, { canister_id: base64(ICP_LEDGER) });
    const subnet = Principal.fromUint8Array(bytes(body.subnet_id));
    const chosen = await create(10n ** 13n, [{ subnet_selection: [{ Subnet: { subnet } }], settings: [] }]);
    expect(await subnetOf(server, instance, chosen)).toBe('NNS');
  });

  it('make canisters of ICP, and go on in a state_dir', async () => {
    const state_dir = join(setupDirectory(), 'state');
    const server = setupServer();
    const first = await server.createInstance({ application: [NEW] }, { icp_features: ALL, state_dir });
    const to = { owner: MINTING_CANISTER, subaccount: subaccountOf(ANONYMOUS) };
    const arg = paymentArgument(to, ICP, INTENTS.create);
    const paid = await server.call(first, message(base64(ICP_LEDGER), 'transfer', arg));
    expect(IDL.decode([IcpTransferResult], bytes(paid.Ok))).toEqual([{ Ok: 2n }]);
    await server.request('DELETE', first);

    const again = await server.createInstance({}, { state_dir });
    const value = {
      block_index: 2n,
      controller: Principal.anonymous(),
      subnet_selection: [],
      settings: [],
    };
    const created = await ask(server, again, [
      MINTING_CANISTER,
      'notify_create_canister',
      NotifyCreateCanisterArg,
      value,
      NotifyCreateCanisterResult,
    ]);
    const id = (created as { Ok: Principal }).Ok.toUint8Array();
    expect(await subnetOf(server, again, id)).toBe('Application');
    expect(await cyclesOf(server, again, id)).toBe(CYCLES_PER_ICP - CREATION_FEE);
  });

  it('are those that the instance of a state_dir was made with', async () => {
    const state_dir = join(setupDirectory(), 'state');
    const server = setupServer();
    const first = await server.createInstance(
      { application: [NEW] },
      { icp_features: { icp_token: 'DefaultConfig' }, state_dir },
    );
    await server.request('DELETE', first);
    const { body } = await server.post('/instances', {
      subnet_config_set: {},
      state_dir,
      icp_features: { icp_token: 'DefaultConfig', cycles_token: 'DefaultConfig' },
    });
    expect(body.Error.message).toMatch(/icp_features.cycles_token is not in the instance of/);
  });

  it('need a setting that is known', async () => {
    const { body } = await setupServer().post('/instances', {
      subnet_config_set: { application: [NEW] },
      icp_features: { icp_token: 'Other' },
    });
    expect(body.Error.message).toBe('icp_features.icp_token is Other, it has to be "DefaultConfig"');
  });
});
