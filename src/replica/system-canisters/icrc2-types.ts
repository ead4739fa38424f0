import { IDL } from '@dfinity/candid';
import { AccountType, type AccountValue, commonErrors, type PaymentValue } from './ledger-types.ts';

/** The Candid types of ICRC-2, and what @dfinity/candid makes of them. */

const { Nat, Nat8, Nat64, Opt, Record, Variant, Vec } = IDL;
const Blob = Vec(Nat8);

export const ApproveArg = Record({
  from_subaccount: Opt(Blob),
  spender: AccountType,
  amount: Nat,
  expected_allowance: Opt(Nat),
  expires_at: Opt(Nat64),
  fee: Opt(Nat),
  memo: Opt(Blob),
  created_at_time: Opt(Nat64),
});
export const ApproveResult = Variant({
  Ok: Nat,
  Err: Variant({
    ...commonErrors,
    BadFee: Record({ expected_fee: Nat }),
    AllowanceChanged: Record({ current_allowance: Nat }),
    Expired: Record({ ledger_time: Nat64 }),
  }),
});

export const TransferFromArg = Record({
  spender_subaccount: Opt(Blob),
  from: AccountType,
  to: AccountType,
  amount: Nat,
  fee: Opt(Nat),
  memo: Opt(Blob),
  created_at_time: Opt(Nat64),
});
export const TransferFromResult = Variant({
  Ok: Nat,
  Err: Variant({
    ...commonErrors,
    BadFee: Record({ expected_fee: Nat }),
    BadBurn: Record({ min_burn_amount: Nat }),
    InsufficientAllowance: Record({ allowance: Nat }),
  }),
});

export const AllowanceArg = Record({ account: AccountType, spender: AccountType });
export const AllowanceResult = Record({ allowance: Nat, expires_at: Opt(Nat64) });

type Option<T> = [] | [T];

export interface ApproveValue extends PaymentValue {
  readonly spender: AccountValue;
  readonly amount: bigint;
  readonly expected_allowance: Option<bigint>;
  readonly expires_at: Option<bigint>;
  readonly fee: Option<bigint>;
}
export interface TransferFromValue {
  readonly spender_subaccount: Option<Uint8Array>;
  readonly from: AccountValue;
  readonly to: AccountValue;
  readonly amount: bigint;
  readonly fee: Option<bigint>;
  readonly created_at_time: Option<bigint>;
}
export interface AllowanceValue {
  readonly account: AccountValue;
  readonly spender: AccountValue;
}
