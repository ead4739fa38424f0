import { Principal } from '@dfinity/principal';
import { equalBytes } from '../codec/bytes.ts';
import { decodeArgument, encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import { ManagementError } from '../management/management-error.ts';
import { addCanister } from '../management/methods/creation.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import { CANISTER_CREATION_FEE } from '../system-api/cycle-costs.ts';
import { cyclesAccount } from './accounts.ts';
import { icrc1Queries, icrc1Transfer, paymentOf, refusalValue, type TokenFacts, toAccount } from './icrc1.ts';
import {
  CreateCanisterFromCyclesArg,
  CreateCanisterFromCyclesResult,
  type CreateFromCyclesValue,
  DepositArg,
  DepositResult,
  type DepositValue,
  WithdrawArg,
  WithdrawResult,
  type WithdrawValue,
} from './ledger-types.ts';

/** For each transaction, in cycles. */
const FEE = 100_000_000n;
const ID = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai').toUint8Array();

const TOKEN: TokenFacts = {
  name: 'Trillion Cycles',
  symbol: 'TCYCLES',
  decimals: 12,
  fee: FEE,
  ledger: (world) => world.ledgers.cycles,
  account: cyclesAccount,
};

/** Gives cycles of the caller to a canister. */
const withdraw: ManagementMethod = {
  callers: 'anyone',
  run: (call) => {
    const value = decodeArgument<WithdrawValue>(WithdrawArg, call.arg);
    const answer = (result: unknown) => ({ data: encodeResult(WithdrawResult, result) });
    const ledger = call.world.ledgers.cycles;
    const canister = call.world.canisters.get(value.to.toUint8Array());
    if (canister === undefined) return answer({ Err: { InvalidReceiver: { receiver: value.to } } });
    const { from, transaction } = paymentOf(call, value, { kind: 'withdraw', ...TOKEN });
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
    const account = cyclesAccount(toAccount(decodeArgument<DepositValue>(DepositArg, arg).to));
    const ledger = world.ledgers.cycles;
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
    const ledger = call.world.ledgers.cycles;
    const { from, transaction } = paymentOf(call, value, { kind: 'create', ...TOKEN });
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

const QUERIES = icrc1Queries(TOKEN);

/** The cycles ledger, as far as tools use it: balances, transfers, and canisters paid with cycles. */
export const cyclesLedger: NativeCanister = {
  id: ID,
  name: 'Cycles ledger',
  updates: new Map([
    ...QUERIES,
    ['icrc1_transfer', icrc1Transfer(TOKEN)],
    ['withdraw', withdraw],
    ['deposit', deposit],
    ['create_canister', createCanister],
  ]),
  queries: QUERIES,
};
