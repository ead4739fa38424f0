import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import type { SettingsValue } from '../management/arguments.ts';
import { SettingsType } from '../management/types.ts';
import type { SubnetSelection } from './subnets.ts';

/** The Candid types of the cycles minting canister, and what @dfinity/candid makes of them. */

const { Nat, Nat8, Nat64, Null, Opt, Record, Text, Variant, Vec } = IDL;
const Blob = Vec(Nat8);

const NotifyError = Variant({
  Refunded: Record({ reason: Text, block_index: Opt(Nat64) }),
  Processing: Null,
  TransactionTooOld: Nat64,
  InvalidTransaction: Text,
  Other: Record({ error_code: Nat64, error_message: Text }),
});

export const NotifyTopUpArg = Record({ block_index: Nat64, canister_id: IDL.Principal });
export const NotifyTopUpResult = Variant({ Ok: Nat, Err: NotifyError });

export const NotifyCreateCanisterArg = Record({
  block_index: Nat64,
  controller: IDL.Principal,
  subnet_selection: Opt(
    Variant({
      Subnet: Record({ subnet: IDL.Principal }),
      Filter: Record({ subnet_type: Opt(Text) }),
    }),
  ),
  settings: Opt(SettingsType),
});
export const NotifyCreateCanisterResult = Variant({ Ok: IDL.Principal, Err: NotifyError });

export const NotifyMintCyclesArg = Record({
  block_index: Nat64,
  to_subaccount: Opt(Blob),
  deposit_memo: Opt(Blob),
});
export const NotifyMintCyclesResult = Variant({
  Ok: Record({ balance: Nat, block_index: Nat, minted: Nat }),
  Err: NotifyError,
});

export const ConversionRateResult = Record({
  data: Record({ timestamp_seconds: Nat64, xdr_permyriad_per_icp: Nat64 }),
  hash_tree: Blob,
  certificate: Blob,
});

type Option<T> = [] | [T];

export interface NotifyTopUpValue {
  readonly block_index: bigint;
  readonly canister_id: Principal;
}
export interface NotifyCreateCanisterValue {
  readonly block_index: bigint;
  readonly controller: Principal;
  readonly subnet_selection: Option<SubnetSelection>;
  readonly settings: Option<SettingsValue>;
}
export interface NotifyMintCyclesValue {
  readonly block_index: bigint;
  readonly to_subaccount: Option<Uint8Array>;
}
