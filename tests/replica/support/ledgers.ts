import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { fromHex } from '../../../src/replica/codec/bytes.ts';
import { type Account, icpAccount } from '../../../src/replica/system-canisters/accounts.ts';
import { IcpTransferArg } from '../../../src/replica/system-canisters/icp-transfer.ts';
import { AccountType } from '../../../src/replica/system-canisters/ledger-types.ts';

export const ICP_LEDGER = Principal.fromText('ryjl3-tyaaa-aaaaa-aaaba-cai').toUint8Array();
export const CYCLES_LEDGER = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai').toUint8Array();
export const MINTING_CANISTER = Principal.fromText('rkp4c-7iaaa-aaaaa-aaaca-cai').toUint8Array();
export const ICP = 10n ** 8n;
/** What an ICP becomes, in cycles. */
export const CYCLES_PER_ICP = 3_520_000_000_000n;

/** The argument of `icrc1_balance_of` for a principal's own account. */
export function balanceArgument(owner: Uint8Array): Uint8Array {
  const account = { owner: Principal.fromUint8Array(owner), subaccount: [] };
  return new Uint8Array(IDL.encode([AccountType], [account]));
}

/** The argument of the ICP ledger's `transfer`. */
export function paymentArgument(to: Account, e8s: bigint, memo = 0n): Uint8Array {
  const value = {
    to: fromHex(icpAccount(to)),
    amount: { e8s },
    fee: { e8s: 10_000n },
    memo,
    from_subaccount: [],
    created_at_time: [],
  };
  return new Uint8Array(IDL.encode([IcpTransferArg], [value]));
}

export function decodeNat(reply: Uint8Array): unknown {
  return IDL.decode([IDL.Nat], reply.slice())[0];
}
