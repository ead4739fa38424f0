import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../src/replica/codec/bytes.ts';
import { icpAccount } from '../../../src/replica/system-canisters/accounts.ts';
import { AccountBalanceArg, Blob, Tokens } from '../../../src/replica/system-canisters/icp-transfer.ts';
import {
  AllowanceArg,
  AllowanceResult,
  ApproveArg,
  ApproveResult,
  TransferFromArg,
  TransferFromResult,
} from '../../../src/replica/system-canisters/icrc2-types.ts';
import {
  AccountType,
  MetadataResult,
  StandardsResult,
} from '../../../src/replica/system-canisters/ledger-types.ts';
import { balanceArgument, CYCLES_LEDGER, decodeNat, ICP_LEDGER } from '../support/ledgers.ts';
import { expectReject, expectReply } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { owner, SECOND, START, setupNetwork, stranger, type TestNetwork } from '../support/setup-network.ts';

const ANONYMOUS: Uint8Array = Uint8Array.of(4);
const LEDGERS = [
  { name: 'ICP', ledger: ICP_LEDGER, fee: 10_000n },
  { name: 'cycles', ledger: CYCLES_LEDGER, fee: 100_000_000n },
] as const;
type LedgerCase = (typeof LEDGERS)[number];

const account = (id: Uint8Array) => ({ owner: Principal.fromUint8Array(id), subaccount: [] });

async function ask(
  network: TestNetwork,
  [ledger, method]: readonly [Uint8Array, string],
  [type, value, result]: readonly [IDL.Type, unknown, IDL.Type],
  sender = ANONYMOUS,
): Promise<unknown> {
  const arg = new Uint8Array(IDL.encode([type], [value]));
  return IDL.decode([result], expectReply(await network.call(ledger, method, arg, sender)).slice())[0];
}

/** The anonymous principal lets the owner pay. */
async function approve(network: TestNetwork, { ledger }: LedgerCase, amount: bigint, changes: object = {}) {
  const value = {
    from_subaccount: [],
    spender: account(owner),
    amount,
    expected_allowance: [],
    expires_at: [],
    fee: [],
    memo: [],
    created_at_time: [],
    ...changes,
  };
  return ask(network, [ledger, 'icrc2_approve'], [ApproveArg, value, ApproveResult]);
}

/** The owner pays the stranger from the anonymous principal's account. */
async function spend(
  network: TestNetwork,
  { ledger }: LedgerCase,
  amount: bigint,
  { sender = owner, ...changes }: { readonly sender?: Uint8Array; readonly [field: string]: unknown } = {},
) {
  const value = {
    spender_subaccount: [],
    from: account(ANONYMOUS),
    to: account(stranger),
    amount,
    fee: [],
    memo: [],
    created_at_time: [],
    ...changes,
  };
  return ask(network, [ledger, 'icrc2_transfer_from'], [TransferFromArg, value, TransferFromResult], sender);
}

async function allowance(network: TestNetwork, { ledger }: LedgerCase): Promise<unknown> {
  const value = { account: account(ANONYMOUS), spender: account(owner) };
  const arg = new Uint8Array(IDL.encode([AllowanceArg], [value]));
  const reply = expectReply(await network.query(ledger, 'icrc2_allowance', arg));
  return IDL.decode([AllowanceResult], reply.slice())[0];
}

async function balance(network: TestNetwork, ledger: Uint8Array, id: Uint8Array): Promise<unknown> {
  return decodeNat(expectReply(await network.query(ledger, 'icrc1_balance_of', balanceArgument(id))));
}

describe.each(LEDGERS)('the $name ledger', (tested) => {
  const { ledger, fee } = tested;

  it('lets somebody pay from an account, up to what its owner said, and takes its fee for all', async () => {
    const network = await setupNetwork();
    const all = (await balance(network, ledger, ANONYMOUS)) as bigint;
    expect(await approve(network, tested, 100n + fee)).toHaveProperty('Ok');
    expect(await allowance(network, tested)).toEqual({ allowance: 100n + fee, expires_at: [] });
    expect(await spend(network, tested, 100n + 1n)).toEqual({
      Err: { InsufficientAllowance: { allowance: 100n + fee } },
    });
    expect(await spend(network, tested, 60n)).toHaveProperty('Ok');
    expect(await allowance(network, tested)).toEqual({ allowance: 40n, expires_at: [] });
    expect(await balance(network, ledger, stranger)).toBe(60n);
    expect(await balance(network, ledger, ANONYMOUS)).toBe(all - 60n - 2n * fee);
    expect(await spend(network, tested, 1n, { sender: stranger })).toEqual({
      Err: { InsufficientAllowance: { allowance: 0n } },
    });
  });

  it('needs no allowance for one’s own account, and refuses one', async () => {
    const network = await setupNetwork();
    expect(await spend(network, tested, 7n, { sender: ANONYMOUS })).toHaveProperty('Ok');
    expect(await balance(network, ledger, stranger)).toBe(7n);
    const value = {
      from_subaccount: [],
      spender: account(ANONYMOUS),
      amount: 1n,
      expected_allowance: [],
      expires_at: [],
      fee: [],
      memo: [],
      created_at_time: [],
    };
    const arg = new Uint8Array(IDL.encode([ApproveArg], [value]));
    expectReject(await network.call(ledger, 'icrc2_approve', arg, ANONYMOUS), 'IC0503', 'the account itself');
  });

  it('forgets an allowance when its time is over', async () => {
    const network = await setupNetwork();
    const expires_at = [START + 5n * SECOND];
    await approve(network, tested, 10n ** 12n, { expires_at });
    expect(await allowance(network, tested)).toEqual({ allowance: 10n ** 12n, expires_at });
    await network.network.advanceTime(5n * SECOND);
    expect(await allowance(network, tested)).toEqual({ allowance: 0n, expires_at: [] });
    expect(await spend(network, tested, 1n)).toEqual({ Err: { InsufficientAllowance: { allowance: 0n } } });
  });

  it.each([
    ['another fee', { fee: [fee + 1n] }, { BadFee: { expected_fee: fee } }],
    ['a time that is over', { expires_at: [START] }, { Expired: { ledger_time: START } }],
    [
      'an allowance that is another',
      { expected_allowance: [5n] },
      { AllowanceChanged: { current_allowance: 0n } },
    ],
    ['a time of creation long ago', { created_at_time: [1n] }, { TooOld: null }],
  ])('takes no approval with %s', async (_case, changes, error) => {
    const network = await setupNetwork();
    expect(await approve(network, tested, 1n, changes)).toEqual({ Err: error });
    expect(await allowance(network, tested)).toEqual({ allowance: 0n, expires_at: [] });
  });

  it.each([
    ['another fee', 1n, { fee: [fee + 1n] }, { BadFee: { expected_fee: fee } }],
    ['more than there is', 2n ** 128n, {}, { InsufficientFunds: { balance: expect.any(BigInt) } }],
    [
      'a time of creation to come',
      1n,
      { created_at_time: [2n ** 63n] },
      { CreatedInFuture: { ledger_time: START } },
    ],
  ])('pays nothing from another account with %s', async (_case, amount, changes, error) => {
    const network = await setupNetwork();
    await approve(network, tested, 2n ** 130n);
    expect(await spend(network, tested, amount, changes)).toEqual({ Err: error });
    expect(await balance(network, ledger, stranger)).toBe(0n);
  });

  it('pays once for a time of creation', async () => {
    const network = await setupNetwork();
    await approve(network, tested, 10n ** 12n);
    const paid = (await spend(network, tested, 5n, { created_at_time: [START] })) as { Ok: bigint };
    expect(await spend(network, tested, 5n, { created_at_time: [START] })).toEqual({
      Err: { Duplicate: { duplicate_of: paid.Ok } },
    });
  });

  it('knows allowances after the network was opened again', async () => {
    const directory = setupDirectory();
    const network = await setupNetwork({ directory });
    await approve(network, tested, 10n ** 12n);
    await network.network.close();
    const again = await setupNetwork({ directory });
    expect(await allowance(again, tested)).toEqual({ allowance: 10n ** 12n, expires_at: [] });
  });

  it('tells what it is', async () => {
    const network = await setupNetwork();
    const none = new Uint8Array(IDL.encode([], []));
    const told = async (method: string, type: IDL.Type): Promise<unknown> =>
      IDL.decode([type], expectReply(await network.query(ledger, method, none)).slice())[0];
    expect(await told('icrc1_metadata', MetadataResult)).toContainEqual(['icrc1:fee', { Nat: fee }]);
    expect(await told('icrc1_supported_standards', StandardsResult)).toMatchObject([
      { name: 'ICRC-1' },
      { name: 'ICRC-2' },
    ]);
    expect(await told('icrc1_minting_account', IDL.Opt(AccountType))).toEqual([]);
  });
});

describe('the ICP ledger by account identifiers', () => {
  it('tells the identifier of an account, and what it has', async () => {
    const network = await setupNetwork();
    const identifier = fromHex(icpAccount({ owner: ANONYMOUS }));
    const told = await ask(
      network,
      [ICP_LEDGER, 'account_identifier'],
      [AccountType, account(ANONYMOUS), Blob],
    );
    expect(told).toEqual(identifier);
    const asked = [AccountBalanceArg, { account: identifier }, Tokens] as const;
    expect(await ask(network, [ICP_LEDGER, 'account_balance'], asked)).toEqual({ e8s: 10n ** 17n });
  });
});
