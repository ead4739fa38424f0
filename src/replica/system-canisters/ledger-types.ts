import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import type { SettingsValue } from '../management/arguments.ts';
import { SettingsType } from '../management/types.ts';
import type { SubnetSelection } from './subnets.ts';

/** The Candid types of ICRC-1 and of the cycles ledger, and what @dfinity/candid makes of them. */

const { Nat, Nat8, Nat64, Null, Opt, Record, Text, Variant, Vec } = IDL;
const Blob = Vec(Nat8);

export const AccountType = Record({ owner: IDL.Principal, subaccount: Opt(Blob) });

export const MetadataResult = Vec(IDL.Tuple(Text, Variant({ Nat, Int: IDL.Int, Text, Blob })));
export const StandardsResult = Vec(Record({ name: Text, url: Text }));

export const TransferArg = Record({
  from_subaccount: Opt(Blob),
  to: AccountType,
  amount: Nat,
  fee: Opt(Nat),
  memo: Opt(Blob),
  created_at_time: Opt(Nat64),
});

/** Errors that the payments of all ledgers have. */
export const commonErrors = {
  InsufficientFunds: Record({ balance: Nat }),
  TooOld: Null,
  CreatedInFuture: Record({ ledger_time: Nat64 }),
  Duplicate: Record({ duplicate_of: Nat }),
  TemporarilyUnavailable: Null,
  GenericError: Record({ error_code: Nat, message: Text }),
};

export const TransferResult = Variant({
  Ok: Nat,
  Err: Variant({
    ...commonErrors,
    BadFee: Record({ expected_fee: Nat }),
    BadBurn: Record({ min_burn_amount: Nat }),
  }),
});

export const CreateCanisterFromCyclesArg = Record({
  from_subaccount: Opt(Blob),
  created_at_time: Opt(Nat64),
  amount: Nat,
  creation_args: Opt(
    Record({
      subnet_selection: Opt(
        Variant({
          Subnet: Record({ subnet: IDL.Principal }),
          Filter: Record({ subnet_type: Opt(Text) }),
        }),
      ),
      settings: Opt(SettingsType),
    }),
  ),
});

export const CreateCanisterFromCyclesResult = Variant({
  Ok: Record({ block_id: Nat, canister_id: IDL.Principal }),
  Err: Variant({
    ...commonErrors,
    Duplicate: Record({ duplicate_of: Nat, canister_id: Opt(IDL.Principal) }),
    FailedToCreate: Record({ error: Text, refund_block: Opt(Nat), fee_block: Opt(Nat) }),
  }),
});

export const WithdrawArg = Record({
  from_subaccount: Opt(Blob),
  to: IDL.Principal,
  amount: Nat,
  created_at_time: Opt(Nat64),
});

export const WithdrawResult = Variant({
  Ok: Nat,
  Err: Variant({
    ...commonErrors,
    BadFee: Record({ expected_fee: Nat }),
    InvalidReceiver: Record({ receiver: IDL.Principal }),
  }),
});

export const DepositArg = Record({ to: AccountType, memo: Opt(Blob) });
export const DepositResult = Record({ balance: Nat, block_index: Nat });

type Option<T> = [] | [T];

export interface AccountValue {
  readonly owner: Principal;
  readonly subaccount: Option<Uint8Array>;
}
export interface PaymentValue {
  readonly from_subaccount: Option<Uint8Array>;
  readonly created_at_time: Option<bigint>;
}
interface AmountValue extends PaymentValue {
  readonly amount: bigint;
}
export interface TransferValue extends AmountValue {
  readonly to: AccountValue;
  readonly fee: Option<bigint>;
  readonly memo: Option<Uint8Array>;
}
export interface CreateFromCyclesValue extends AmountValue {
  readonly creation_args: Option<{
    readonly subnet_selection: Option<SubnetSelection>;
    readonly settings: Option<SettingsValue>;
  }>;
}
export interface WithdrawValue extends AmountValue {
  readonly to: Principal;
}
export interface DepositValue {
  readonly to: AccountValue;
}
