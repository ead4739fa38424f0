import { Principal } from '@dfinity/principal';
import { fromHex, toHex } from '../codec/bytes.ts';
import { decodeArgument, encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import { icpAccount } from './accounts.ts';
import { ICP_FEE } from './icp-payment.ts';
import { AccountBalanceArg, Blob, icpTransfer, Tokens } from './icp-transfer.ts';
import { icrc1Queries, icrc1Transfer, type TokenFacts, toAccount } from './icrc1.ts';
import { icrc2Allowance, icrc2Approve, icrc2TransferFrom } from './icrc2.ts';
import { AccountType, type AccountValue } from './ledger-types.ts';

const TOKEN: TokenFacts = {
  name: 'Internet Computer',
  symbol: 'ICP',
  decimals: 8,
  fee: ICP_FEE,
  ledger: (world) => world.ledgers.icp,
  account: icpAccount,
};

/** What an account has by its identifier, as the ledger's interface before ICRC-1 has it. */
const accountBalance: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg }) => {
    const { account } = decodeArgument<{ account: Uint8Array }>(AccountBalanceArg, arg);
    return { data: encodeResult(Tokens, { e8s: world.ledgers.icp.balanceOf(toHex(account)) }) };
  },
};

/** The identifier of an account. */
const accountIdentifier: ManagementMethod = {
  callers: 'anyone',
  run: ({ arg }) => {
    const account = toAccount(decodeArgument<AccountValue>(AccountType, arg));
    return { data: encodeResult(Blob, fromHex(icpAccount(account))) };
  },
};

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([
  ...icrc1Queries(TOKEN),
  ['icrc2_allowance', icrc2Allowance(TOKEN)],
  ['account_balance', accountBalance],
  ['account_identifier', accountIdentifier],
]);

/** The ICP ledger, as far as tools use it: balances, and transfers by ICRC-1 and by its own method. */
export const icpLedger: NativeCanister = {
  id: Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai').toUint8Array(),
  name: 'ICP ledger',
  updates: new Map([
    ...QUERIES,
    ['icrc1_transfer', icrc1Transfer(TOKEN)],
    ['icrc2_approve', icrc2Approve(TOKEN)],
    ['icrc2_transfer_from', icrc2TransferFrom(TOKEN)],
    ['transfer', icpTransfer(TOKEN)],
  ]),
  queries: QUERIES,
};
