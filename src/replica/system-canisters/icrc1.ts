import { IDL } from '@dfinity/candid';
import { toHex } from '../codec/bytes.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import { decodeArgument, decodeNothing, encodeResult } from '../management/candid.ts';
import type { ManagementCall, ManagementMethod } from '../management/management-call.ts';
import type { AccountKey, Ledger, LedgerRefusal, Transaction } from '../state/ledger.ts';
import type { Account } from './accounts.ts';
import {
  AccountType,
  type AccountValue,
  MetadataResult,
  type PaymentValue,
  StandardsResult,
  TransferArg,
  TransferResult,
  type TransferValue,
} from './ledger-types.ts';

/** What a ledger says of itself ("ICRC-1"), and where its balances are. */
export interface TokenFacts {
  readonly name: string;
  readonly symbol: string;
  readonly decimals: number;
  /** Of a transfer, in the smallest unit. */
  readonly fee: bigint;
  readonly ledger: (world: ExecutionWorld) => Ledger;
  readonly account: (account: Account) => AccountKey;
}

const STANDARDS = ['ICRC-1', 'ICRC-2'].map((name) => ({
  name,
  url: `https://github.com/dfinity/ICRC-1/tree/main/standards/${name}`,
}));

/** The queries of a ledger. */
export function icrc1Queries({
  name,
  symbol,
  decimals,
  fee,
  ledger,
  account,
}: TokenFacts): ReadonlyMap<string, ManagementMethod> {
  const telling = (type: IDL.Type, value: (world: ExecutionWorld) => unknown): ManagementMethod => ({
    callers: 'anyone',
    run: ({ world, arg }) => {
      decodeNothing(arg);
      return { data: encodeResult(type, value(world)) };
    },
  });
  return new Map([
    ['icrc1_name', telling(IDL.Text, () => name)],
    ['icrc1_symbol', telling(IDL.Text, () => symbol)],
    ['icrc1_decimals', telling(IDL.Nat8, () => decimals)],
    [
      'icrc1_metadata',
      telling(MetadataResult, () => [
        ['icrc1:name', { Text: name }],
        ['icrc1:symbol', { Text: symbol }],
        ['icrc1:decimals', { Nat: BigInt(decimals) }],
        ['icrc1:fee', { Nat: fee }],
      ]),
    ],
    ['icrc1_supported_standards', telling(StandardsResult, () => STANDARDS)],
    // Nobody's account makes or burns the token here.
    ['icrc1_minting_account', telling(IDL.Opt(AccountType), () => [])],
    ['icrc1_fee', telling(IDL.Nat, () => fee)],
    ['icrc1_total_supply', telling(IDL.Nat, (world) => ledger(world).totalSupply)],
    [
      'icrc1_balance_of',
      {
        callers: 'anyone',
        run: ({ world, arg }) => {
          const key = account(toAccount(decodeArgument<AccountValue>(AccountType, arg)));
          return { data: encodeResult(IDL.Nat, ledger(world).balanceOf(key)) };
        },
      },
    ],
  ]);
}

/** `icrc1_transfer` of a ledger. */
export function icrc1Transfer({ fee, ledger: ledgerOf, account }: TokenFacts): ManagementMethod {
  const answer = (result: unknown) => ({ data: encodeResult(TransferResult, result) });
  return {
    callers: 'anyone',
    run: (call) => {
      const value = decodeArgument<TransferValue>(TransferArg, call.arg);
      const [offered = fee] = value.fee;
      if (offered !== fee) return answer({ Err: { BadFee: { expected_fee: fee } } });
      const ledger = ledgerOf(call.world);
      const { from, transaction } = paymentOf(call, value, { kind: 'transfer', account });
      const refusal = ledger.refusal(from, value.amount + fee, transaction);
      if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
      const to = { account: account(toAccount(value.to)), amount: value.amount };
      return answer({ Ok: ledger.take(from, value.amount + fee, { ...transaction, to }) });
    },
  };
}

export function toAccount({ owner, subaccount: [subaccount] }: AccountValue): Account {
  return { owner: owner.toUint8Array(), subaccount };
}

/** Who pays, and what tells the transaction from others. */
export function paymentOf(
  { world, origin, arg }: ManagementCall,
  value: PaymentValue,
  { kind, account }: Pick<TokenFacts, 'account'> & { readonly kind: string },
): { readonly from: AccountKey; readonly transaction: Transaction } {
  return {
    from: account({ owner: origin.sender, subaccount: value.from_subaccount[0] }),
    transaction: { content: `${kind} ${toHex(arg)}`, createdAt: value.created_at_time[0], now: world.now() },
  };
}

/** The refusal as Candid; `duplicate` is what a ledger says beside the block of a duplicate. */
export function refusalValue(refusal: LedgerRefusal, duplicate: object = {}): object {
  switch (refusal.kind) {
    case 'InsufficientFunds':
      return { InsufficientFunds: { balance: refusal.balance } };
    case 'TooOld':
      return { TooOld: null };
    case 'CreatedInFuture':
      return { CreatedInFuture: { ledger_time: refusal.ledgerTime } };
    case 'Duplicate':
      return { Duplicate: { duplicate_of: refusal.duplicateOf, ...duplicate } };
  }
}
