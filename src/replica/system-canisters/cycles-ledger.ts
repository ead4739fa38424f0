import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { equalBytes, toHex } from '../codec/bytes.ts';
import { decodeArgument, decodeNothing, encodeResult } from '../management/candid.ts';
import type { ManagementCall, ManagementMethod } from '../management/management-call.ts';
import { ManagementError } from '../management/management-error.ts';
import { addCanister } from '../management/methods/creation.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import type { Account, LedgerRefusal } from '../state/ledger.ts';
import { CANISTER_CREATION_FEE } from '../system-api/cycle-costs.ts';
import {
  AccountType,
  type AccountValue,
  CreateCanisterFromCyclesArg,
  CreateCanisterFromCyclesResult,
  type CreateFromCyclesValue,
  DepositArg,
  DepositResult,
  type DepositValue,
  TransferArg,
  TransferResult,
  type TransferValue,
  WithdrawArg,
  WithdrawResult,
  type WithdrawValue,
} from './cycles-ledger-types.ts';

/** For each transaction, in cycles. */
const FEE = 100_000_000n;
const ID = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai').toUint8Array();

const toAccount = ({ owner, subaccount: [subaccount] }: AccountValue): Account => ({
  owner: owner.toUint8Array(),
  subaccount,
});

/** A method that takes nothing and tells one thing. */
function constant(type: IDL.Type, value: unknown): ManagementMethod {
  return {
    callers: 'anyone',
    run: ({ arg }) => {
      decodeNothing(arg);
      return { data: encodeResult(type, value) };
    },
  };
}

const balanceOf: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg }) => {
    const account = decodeArgument<AccountValue>(AccountType, arg);
    return { data: encodeResult(IDL.Nat, world.cyclesLedger.balanceOf(toAccount(account))) };
  },
};

const totalSupply: ManagementMethod = {
  callers: 'anyone',
  run: ({ world, arg }) => {
    decodeNothing(arg);
    return { data: encodeResult(IDL.Nat, world.cyclesLedger.totalSupply) };
  },
};

/** Who pays, and what tells the transaction from others. */
function payment(
  { world, origin }: ManagementCall,
  value: Pick<TransferValue, 'from_subaccount' | 'created_at_time'>,
  content: string,
) {
  return {
    from: { owner: origin.sender, subaccount: value.from_subaccount[0] },
    transaction: { content, createdAt: value.created_at_time[0], now: world.now() },
  };
}

const transfer: ManagementMethod = {
  callers: 'anyone',
  run: (call) => {
    const value = decodeArgument<TransferValue>(TransferArg, call.arg);
    const answer = (result: unknown) => ({ data: encodeResult(TransferResult, result) });
    const ledger = call.world.cyclesLedger;
    const [fee = FEE] = value.fee;
    if (fee !== FEE) return answer({ Err: { BadFee: { expected_fee: FEE } } });
    const to = toAccount(value.to);
    const { from, transaction } = payment(call, value, `transfer ${toHex(call.arg)}`);
    const refusal = ledger.refusal(from, value.amount + FEE, transaction);
    if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
    const receiver = { account: to, amount: value.amount };
    return answer({ Ok: ledger.take(from, value.amount + FEE, { ...transaction, to: receiver }) });
  },
};

/** Gives cycles of the caller to a canister. */
const withdraw: ManagementMethod = {
  callers: 'anyone',
  run: (call) => {
    const value = decodeArgument<WithdrawValue>(WithdrawArg, call.arg);
    const answer = (result: unknown) => ({ data: encodeResult(WithdrawResult, result) });
    const ledger = call.world.cyclesLedger;
    const canister = call.world.canisters.get(value.to.toUint8Array());
    if (canister === undefined) return answer({ Err: { InvalidReceiver: { receiver: value.to } } });
    const { from, transaction } = payment(call, value, `withdraw ${toHex(call.arg)}`);
    const refusal = ledger.refusal(from, value.amount + FEE, transaction);
    if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
    const block = ledger.take(from, value.amount + FEE, transaction);
    canister.cycles += value.amount;
    call.world.outbox.changed(canister);
    return answer({ Ok: block });
  },
};

/** Takes the cycles that come with a canister's call for an account. */
const deposit: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, arg, cycles }) => {
    const account = toAccount(decodeArgument<DepositValue>(DepositArg, arg).to);
    const ledger = world.cyclesLedger;
    const block_index = ledger.mint(account, cycles);
    const result = { balance: ledger.balanceOf(account), block_index };
    return { data: encodeResult(DepositResult, result), accepted: cycles };
  },
};

/** Creates a canister that the caller controls, unless the settings say otherwise, with cycles of the caller. */
const createCanister: ManagementMethod = {
  callers: 'anyone',
  run: (call) => {
    const value = decodeArgument<CreateFromCyclesValue>(CreateCanisterFromCyclesArg, call.arg);
    const answer = (result: unknown) => ({ data: encodeResult(CreateCanisterFromCyclesResult, result) });
    const ledger = call.world.cyclesLedger;
    const { from, transaction } = payment(call, value, `create ${toHex(call.arg)}`);
    const refusal = ledger.refusal(from, value.amount + FEE, transaction);
    if (refusal !== undefined) {
      const duplicate = refusal.kind === 'Duplicate' ? { canister_id: [] } : {};
      return answer({ Err: refusalValue(refusal, duplicate) });
    }
    const failed = (error: string) =>
      answer({ Err: { FailedToCreate: { error, refund_block: [], fee_block: [] } } });
    const [creation] = value.creation_args;
    const [selection] = creation?.subnet_selection ?? [];
    if (selection !== undefined && 'Subnet' in selection) {
      const { subnet } = selection.Subnet;
      if (!equalBytes(subnet.toUint8Array(), call.world.subnetId)) {
        return failed(`This network has no subnet ${subnet.toText()}`);
      }
    }
    if (value.amount < CANISTER_CREATION_FEE) {
      return failed(`Creating a canister takes ${CANISTER_CREATION_FEE} cycles`);
    }
    try {
      const canister = addCanister(call, {
        settings: creation?.settings ?? [],
        cycles: value.amount - CANISTER_CREATION_FEE,
        senderVersion: [],
      });
      const block_id = ledger.take(from, value.amount + FEE, transaction);
      return answer({ Ok: { block_id, canister_id: Principal.fromUint8Array(canister.id) } });
    } catch (error) {
      if (error instanceof ManagementError) return failed(error.message);
      throw error;
    }
  },
};

function refusalValue(refusal: LedgerRefusal, duplicate: object = {}): object {
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

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([
  ['icrc1_name', constant(IDL.Text, 'Trillion Cycles')],
  ['icrc1_symbol', constant(IDL.Text, 'TCYCLES')],
  ['icrc1_decimals', constant(IDL.Nat8, 12)],
  ['icrc1_fee', constant(IDL.Nat, FEE)],
  ['icrc1_total_supply', totalSupply],
  ['icrc1_balance_of', balanceOf],
]);

/** The cycles ledger, as far as tools use it: balances, transfers, and canisters paid with cycles. */
export const cyclesLedger: NativeCanister = {
  id: ID,
  name: 'Cycles ledger',
  updates: new Map([
    ...QUERIES,
    ['icrc1_transfer', transfer],
    ['withdraw', withdraw],
    ['deposit', deposit],
    ['create_canister', createCanister],
  ]),
  queries: QUERIES,
};
