import { IDL } from '@dfinity/candid';
import { toHex } from '../codec/bytes.ts';
import { decodeArgument, encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import { type LedgerRefusal, WINDOW_NS } from '../state/ledger.ts';
import { paymentOf, type TokenFacts } from './icrc1.ts';

/** The ICP ledger's own methods, which are older than ICRC-1 and know account identifiers. */

const { Nat8, Nat64, Null, Opt, Record, Variant, Vec } = IDL;
export const Blob = Vec(Nat8);
export const Tokens = Record({ e8s: Nat64 });
export const AccountBalanceArg = Record({ account: Blob });

export const IcpTransferArg = Record({
  to: Blob,
  amount: Tokens,
  fee: Tokens,
  memo: Nat64,
  from_subaccount: Opt(Blob),
  created_at_time: Opt(Record({ timestamp_nanos: Nat64 })),
});

export const IcpTransferResult = Variant({
  Ok: Nat64,
  Err: Variant({
    BadFee: Record({ expected_fee: Tokens }),
    InsufficientFunds: Record({ balance: Tokens }),
    TxTooOld: Record({ allowed_window_nanos: Nat64 }),
    TxCreatedInFuture: Null,
    TxDuplicate: Record({ duplicate_of: Nat64 }),
  }),
});

interface IcpTransferValue {
  readonly to: Uint8Array;
  readonly amount: { readonly e8s: bigint };
  readonly fee: { readonly e8s: bigint };
  readonly memo: bigint;
  readonly from_subaccount: [] | [Uint8Array];
  readonly created_at_time: [] | [{ readonly timestamp_nanos: bigint }];
}

/** `transfer` of the ICP ledger. */
export function icpTransfer(token: TokenFacts): ManagementMethod {
  const answer = (result: unknown) => ({ data: encodeResult(IcpTransferResult, result) });
  return {
    callers: 'anyone',
    run: (call) => {
      const value = decodeArgument<IcpTransferValue>(IcpTransferArg, call.arg);
      if (value.fee.e8s !== token.fee)
        return answer({ Err: { BadFee: { expected_fee: { e8s: token.fee } } } });
      const [created] = value.created_at_time;
      const { from, transaction } = paymentOf(
        call,
        {
          from_subaccount: value.from_subaccount,
          created_at_time: created === undefined ? [] : [created.timestamp_nanos],
        },
        { kind: 'icp transfer', ...token },
      );
      const ledger = token.ledger(call.world);
      const amount = value.amount.e8s + token.fee;
      const refusal = ledger.refusal(from, amount, transaction);
      if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
      const to = { account: toHex(value.to), amount: value.amount.e8s };
      return answer({ Ok: ledger.take(from, amount, { ...transaction, to, memo: value.memo }) });
    },
  };
}

function refusalValue(refusal: LedgerRefusal): object {
  switch (refusal.kind) {
    case 'InsufficientFunds':
      return { InsufficientFunds: { balance: { e8s: refusal.balance } } };
    case 'TooOld':
      return { TxTooOld: { allowed_window_nanos: WINDOW_NS } };
    case 'CreatedInFuture':
      return { TxCreatedInFuture: null };
    case 'Duplicate':
      return { TxDuplicate: { duplicate_of: refusal.duplicateOf } };
  }
}
