import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../../../src/replica/codec/bytes.ts';
import { icpAccount } from '../../../src/replica/system-canisters/accounts.ts';
import { IcpTransferArg, IcpTransferResult } from '../../../src/replica/system-canisters/icp-transfer.ts';
import { AccountType } from '../../../src/replica/system-canisters/ledger-types.ts';
import { expectReply } from '../support/outcomes.ts';
import { owner, SECOND, START, setupNetwork, type TestNetwork } from '../support/setup-network.ts';

const LEDGER = Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai').toUint8Array();
const ANONYMOUS: Uint8Array = Uint8Array.of(4);
const ALL = 10n ** 17n;
const FEE = 10_000n;

async function transfer(network: TestNetwork, changes: object = {}): Promise<unknown> {
  const value = {
    to: fromHex(icpAccount({ owner })),
    amount: { e8s: 5n },
    fee: { e8s: FEE },
    memo: 0n,
    from_subaccount: [],
    created_at_time: [],
    ...changes,
  };
  const arg = new Uint8Array(IDL.encode([IcpTransferArg], [value]));
  const reply = expectReply(await network.call(LEDGER, 'transfer', arg, ANONYMOUS));
  return IDL.decode([IcpTransferResult], reply.slice())[0];
}

async function balance(network: TestNetwork, id: Uint8Array): Promise<unknown> {
  const account = { owner: Principal.fromUint8Array(id), subaccount: [] };
  const arg = new Uint8Array(IDL.encode([AccountType], [account]));
  return IDL.decode([IDL.Nat], expectReply(await network.query(LEDGER, 'icrc1_balance_of', arg)).slice())[0];
}

describe('the ICP ledger', () => {
  it('knows accounts by their identifiers', () => {
    // The anonymous principal's, as explorers of the public network show it.
    expect(icpAccount({ owner: ANONYMOUS })).toBe(
      '1c7a48ba6a562aa9eaa2481a9049cdf0433b9738c992d698c31d8abf89cadc79',
    );
  });

  it('has what PocketIC gives to test with', async () => {
    const network = await setupNetwork();
    const rich = 'hpikg-6exdt-jn33w-ndty3-fc7jc-tl2lr-buih3-cs3y7-tftkp-sfp62-gqe';
    expect(await balance(network, ANONYMOUS)).toBe(ALL);
    expect(await balance(network, Principal.fromText(rich).toUint8Array())).toBe(ALL);
  });

  it('pays to an identifier, for a fee, what ICRC-1 shows at its principal', async () => {
    const network = await setupNetwork();
    expect(await transfer(network)).toEqual({ Ok: 2n });
    expect(await balance(network, owner)).toBe(5n);
    expect(await balance(network, ANONYMOUS)).toBe(ALL - 5n - FEE);
  });

  it.each([
    ['another fee', { fee: { e8s: 1n } }, { BadFee: { expected_fee: { e8s: FEE } } }],
    ['more than there is', { amount: { e8s: ALL } }, { InsufficientFunds: { balance: { e8s: ALL } } }],
    [
      'a time long ago',
      { created_at_time: [{ timestamp_nanos: START - 90_000n * SECOND }] },
      { TxTooOld: { allowed_window_nanos: 86_400n * SECOND } },
    ],
    [
      'a time to come',
      { created_at_time: [{ timestamp_nanos: START + 200n * SECOND }] },
      { TxCreatedInFuture: null },
    ],
  ])('does not pay with %s', async (_what, changes, error) => {
    const network = await setupNetwork();
    expect(await transfer(network, changes)).toEqual({ Err: error });
    expect(await balance(network, ANONYMOUS)).toBe(ALL);
  });

  it('pays once for a time of creation', async () => {
    const network = await setupNetwork();
    const once = { created_at_time: [{ timestamp_nanos: START }] };
    expect(await transfer(network, once)).toEqual({ Ok: 2n });
    expect(await transfer(network, once)).toEqual({ Err: { TxDuplicate: { duplicate_of: 2n } } });
    expect(await balance(network, owner)).toBe(5n);
  });
});
