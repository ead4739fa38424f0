import type { ActorMethod, HttpAgent } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { CommandError } from '../terminal/command-error.ts';
import { createToldActor } from './told-actor.ts';

/** The cycles ledger of the Internet Computer. */
export const CYCLES_LEDGER = Principal.fromText('um5iw-rqaaa-aaaaq-qaaba-cai');

type CreateError =
  | { InsufficientFunds: { balance: bigint } }
  | { FailedToCreate: { error: string } }
  | { GenericError: { message: string } }
  | { Duplicate: object }
  | { CreatedInFuture: object }
  | { TooOld: null }
  | { TemporarilyUnavailable: null };

interface CyclesLedger {
  create_canister: ActorMethod<
    [{ amount: bigint; created_at_time: [bigint] }],
    { Ok: { canister_id: Principal } } | { Err: CreateError }
  >;
}

/** The fields that are read; Candid's subtyping leaves out the others. */
const cyclesLedgerIdl: IDL.InterfaceFactory = () => {
  const { Func, Nat, Nat64, Null, Opt, Record, Service, Text, Variant } = IDL;
  const CreateErrorType = Variant({
    InsufficientFunds: Record({ balance: Nat }),
    FailedToCreate: Record({ error: Text }),
    GenericError: Record({ message: Text }),
    Duplicate: Record({}),
    CreatedInFuture: Record({}),
    TooOld: Null,
    TemporarilyUnavailable: Null,
  });
  return Service({
    create_canister: Func(
      [Record({ amount: Nat, created_at_time: Opt(Nat64) })],
      [Variant({ Ok: Record({ canister_id: IDL.Principal }), Err: CreateErrorType })],
      [],
    ),
  });
};

/** Creates a canister and pays for it with the caller's cycles. Fails with what the ledger says. */
export async function createFromCycles(
  agent: HttpAgent,
  amount: bigint,
  ledgerId = CYCLES_LEDGER,
): Promise<Principal> {
  const ledger = createToldActor<CyclesLedger>(cyclesLedgerIdl, { agent, canisterId: ledgerId });
  const createdAt = BigInt(Date.now()) * 1_000_000n;
  const result = await ledger.create_canister({ amount, created_at_time: [createdAt] });
  if ('Ok' in result) return result.Ok.canister_id;
  throw new CommandError(`The cycles ledger refused to create the canister: ${describe(result.Err)}.`);
}

function describe(error: CreateError): string {
  if ('InsufficientFunds' in error) {
    return `the caller has ${error.InsufficientFunds.balance} cycles there, which is not enough`;
  }
  if ('FailedToCreate' in error) return error.FailedToCreate.error;
  if ('GenericError' in error) return error.GenericError.message;
  if ('TemporarilyUnavailable' in error) return 'it is temporarily unavailable, try again later';
  if ('Duplicate' in error) return 'it has made one for the same request already';
  return "this machine's clock differs from the network's";
}
