import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import {
  AccountType,
  CreateCanisterFromCyclesArg,
  CreateCanisterFromCyclesResult,
  DepositArg,
  DepositResult,
  TransferArg,
  TransferResult,
  WithdrawArg,
  WithdrawResult,
} from '../../../src/replica/system-canisters/ledger-types.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { owner, SECOND, START, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

const LEDGER = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai').toUint8Array();
const ANONYMOUS: Uint8Array = Uint8Array.of(4);
const ALL = 2n ** 127n - 1n;
const FEE = 100_000_000n;
const CREATION_FEE = 500_000_000_000n;

const account = (id: Uint8Array) => ({ owner: Principal.fromUint8Array(id), subaccount: [] });
const payment = { from_subaccount: [], created_at_time: [] };

/** Calls the ledger; `result` is what it answers. */
async function ask(
  network: TestNetwork,
  method: string,
  [type, value, result]: readonly [IDL.Type, unknown, IDL.Type],
  sender = ANONYMOUS,
): Promise<unknown> {
  const arg = new Uint8Array(IDL.encode([type], [value]));
  return IDL.decode([result], expectReply(await network.call(LEDGER, method, arg, sender)).slice())[0];
}

function transfer(
  network: TestNetwork,
  to: Uint8Array,
  amount: bigint,
  changes: object = {},
  sender?: Uint8Array,
) {
  const value = { ...payment, to: account(to), amount, fee: [], memo: [], ...changes };
  return ask(network, 'icrc1_transfer', [TransferArg, value, TransferResult], sender);
}

async function balance(network: TestNetwork, id: Uint8Array): Promise<unknown> {
  const arg = new Uint8Array(IDL.encode([AccountType], [account(id)]));
  return IDL.decode([IDL.Nat], expectReply(await network.query(LEDGER, 'icrc1_balance_of', arg)).slice())[0];
}

function create(network: TestNetwork, amount: bigint, creation: unknown[] = [], sender = owner) {
  const value = { ...payment, amount, creation_args: creation };
  return ask(
    network,
    'create_canister',
    [CreateCanisterFromCyclesArg, value, CreateCanisterFromCyclesResult],
    sender,
  );
}

async function setupFunded(amount = 10n ** 15n, options: Parameters<typeof setupNetwork>[0] = {}) {
  const network = await setupNetwork(options);
  expect(await transfer(network, owner, amount)).toEqual({ Ok: 1n });
  return network;
}

describe('the cycles ledger', () => {
  it('has all cycles in the account of the anonymous principal at first', async () => {
    const network = await setupNetwork();
    expect(await balance(network, ANONYMOUS)).toBe(ALL);
    expect(await balance(network, owner)).toBe(0n);
  });

  it.each([
    ['icrc1_name', IDL.Text, 'Trillion Cycles'],
    ['icrc1_symbol', IDL.Text, 'TCYCLES'],
    ['icrc1_decimals', IDL.Nat8, 12],
    ['icrc1_fee', IDL.Nat, FEE],
    ['icrc1_total_supply', IDL.Nat, ALL],
  ] as const)('tells its %s by query and by update', async (method, type, value) => {
    const network = await setupNetwork();
    const nothing = new Uint8Array(IDL.encode([], []));
    for (const outcome of [
      await network.query(LEDGER, method, nothing),
      await network.call(LEDGER, method, nothing),
    ]) {
      expect(IDL.decode([type], expectReply(outcome).slice())).toEqual([value]);
    }
  });

  it('transfers for a fee, which is gone', async () => {
    const network = await setupFunded();
    expect(await transfer(network, stranger, 1_000n, {}, owner)).toEqual({ Ok: 2n });
    expect(await balance(network, stranger)).toBe(1_000n);
    expect(await balance(network, owner)).toBe(10n ** 15n - 1_000n - FEE);
    const nothing = new Uint8Array(IDL.encode([], []));
    const supply = expectReply(await network.query(LEDGER, 'icrc1_total_supply', nothing));
    expect(IDL.decode([IDL.Nat], supply.slice())).toEqual([ALL - 2n * FEE]);
  });

  it('keeps subaccounts apart', async () => {
    const network = await setupFunded();
    const subaccount = [new Uint8Array(32).fill(1)];
    const to = { owner: Principal.fromUint8Array(stranger), subaccount };
    expect(await transfer(network, stranger, 5n, { to }, owner)).toEqual({ Ok: 2n });
    expect(await balance(network, stranger)).toBe(0n);
    expect(await transfer(network, owner, 5n, { from_subaccount: subaccount }, stranger)).toEqual({
      Err: { InsufficientFunds: { balance: 5n } },
    });
  });

  it.each([
    ['more than there is', { amount: 10n ** 15n }, { InsufficientFunds: { balance: 10n ** 15n } }],
    ['another fee', { fee: [1n] }, { BadFee: { expected_fee: FEE } }],
    ['a time long ago', { created_at_time: [START - 90_000n * SECOND] }, { TooOld: null }],
    [
      'a time to come',
      { created_at_time: [START + 200n * SECOND] },
      { CreatedInFuture: { ledger_time: START } },
    ],
  ])('does not transfer with %s', async (_what, changes, error) => {
    const network = await setupFunded();
    expect(await transfer(network, stranger, 1n, changes, owner)).toEqual({ Err: error });
    expect(await balance(network, owner)).toBe(10n ** 15n);
  });

  it('makes a transaction with a time of creation once', async () => {
    const network = await setupFunded();
    const once = { created_at_time: [START] };
    expect(await transfer(network, stranger, 7n, once, owner)).toEqual({ Ok: 2n });
    expect(await transfer(network, stranger, 7n, once, owner)).toEqual({
      Err: { Duplicate: { duplicate_of: 2n } },
    });
    expect(await transfer(network, stranger, 8n, once, owner)).toEqual({ Ok: 3n });
    expect(await balance(network, stranger)).toBe(15n);
  });

  it('creates a canister that the caller controls, with what is left of the amount', async () => {
    const network = await setupFunded();
    const result = (await create(network, 2n * CREATION_FEE)) as { Ok: { canister_id: Principal } };
    const { settings, cycles } = network.canister(result.Ok.canister_id.toUint8Array());
    expect(settings.controllers).toEqual([owner]);
    expect(cycles).toBe(CREATION_FEE);
    expect(await balance(network, owner)).toBe(10n ** 15n - 2n * CREATION_FEE - FEE);
  });

  it('creates none for too little, on a subnet that is not there, or for who has nothing', async () => {
    const network = await setupFunded();
    const failed = (error: RegExp) => ({
      Err: { FailedToCreate: { error: expect.stringMatching(error), refund_block: [], fee_block: [] } },
    });
    expect(await create(network, CREATION_FEE - 1n)).toEqual(failed(/takes 500000000000 cycles/));
    const elsewhere = [
      { subnet_selection: [{ Subnet: { subnet: Principal.fromUint8Array(stranger) } }], settings: [] },
    ];
    expect(await create(network, CREATION_FEE, elsewhere)).toEqual(failed(/has no subnet/));
    expect(await create(network, CREATION_FEE, [], stranger)).toEqual({
      Err: { InsufficientFunds: { balance: 0n } },
    });
    expect(await balance(network, owner)).toBe(10n ** 15n);
    expect([...network.network.subnet.canisters]).toEqual([]);
  });

  it('gives cycles to a canister, and takes those that a canister deposits', async () => {
    const network = await setupFunded();
    const relay = await installRelay(network);
    const before = network.canister(relay.id).cycles;
    const to = Principal.fromUint8Array(relay.id);
    const value = { ...payment, to, amount: 12_345n };
    expect(await ask(network, 'withdraw', [WithdrawArg, value, WithdrawResult], owner)).toEqual({ Ok: 2n });
    expect(network.canister(relay.id).cycles).toBe(before + 12_345n);

    const arg = new Uint8Array(IDL.encode([DepositArg], [{ to: account(stranger), memo: [] }]));
    const deposited = await relay.call({ callee: LEDGER, method: 'deposit', arg, cycles: FEE + 999n });
    expect(IDL.decode([DepositResult], relayedReply(deposited).slice())).toEqual([
      { balance: 999n, block_index: 3n },
    ]);
    expect(await balance(network, stranger)).toBe(999n);
    const tooLittle = await relay.call({ callee: LEDGER, method: 'deposit', arg, cycles: FEE - 1n });
    expect(tooLittle).toMatchObject({ kind: 'rejected', code: 5, refunded: FEE - 1n });

    const nobody = { ...value, to: Principal.fromUint8Array(stranger) };
    expect(await ask(network, 'withdraw', [WithdrawArg, nobody, WithdrawResult], owner)).toEqual({
      Err: { InvalidReceiver: { receiver: nobody.to } },
    });
  });

  it('refuses what it does not have, cannot read, or takes from canisters alone', async () => {
    const network = await setupNetwork();
    expectReject(await network.call(LEDGER, 'nothing'), 'IC0536', "Cycles ledger has no method 'nothing'");
    expectReject(await network.query(LEDGER, 'icrc1_transfer'), 'IC0536');
    expectReject(await network.call(LEDGER, 'icrc1_transfer', Uint8Array.of(1)), 'IC0408');
    expectReject(await network.call(LEDGER, 'deposit'), 'IC0406', 'Only canisters');
  });

  it('has its balances after the network was opened again', async () => {
    const directory = setupDirectory();
    const network = await setupFunded(7n, { directory });
    await network.network.close();
    const again = await setupNetwork({ directory });
    expect(await balance(again, owner)).toBe(7n);
    expect(await transfer(again, stranger, 1n)).toEqual({ Ok: 2n });
  });
});
