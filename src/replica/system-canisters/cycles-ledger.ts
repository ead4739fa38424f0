import { Principal } from '@dfinity/principal';
import type { ExecutionWorld } from '../execution/world.ts';
import { decodeArgument, encodeResult } from '../management/candid.ts';
import type { ManagementMethod } from '../management/management-call.ts';
import { ManagementError, refuse } from '../management/management-error.ts';
import { addCanister } from '../management/methods/creation.ts';
import type { NativeCanister } from '../management/native-canister.ts';
import { type Account, cyclesAccount } from './accounts.ts';
import { icrc1Queries, icrc1Transfer, paymentOf, refusalValue, type TokenFacts, toAccount } from './icrc1.ts';
import { icrc2Allowance, icrc2Approve, icrc2TransferFrom } from './icrc2.ts';
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
import { addCyclesAnywhere, subnetForCreation, subnetOf } from './subnets.ts';

/** For each transaction, in cycles. */
const FEE = 100_000_000n;
/** The principal of the cycles ledger. */
export const CYCLES_LEDGER_ID = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai').toUint8Array();

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
    const receiver = value.to.toUint8Array();
    if (subnetOf(call.world, receiver)?.canisters.get(receiver) === undefined) {
      return answer({ Err: { InvalidReceiver: { receiver: value.to } } });
    }
    const { from, transaction } = paymentOf(call, value, { kind: 'withdraw', ...TOKEN });
    const refusal = ledger.refusal(from, value.amount + FEE, transaction);
    if (refusal !== undefined) return answer({ Err: refusalValue(refusal) });
    const block = ledger.take(from, value.amount + FEE, transaction);
    addCyclesAnywhere(call.world, receiver, value.amount);
    return answer({ Ok: block });
  },
};

/**
 * Adds cycles to an account of the ledger that a subnet has, less the fee; answers the balance and the block. A text says why they
 * are not taken.
 */
export function depositCycles(
  { ledgers }: ExecutionWorld,
  to: Account,
  cycles: bigint,
): { readonly balance: bigint; readonly block_index: bigint } | string {
  if (cycles < FEE) return `The deposit of ${cycles} cycles is less than the fee of ${FEE}`;
  const account = cyclesAccount(to);
  const block_index = ledgers.cycles.mint(account, cycles - FEE);
  return { balance: ledgers.cycles.balanceOf(account), block_index };
}

/** Takes the cycles that come with a canister's call for an account. */
const deposit: ManagementMethod = {
  callers: 'canisters',
  run: ({ world, arg, cycles }) => {
    const result = depositCycles(world, toAccount(decodeArgument<DepositValue>(DepositArg, arg).to), cycles);
    if (typeof result === 'string') refuse('IC0503', result);
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
    const world = subnetForCreation(call.world, selection);
    if (typeof world === 'string') return failed(world);
    const { creation: fee } = world.costs;
    if (value.amount < fee) {
      return failed(`Creating a canister takes ${fee} cycles`);
    }
    try {
      const canister = addCanister(
        { ...call, world },
        {
          settings: creation?.settings ?? [],
          cycles: value.amount - fee,
          senderVersion: [],
        },
      );
      const block_id = ledger.take(from, value.amount + FEE, transaction);
      return answer({ Ok: { block_id, canister_id: Principal.fromUint8Array(canister.id) } });
    } catch (error) {
      if (error instanceof ManagementError) return failed(error.message);
      throw error;
    }
  },
};

const QUERIES: ReadonlyMap<string, ManagementMethod> = new Map([
  ...icrc1Queries(TOKEN),
  ['icrc2_allowance', icrc2Allowance(TOKEN)],
]);

/** The cycles ledger, as far as tools use it: balances, transfers, and canisters paid with cycles. */
export const cyclesLedger: NativeCanister = {
  id: CYCLES_LEDGER_ID,
  name: 'Cycles ledger',
  updates: new Map([
    ...QUERIES,
    ['icrc1_transfer', icrc1Transfer(TOKEN)],
    ['icrc2_approve', icrc2Approve(TOKEN)],
    ['icrc2_transfer_from', icrc2TransferFrom(TOKEN)],
    ['withdraw', withdraw],
    ['deposit', deposit],
    ['create_canister', createCanister],
  ]),
  queries: QUERIES,
};
