import { Principal } from '@dfinity/principal';
import { concatBytes } from '../codec/bytes.ts';
import type { ExecutionWorld } from '../execution/world.ts';
import type { Ledger, Payment } from '../state/ledger.ts';
import { icpAccount } from './accounts.ts';

/** Where ICP is paid that becomes cycles. */
export const MINTING_ID = Principal.fromText('rkp4c-7iaaa-aaaaa-aaaca-cai').toUint8Array();
/** What a transfer of ICP costs, in e8s. */
export const ICP_FEE = 10_000n;

/** What payers say with the memo of the transfer that their ICP is for: four letters, the first one lowest. */
export const INTENTS = { create: 0x41455243n, mint: 0x544e494dn, topUp: 0x50555054n } as const;

const SUBACCOUNT_BYTES = 32;

/** Why a notification comes to nothing, as the interface has it. */
export type NotifyRefusal =
  | { readonly InvalidTransaction: string }
  | { readonly Refunded: { readonly reason: string; readonly block_index: [] | [bigint] } };

/** What is expected of a payment: its block, its intent, and the principal in whose subaccount it is. */
export interface ExpectedPayment {
  readonly block: bigint;
  readonly intent: bigint;
  readonly beneficiary: Uint8Array;
}

/**
 * Turns a payment into something else once: `convert` gets the e8s, and answers with what it made of them, or with why they
 * go back to the payer, less the fee. A notification that comes again has the same answer.
 */
export function usePayment<T>(
  { ledgers: { icp }, now }: ExecutionWorld,
  { block, intent, beneficiary }: ExpectedPayment,
  convert: (e8s: bigint) => { readonly made: T } | { readonly reason: string },
): { readonly Ok: T } | { readonly Err: NotifyRefusal } {
  const payment = icp.payment(block);
  const account = icpAccount({ owner: MINTING_ID, subaccount: subaccountOf(beneficiary) });
  const invalid = (text: string) => ({ Err: { InvalidTransaction: text } });
  if (payment === undefined) return invalid(`Block ${block} has no payment with a memo`);
  if (payment.to !== account) {
    return invalid(`Block ${block} pays to ${payment.to}, and the notification is about ${account}`);
  }
  if (payment.memo !== intent) return invalid(`Block ${block} has the memo ${payment.memo}, not ${intent}`);
  // What was answered is what `convert` of this intent made.
  if (payment.answer !== undefined)
    return payment.answer as { readonly Ok: T } | { readonly Err: NotifyRefusal };
  const result = convert(payment.amount);
  const answer =
    'made' in result
      ? { Ok: result.made }
      : { Err: { Refunded: { reason: result.reason, block_index: refund(icp, payment, now()) } } };
  if ('made' in result)
    icp.take(account, payment.amount, { content: 'burn', createdAt: undefined, now: now() });
  icp.answerPayment(block, answer);
  return answer;
}

/** Pays back, less the fee; a payment that the fee would eat up is kept. Returns the block. */
function refund(icp: Ledger, { from, to, amount }: Payment, now: bigint): [] | [bigint] {
  if (amount <= ICP_FEE) return [];
  const back = { account: from, amount: amount - ICP_FEE };
  return [icp.take(to, amount, { content: 'refund', createdAt: undefined, now, to: back })];
}

/** The subaccount that stands for a principal: its length, its bytes, and zeros. */
export function subaccountOf(principal: Uint8Array): Uint8Array {
  const start = concatBytes(Uint8Array.of(principal.length), principal);
  return concatBytes(start, new Uint8Array(SUBACCOUNT_BYTES - start.length));
}
