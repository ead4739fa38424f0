import { decodeArgument, encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import { refuse } from '../management/management-error.ts';
import { paymentOf, refusalValue, type TokenFacts, toAccount } from './icrc1.ts';
import {
  AllowanceArg,
  AllowanceResult,
  type AllowanceValue,
  ApproveArg,
  ApproveResult,
  type ApproveValue,
  TransferFromArg,
  TransferFromResult,
  type TransferFromValue,
} from './icrc2-types.ts';

/** Lets somebody pay from the caller's account ("ICRC-2", icrc2_approve). */
export function icrc2Approve({ fee, ledger: ledgerOf, account }: TokenFacts): ManagementMethod {
  const answer = (result: unknown) => ({ data: encodeResult(ApproveResult, result) });
  return {
    callers: 'anyone',
    run: (call) => {
      const value = decodeArgument<ApproveValue>(ApproveArg, call.arg);
      const [offered = fee] = value.fee;
      if (offered !== fee) return answer({ Err: { BadFee: { expected_fee: fee } } });
      const ledger = ledgerOf(call.world);
      const { from, transaction } = paymentOf(call, value, { kind: 'approve', account });
      const spender = account(toAccount(value.spender));
      if (spender === from) refuse('IC0503', 'spender is the account itself, which needs no allowance');
      const refusal = ledger.refusal(from, fee, transaction);
      if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
      const [expires] = value.expires_at;
      const now = call.world.now();
      if (expires !== undefined && expires <= now) return answer({ Err: { Expired: { ledger_time: now } } });
      const { amount: current } = ledger.allowance(from, spender, now);
      const [expected = current] = value.expected_allowance;
      if (expected !== current) return answer({ Err: { AllowanceChanged: { current_allowance: current } } });
      const block = ledger.take(from, fee, transaction);
      ledger.allow(from, spender, { amount: value.amount, expires });
      return answer({ Ok: block });
    },
  };
}

/** Pays from another's account what the caller was let ("ICRC-2", icrc2_transfer_from). */
export function icrc2TransferFrom({ fee, ledger: ledgerOf, account }: TokenFacts): ManagementMethod {
  const answer = (result: unknown) => ({ data: encodeResult(TransferFromResult, result) });
  return {
    callers: 'anyone',
    run: (call) => {
      const value = decodeArgument<TransferFromValue>(TransferFromArg, call.arg);
      const [offered = fee] = value.fee;
      if (offered !== fee) return answer({ Err: { BadFee: { expected_fee: fee } } });
      const ledger = ledgerOf(call.world);
      const from = account(toAccount(value.from));
      const { from: spender, transaction } = paymentOf(
        call,
        { from_subaccount: value.spender_subaccount, created_at_time: value.created_at_time },
        { kind: 'transfer from', account },
      );
      const amount = value.amount + fee;
      const refusal = ledger.refusal(from, amount, transaction);
      if (refusal !== undefined && refusal.kind !== 'InsufficientFunds') {
        return answer({ Err: refusalValue(refusal) });
      }
      const { amount: allowance, expires } = ledger.allowance(from, spender, call.world.now());
      if (spender !== from && allowance < amount)
        return answer({ Err: { InsufficientAllowance: { allowance } } });
      if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
      const to = { account: account(toAccount(value.to)), amount: value.amount };
      const block = ledger.take(from, amount, { ...transaction, to });
      if (spender !== from) ledger.allow(from, spender, { amount: allowance - amount, expires });
      return answer({ Ok: block });
    },
  };
}

/** What somebody may pay from an account ("ICRC-2", icrc2_allowance). */
export function icrc2Allowance({ ledger, account }: TokenFacts): ManagementMethod {
  return {
    callers: 'anyone',
    run: ({ world, arg }) => {
      const value = decodeArgument<AllowanceValue>(AllowanceArg, arg);
      const [from, spender] = [account(toAccount(value.account)), account(toAccount(value.spender))];
      const { amount, expires } = ledger(world).allowance(from, spender, world.now());
      const expires_at = expires === undefined ? [] : [expires];
      return { data: encodeResult(AllowanceResult, { allowance: amount, expires_at }) };
    },
  };
}
